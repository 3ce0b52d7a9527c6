"""Makes colours.json beside this file: sRGB colours in CIE L*a*b* and their CIEDE2000 differences, by scikit-image.

Run with Debian 12's packages (python3-numpy 1.24, python3-skimage 0.19):
    /usr/bin/python3 src/image/__fixtures__/make-colours.py
"""
import json
import pathlib

import numpy as np
from skimage.color import deltaE_ciede2000, rgb2lab

random = np.random.default_rng(4)
corners = [[r, g, b] for r in (0, 255) for g in (0, 255) for b in (0, 255)]
dark = [[1, 1, 1], [5, 0, 9], [9, 8, 10], [11, 11, 11]]
rgb = np.concatenate([corners, dark, random.integers(0, 256, (28, 3))])
lab = rgb2lab(rgb[None] / 255)[0]
# Each with its successor, and with a colour close to it.
near = np.clip(rgb + random.integers(-6, 7, rgb.shape), 0, 255)
colours = [
    {"rgb": rgb[i].tolist(), "lab": lab[i].round(6).tolist(), "near": near[i].tolist()} for i in range(len(rgb))
]
next_one = deltaE_ciede2000(lab, np.roll(lab, -1, axis=0))
next_near = deltaE_ciede2000(lab, rgb2lab(near[None] / 255)[0])
for colour, far, close in zip(colours, next_one, next_near):
    colour |= {"toNext": round(float(far), 6), "toNear": round(float(close), 6)}
file = pathlib.Path(__file__).parent / "colours.json"
file.write_text("[\n" + ",\n".join("  " + json.dumps(colour) for colour in colours) + "\n]\n")
