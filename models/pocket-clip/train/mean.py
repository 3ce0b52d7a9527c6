"""The mean embedding (and the mean patch) of generic crops: scenes and sheets of many characters, and pictures with none. For centring."""
import hashlib
import json
import pathlib
import random

import numpy
import torch

from dataset import family
from network import Pocket
from scene import SIDE, background

CROPS, SEED = 800, 77


def generic_crops() -> torch.Tensor:
    """[800, 3, 96, 96], channels -1..1: 1 in 4 without a character, 1 in 4 from sheets, 2 in 4 from scenes."""
    r = random.Random(SEED)
    pool = [background(r) for _ in range(CROPS // 4)]
    crops = [picture[80:176, 80:176] for picture in pool]
    while len(crops) < CROPS:
        views = family(r, pool)['crops']
        crops += [views[r.randrange(4), v] for v in (0, 1, 2, 3, 4, 5)]
    return torch.from_numpy(numpy.stack(crops[:CROPS])).permute(0, 3, 1, 2).float() / 127.5 - 1


def write_mean(trunk: torch.nn.Module, crops: torch.Tensor, folder: pathlib.Path) -> None:
    model, total, patches = Pocket(trunk).eval(), torch.zeros(1), torch.zeros(1)
    with torch.no_grad():
        for batch in crops.split(50):
            pooled, cells = model(batch)
            total, patches = total + pooled.sum(0), patches + cells.mean(1).sum(0)
    hash = hashlib.sha256((folder / 'onnx' / 'vision_model.onnx').read_bytes()).hexdigest()
    mean, patch_mean = ([round(value, 6) for value in (x / len(crops)).tolist()] for x in (total, patches))
    (folder / 'mean.json').write_text(json.dumps({'sha256': hash, 'crops': len(crops), 'mean': mean, 'patchMean': patch_mean}) + '\n')
