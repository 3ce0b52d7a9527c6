"""python3 dataset.py OUT FAMILIES SEED: draws families of look-alikes and stores their stem features.

A family is a character and three copies that differ from it by one attribute each. Every view (2 of the sheet, 6 of
scenes) shows all four in the same pose and framing, so comparing the four drawings says where a change can be seen.
OUT.f16 holds float16 [families, 4, 8, 40, 16, 16], OUT.cells bytes [families, 8, 10, 16, 16] (shares of each cell, 255 is
all of it: the figure of each member, then what differs between each pair of members), OUT.npz the yaw, the visible share of
each change, and its name.
"""
import math
import random
import sys
import time

import numpy
import torch
from PIL import Image

from character import character, drifted
from figure import Figure, pose
from scene import SIDE, background, draw, frame, place
from stem import GRID, Stem

MEMBERS, SHEETS, SCENES = 4, 2, 6
VIEWS = SHEETS + SCENES
PAIRS = [(a, b) for a in range(MEMBERS) for b in range(a)]
WHOLE = (0.0, 1.0)
REGIONS = [WHOLE] * 6 + [(0.5, 1.0), (0.5, 1.0), (0.25, 0.75), (0.0, 0.5)]


def family(r: random.Random, pool: list, region=None) -> dict:
    base = character(r)
    members, levels, kinds = [base], [0], ['none']
    while len(members) < MEMBERS:
        level = r.choice([1, 2, 2, 3, 3, 3])
        variant, kind = drifted(base, r, level)
        members.append(variant)
        levels.append(level)
        kinds.append(kind)
    region = region or r.choice(REGIONS)
    turned = r.uniform(0.3, 1.3) if base['plan'] == 'quadruped' else 0
    crops = numpy.zeros((MEMBERS, VIEWS, SIDE, SIDE, 3), numpy.uint8)
    yaws, seen = numpy.zeros(VIEWS), numpy.zeros((VIEWS, MEMBERS, MEMBERS), numpy.float16)
    cells = numpy.zeros((VIEWS, MEMBERS + len(PAIRS), GRID, GRID), numpy.uint8)
    for v in range(VIEWS):
        sheet = v < SHEETS
        away = v == 1 or (not sheet and r.random() < 0.3)
        yaw = (math.pi if away else 0) + turned + (0 if sheet else r.gauss(0, 0.45))
        stance = pose(r, yaw, 0 if sheet else r.choice([0.3, 1, 1]))
        view = frame(r, Figure(base, stance), region, sheet)
        side = r.choice([96, 96, 128, 160])
        art = [draw(Figure(member, stance), view, side) for member in members]
        yaws[v] = -yaw if view['mirror'] else yaw
        for a in range(MEMBERS):
            crops[a, v] = place(r, art[a], pool, sheet)
            cells[v, a] = shares(art[a][:, :, 3] > 127)
        for k, (a, b) in enumerate(PAIRS):
            change = numpy.abs(art[a].astype(numpy.int16) - art[b]).max(2) > 24
            seen[v, a, b] = seen[v, b, a] = change.mean()
            cells[v, MEMBERS + k] = shares(change)
    return {'crops': crops, 'cells': cells, 'yaws': yaws, 'seen': seen, 'levels': levels, 'kinds': kinds}


def shares(mask: numpy.ndarray) -> numpy.ndarray:
    """What share of each cell is set, 0 to 255; the mask's side is any size."""
    return numpy.asarray(Image.fromarray(mask.astype(numpy.uint8) * 255).resize((GRID, GRID), Image.BOX))


def main(out: str, families: int, seed: int) -> None:
    torch.set_num_threads(1)
    r = random.Random(seed)
    pool = [background(r) for _ in range(500)]
    stem = Stem().eval()
    features = numpy.memmap(out + '.f16', numpy.float16, 'w+', shape=(families, MEMBERS, VIEWS, Stem.channels, GRID, GRID))
    cells = numpy.memmap(out + '.cells', numpy.uint8, 'w+', shape=(families, VIEWS, MEMBERS + len(PAIRS), GRID, GRID))
    yaws, seen = numpy.zeros((families, VIEWS), numpy.float32), numpy.zeros((families, VIEWS, MEMBERS, MEMBERS), numpy.float16)
    levels, kinds, start = numpy.zeros((families, MEMBERS), numpy.int8), [], time.time()
    for i in range(families):
        made = family(r, pool)
        yaws[i], seen[i], levels[i], cells[i] = made['yaws'], made['seen'], made['levels'], made['cells']
        kinds.append(made['kinds'])
        with torch.no_grad():
            pixels = torch.from_numpy(made['crops'].reshape(-1, SIDE, SIDE, 3)).permute(0, 3, 1, 2).float() / 127.5 - 1
            features[i] = stem(pixels.contiguous()).half().numpy().reshape(features.shape[1:])
        n = i + 1
        if n % 100 == 0 or n == families:  # a run that was cut short leaves a sound, smaller set
            numpy.savez(out + '.npz', yaws=yaws[:n], seen=seen[:n], levels=levels[:n], kinds=numpy.array(kinds), shape=(n, *features.shape[1:]))
            print(f'{n} families, {time.time() - start:.0f} s', flush=True)


if __name__ == '__main__':
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
