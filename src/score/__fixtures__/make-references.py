"""Makes the pictures and reference.json beside this file, from NumPy, SciPy and scikit-image only.

Run with Debian 12's packages (python3-numpy 1.24, python3-scipy 1.10, python3-skimage 0.19, python3-pil 9.4):
    /usr/bin/python3 src/score/__fixtures__/make-references.py
The photo is scikit-image's `astronaut` (NASA, public domain).
"""
import json
import pathlib

import numpy as np
from PIL import Image
from scipy import fft, ndimage, signal
from skimage import data
from skimage.metrics import structural_similarity

here = pathlib.Path(__file__).parent
random = np.random.default_rng(7)

photo = Image.fromarray(data.astronaut())
photo.save(here / "photo.jpg", quality=92, subsampling=0)
small = np.asarray(photo.resize((128, 96), Image.LANCZOS))


def save(name, array):
    array = np.clip(np.rint(array), 0, 255).astype(np.uint8)
    Image.fromarray(array).save(here / f"{name}.png")
    return array


pictures = {
    "small": save("small", small),
    "blurred": save("blurred", ndimage.gaussian_filter(small.astype(float), (1.2, 1.2, 0))),
    "noisy": save("noisy", small + random.normal(0, 12, small.shape)),
    "brighter": save("brighter", small * 1.25 + 10),
}


def luma(rgb):
    return rgb.astype(np.float64) @ [0.299, 0.587, 0.114]


def colourfulness(rgb):
    r, g, b = (rgb[..., i].astype(np.float64) for i in range(3))
    rg, yb = r - g, (r + g) / 2 - b
    return np.hypot(rg.std(), yb.std()) + 0.3 * np.hypot(rg.mean(), yb.mean())


def laplacian_variance(y):
    return signal.convolve2d(y, [[0, 1, 0], [1, -4, 1], [0, 1, 0]], "valid").var()


def immerkaer(y):
    response = signal.convolve2d(y, [[1, -2, 1], [-2, 4, -2], [1, -2, 1]], "valid")
    return np.sqrt(np.pi / 2) / 6 * np.abs(response).mean()


def entropy(y):
    share = np.bincount(np.rint(y).astype(int).ravel(), minlength=256) / y.size
    share = share[share > 0]
    return -(share * np.log2(share)).sum() / 8


def similarity(rgb):
    return structural_similarity(
        luma(small), luma(rgb), gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=255, full=True
    )


def weighed_similarity(rgb):
    inside = slice(5, -5)
    return np.average(similarity(rgb)[1][inside, inside], weights=luma(small)[inside, inside])


def phash(y):
    height, width = y.shape
    low = fft.dctn(y.reshape(32, height // 32, 32, width // 32).mean(axis=(1, 3)), type=2)[:8, :8]
    return "".join("1" if value > np.median(low) else "0" for value in low.ravel())


def guide_score(rgb):
    grey = rgb.astype(np.float64).mean(axis=2)
    sharpness = np.hypot(np.diff(grey, axis=1)[:-1], np.diff(grey, axis=0)[:, :-1]).var()
    diversity = len(np.unique(rgb.reshape(-1, 3), axis=0)) / grey.size
    score = 0.3 * sharpness / 1000 + 0.3 * rgb.std() / 255 + 0.4 * diversity
    return {"value": score, "sharpness": sharpness, "contrast": rgb.std() / 255, "diversity": diversity}


def blockiness(y):
    ratios = []
    for steps in (np.abs(np.diff(y, axis=1)).mean(axis=0), np.abs(np.diff(y, axis=0)).mean(axis=1)):
        for line in range(7, len(steps) - 7, 8):
            beside = steps[line + 1 : line + 8].mean()
            if beside > 0.05:
                ratios.append(steps[line] / beside)
    return np.median(ratios)


reference = {
    name: {
        "ssim": similarity(rgb)[0],
        "weighedSsim": weighed_similarity(rgb),
        "phash": phash(luma(rgb)),
        "guideScore": guide_score(rgb),
        "blockiness": blockiness(luma(rgb)),
        "colourfulness": colourfulness(rgb),
        "laplacianVariance": laplacian_variance(luma(rgb)),
        "noise": immerkaer(luma(rgb)),
        "brightness": luma(rgb).mean() / 255,
        "contrast": luma(rgb).std() / 255,
        "entropy": entropy(luma(rgb)),
        "white": (rgb >= 253).all(axis=2).mean(),
        "black": (rgb <= 2).all(axis=2).mean(),
    }
    for name, rgb in pictures.items()
}
(here / "reference.json").write_text(json.dumps(reference, indent=2) + "\n")
