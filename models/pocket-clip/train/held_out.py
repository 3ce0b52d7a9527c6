"""Figures on families that were never trained on, crop against crop (held_out_scenes.py does whole scenes)."""
import collections

import numpy
import torch

from loss import VISIBLE, turned

SHEETS = 2


def auc(high: numpy.ndarray, low: numpy.ndarray) -> float:
    """P(high > low), ties half."""
    return float((high[:, None] > low[None, :]).mean() + 0.5 * (high[:, None] == low[None, :]).mean())


def measure(trunk, data, embed) -> dict:
    """AUC against another character, and by level and kind against the same one with one visible change."""
    views = list(range(data.features.shape[2]))
    with torch.no_grad():
        z = torch.cat([embed(trunk, data.pick(numpy.array([f]), views)[0]) for f in range(len(data.features))]).numpy()
    sheets, scenes = z[:, :, :SHEETS], z[:, :, SHEETS:]
    base = sheets[:, 0]  # [families, sheets, dimensions]
    same = numpy.einsum('fsd,fvd->fvs', base, scenes[:, 0]).max(2)
    other = numpy.einsum('fsd,gvd->fgvs', base, scenes[:, 0]).max(3)
    cells = collections.defaultdict(list)
    for f in range(len(z)):
        cells['other'].append(auc(same[f], other[f][numpy.arange(len(z)) != f].ravel()))
        near = turned(data.yaws[f, SHEETS:, None], data.yaws[f, None, :SHEETS]).argmin(1)
        for m in range(1, z.shape[1]):
            shown = torch.minimum(data.seen[f, SHEETS:, 0, m], data.seen[f, near, 0, m]).numpy() > VISIBLE
            if not shown.any():
                continue
            drift = numpy.einsum('sd,vd->vs', base[f], scenes[f, m]).max(1)
            value = auc(same[f][shown], drift[shown])
            level, kind = int(data.levels[f, m]), str(data.kinds[f][m])
            cells[f'level {level}'].append(value)
            if level == 3:
                cells['hue 3' if kind.startswith('hue') else 'missing 3' if kind.startswith('missing') else 'rest 3'].append(value)
    return {name: round(float(numpy.mean(values)), 3) for name, values in sorted(cells.items())}
