"""Figures on families that were never trained on, crop against crop (held_out_scenes.py does whole scenes)."""
import collections

import numpy
import torch

from loss import FIGURE, VISIBLE, best_match, turned

SHEETS = 2
LOWEST = 0.15


def auc(high: numpy.ndarray, low: numpy.ndarray) -> float:
    """P(high > low), ties half."""
    return float((high[:, None] > low[None, :]).mean() + 0.5 * (high[:, None] == low[None, :]).mean())


def channels(z, patches, figure, scenes_z, scenes_patches) -> numpy.ndarray:
    """[scenes, 4]: whole, mean of patches, their lowest, all of it; the view is chosen by the whole."""
    whole = scenes_z @ z.t()  # [scenes, sheets]
    view = whole.argmax(1)
    rows = []
    for s in range(len(scenes_z)):
        v = int(view[s])
        m = best_match(patches[v][figure[v]][None, None], scenes_patches[s][None, None])[0, 0, :, 0]
        low = m.sort().values[: max(1, int(LOWEST * len(m)))].mean()
        rows.append([whole[s, v].item(), m.mean().item(), low.item(), (whole[s, v] + m.mean() + 0.7 * low).item()])
    return numpy.array(rows)


def measure(trunk, data, embed) -> dict:
    """AUC against another character, and by level and kind against the same one with one visible change, by channel."""
    views, cells = list(range(data.features.shape[2])), collections.defaultdict(list)
    with torch.no_grad():
        made = []
        for f in range(len(data)):
            batch = data.pick([f], views)
            z, patches = embed(trunk, batch['crops'])
            made.append((z[0], patches[0], batch['cells'][0, :SHEETS, 0].flatten(1) > FIGURE))
        for f, (z, patches, figure) in enumerate(made):
            if not figure.any(1).all():
                continue
            score = lambda z2, p2: channels(z[0, :SHEETS], patches[0, :SHEETS], figure, z2, p2)
            same = score(z[0, SHEETS:], patches[0, SHEETS:])
            other = numpy.concatenate([score(made[g % len(made)][0][0, SHEETS:], made[g % len(made)][1][0, SHEETS:]) for g in range(f + 1, f + 5)])
            aucs = lambda low: [auc(same[:, k], low[:, k]) for k in range(same.shape[1])]
            cells['other'].append(aucs(other))
            cells['sd'].append(same.std(0, ddof=1))
            near = turned(data.yaws[f, SHEETS:, None], data.yaws[f, None, :SHEETS]).argmin(1)
            for m in range(1, z.shape[0]):
                shown = torch.minimum(data.seen[f, SHEETS:, 0, m], data.seen[f, near, 0, m]) > VISIBLE
                if not shown.any():
                    continue
                drift = score(z[m, SHEETS:][shown], patches[m, SHEETS:][shown])
                level, kind = int(data.levels[f, m]), str(data.kinds[f][m])
                cells[f'level {level}'].append(aucs(drift))
                if level == 3:
                    cells['hue 3' if kind.startswith('hue') else 'missing 3' if kind.startswith('missing') else 'rest 3'].append(aucs(drift))
    return {name: numpy.mean(values, 0).round(3).tolist() for name, values in sorted(cells.items())}
