"""python3 held_out_scenes.py CHECKPOINT [IDENTITIES]: whole scenes of characters never trained on, scored as `evaluate` does.

For each identity a sheet (front, back) and 256 px scenes, undrifted and with one planted change; a scene's score is the
best cosine of any window with any view. Prints the AUC by change and level, of windows and of the whole picture.
"""
import collections
import json
import math
import random
import sys

import numpy
import torch
from PIL import Image

import character as characters
from figure import Figure, pose
from held_out import auc
from network import Pocket, Trunk
from scene import SIDE, background, bounds, draw, place

SCENE, EACH = 256, 5
CHANGES = {'hue': characters.change_hue, 'light': characters.change_light, 'size': characters.change_size, 'part': characters.change_part, 'count': characters.change_count, 'toggle': characters.change_toggle, 'style': characters.change_style}


def windows(picture: numpy.ndarray) -> torch.Tensor:
    """The whole picture first, then squares of .7, .5, .35 and .25 of its side, a third of a square apart."""
    image, boxes = Image.fromarray(picture), [(0, 0, SCENE)]
    for share in (0.7, 0.5, 0.35, 0.25):
        side = round(share * SCENE)
        steps = max(2, math.ceil((SCENE - side) / (side / 3)) + 1)
        places = [round(i * (SCENE - side) / (steps - 1)) for i in range(steps)]
        boxes += [(x, y, side) for y in places for x in places]
    crops = [numpy.asarray(image.resize((SIDE, SIDE), Image.BICUBIC, box=(x, y, x + s, y + s))) for x, y, s in boxes]
    return torch.from_numpy(numpy.stack(crops)).permute(0, 3, 1, 2).float() / 127.5 - 1


def scene(r: random.Random, base: dict, shown: dict, pool: list) -> tuple:
    """A picture of `shown`, and whether it can be told from `base` in it (pose and place being equal)."""
    yaw = (math.pi if r.random() < 0.3 else 0) + r.gauss(0, 0.4) + (0.8 if base['plan'] == 'quadruped' else 0)
    stance, height = pose(r, yaw, 1), math.exp(r.uniform(math.log(0.25), math.log(0.8)))
    figures = [Figure(c, stance) for c in (base, shown)]
    span = figures[0].top / height
    room = 0.5 * (1 - height) * span
    view = {'x': r.uniform(-room, room) * 0.8, 'y': figures[0].top / 2 + r.uniform(-room, room) * 0.8, 'span': span, 'roll': r.gauss(0, 0.1), 'mirror': r.random() < 0.3}
    before, after = (draw(f, view, SCENE) for f in figures)
    changed = (numpy.abs(before.astype(numpy.int16) - after).max(2) > 24).sum() / (height * SCENE) ** 2
    return place(r, after, pool, False, SCENE), bool(changed > 0.004 and height > 0.3)


def main(checkpoint: str, identities: int) -> None:
    torch.set_num_threads(1)
    r = random.Random(31337)
    pool = [background(r) for _ in range(150)]
    trunk = Trunk()
    trunk.load_state_dict(torch.load(checkpoint)['trunk'])
    model = Pocket(trunk).eval()
    cells = collections.defaultdict(list)

    def scores(sheet: torch.Tensor, base: dict, shown: dict, count: int = EACH) -> tuple:
        """[count, 2]: whole picture, best window; and the flags of visibility."""
        rows, flags = [], []
        for _ in range(count):
            picture, visible = scene(r, base, shown, pool)
            with torch.no_grad():
                best = (torch.cat([model(batch) for batch in windows(picture).split(16)]) @ sheet.t()).max(1).values
            rows.append((best[0].item(), best.max().item()))
            flags.append(visible)
        return numpy.array(rows), numpy.array(flags)

    for _ in range(identities):
        base = characters.character(r)
        turn = 0.8 if base['plan'] == 'quadruped' else 0
        sheet = []
        for yaw in (turn, math.pi + turn):
            figure = Figure(base, pose(r, yaw, 0))
            sheet.append(place(r, draw(figure, {**bounds(figure), 'roll': 0, 'mirror': False}, 160), pool, True))
        with torch.no_grad():
            views = model(torch.from_numpy(numpy.stack(sheet)).permute(0, 3, 1, 2).float() / 127.5 - 1)
        same, _ = scores(views, base, base, 2 * EACH)
        cells['sd'].append(same.std(0, ddof=1))
        stranger = numpy.concatenate([scores(views, other, other, 2)[0] for other in (characters.character(r) for _ in range(5))])
        cells['other'].append([auc(same[:, k], stranger[:, k]) for k in (0, 1)])
        for name, change in CHANGES.items():
            for level in (1, 2, 3):
                shown, kind = characters.drifted(base, r, level, change)
                drift, visible = scores(views, base, shown)
                cells[f'all {level}'].append([auc(same[:, k], drift[:, k]) for k in (0, 1)])
                if visible.any():
                    value = [auc(same[:, k], drift[visible, k]) for k in (0, 1)]
                    cells[f'visible {level}'].append(value)
                    group = 'hue' if name == 'hue' else 'missing' if kind.startswith('missing') else 'rest'
                    cells[f'{group} {level}, visible'].append(value)
    print(json.dumps({name: [round(float(v), 3) for v in numpy.mean(values, 0)] + [len(values)] for name, values in sorted(cells.items())}, indent=1))


if __name__ == '__main__':
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 16)
