"""Crops as a camera, a printer or an image model would give them: framing, backgrounds, light, noise, JPEG."""
import io
import math
import random

import cairo
import numpy
from PIL import Image

from character import character, colour
from figure import Figure, pose
from paint import blob

SIDE = 96
PLAIN = {'shade': 0, 'outline': 0}


def draw(figure: Figure, view: dict, side: int) -> numpy.ndarray:
    """The figure alone, premultiplied RGBA bytes [side, side, 4], framed by `view`."""
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, side, side)
    ctx = cairo.Context(surface)
    scale = side / view['span']
    ctx.translate(side / 2, side / 2)
    ctx.rotate(view['roll'])
    ctx.scale(-scale if view['mirror'] else scale, -scale)
    ctx.translate(-view['x'], -view['y'])
    figure.paint(ctx)
    surface.flush()
    return numpy.frombuffer(surface.get_data(), numpy.uint8).reshape(side, side, 4)[:, :, [2, 1, 0, 3]].copy()


def bounds(figure: Figure, margin: float = 1.12) -> dict:
    """Centre and side of the square around everything that is drawn, found on a small picture."""
    wide = {'x': 0, 'y': 0.6 * figure.top, 'span': 2.6 * figure.top, 'roll': 0, 'mirror': False}
    rows, columns = numpy.nonzero(draw(figure, wide, 96)[:, :, 3])
    unit = wide['span'] / 96
    side = (max(rows.max() - rows.min(), columns.max() - columns.min()) + 1) * unit
    x, y = (columns.max() + columns.min() + 1) / 2, (rows.max() + rows.min() + 1) / 2
    return {'x': (x - 48) * unit, 'y': wide['y'] - (y - 48) * unit, 'span': margin * side}


def frame(r: random.Random, figure: Figure, region: tuple, sheet: bool) -> dict:
    """Where the crop looks. `region` is the part of the figure's height that it is about, from 0 (feet) to 1."""
    extra = 1.12 + (figure.c['antennae'] > 0 or figure.c['horns'] > 0 or figure.c['hat'] != 'none' or figure.c['ears'] == 'long') * 0.12
    low, high = region[0] * figure.top, region[1] * figure.top * (extra if region[1] == 1 else 1)
    span = max(high - low, 0.55 * figure.top if region != (0, 1) else 0) * (1.08 if sheet else 1)
    if sheet and region == (0, 1):
        return {**bounds(figure), 'roll': 0, 'mirror': False}
    if sheet:
        return {'x': 0, 'y': (low + high) / 2, 'span': span * r.uniform(0.97, 1.08), 'roll': 0, 'mirror': False}
    return {
        'x': r.gauss(0, 0.07) * span, 'y': (low + high) / 2 + r.gauss(0, 0.06) * span, 'span': span * math.exp(r.uniform(-0.12, 0.65)),
        'roll': r.gauss(0, 0.12), 'mirror': r.random() < 0.3,
    }


def background(r: random.Random) -> numpy.ndarray:
    """A 256 px picture with nothing of the character in it: landscape, room, shapes, texture, other characters."""
    side = 256
    surface = cairo.ImageSurface(cairo.FORMAT_RGB24, side, side)
    ctx = cairo.Context(surface)
    ramp = cairo.LinearGradient(0, 0, r.uniform(-80, 80), side)
    for stop in (0, r.uniform(0.3, 0.8), 1):
        ramp.add_color_stop_rgb(stop, *colour(r))
    ctx.set_source(ramp)
    ctx.paint()
    kind = r.choice(['hills', 'shapes', 'room', 'crowd', 'crowd', 'plain', 'trees'])
    if kind in ('hills', 'trees'):
        for layer in range(r.randint(1, 4)):
            y = side * (0.35 + 0.17 * layer)
            ctx.set_source_rgb(*colour(r))
            ctx.move_to(0, side)
            for i in range(9):
                ctx.line_to(i * side / 8, y + r.uniform(-40, 40))
            ctx.line_to(side, side)
            ctx.fill()
    for _ in range({'shapes': 30, 'room': 9, 'trees': 14, 'hills': 4}.get(kind, 0)):
        x, y, s = r.uniform(0, side), r.uniform(0, side), r.uniform(5, 45)
        shape = r.choice(['ellipse', 'box', 'triangle', 'hexagon', 'star', 'drop'])
        ctx.save()
        ctx.translate(x, y)
        ctx.scale(1, -1)
        blob(ctx, shape, 0, 0, s * r.uniform(0.3, 1), s, colour(r), {**PLAIN, 'shade': r.uniform(0, 0.5)})
        ctx.restore()
    for _ in range(r.randint(2, 6) if kind == 'crowd' else 0):
        f = Figure(character(r), pose(r, r.uniform(0, 6.3), 1))
        ctx.save()
        ctx.translate(r.uniform(0, side), r.uniform(80, 300))
        s = r.uniform(60, 200)
        ctx.scale(s, -s)
        f.paint(ctx)
        ctx.restore()
    surface.flush()
    rgb = numpy.frombuffer(surface.get_data(), numpy.uint8).reshape(side, side, 4)[:, :, 2::-1].astype(numpy.float32)
    if r.random() < 0.6:
        rgb += texture(r, side, r.choice([2, 4, 8, 20]))[:, :, None] * r.uniform(5, 30)
    return rgb.clip(0, 255).astype(numpy.uint8)


def texture(r: random.Random, side: int, grain: int) -> numpy.ndarray:
    """Smooth unit noise [side, side] with features of about `grain` px."""
    source = numpy.random.default_rng(r.getrandbits(32)).standard_normal((side // grain + 2, side // grain + 2)).astype(numpy.float32)
    return numpy.asarray(Image.fromarray(source).resize((side, side), Image.BICUBIC))


def place(r: random.Random, art: numpy.ndarray, pool: list, sheet: bool, final: int = SIDE) -> numpy.ndarray:
    """Puts a drawn figure on white (sheet) or a background, with light and camera faults; RGB bytes [final, final, 3]."""
    side = art.shape[0]
    alpha = art[:, :, 3:].astype(numpy.float32) / 255
    rgb = art[:, :, :3].astype(numpy.float32)
    if r.random() < 0.5:
        rgb = rgb * (1 + texture(r, side, r.choice([1, 2, 3])) * r.uniform(0.02, 0.09))[:, :, None]
    if sheet:
        rgb = rgb + (1 - alpha) * (255 - max(0, r.gauss(-3, 5)))
        rgb = rgb * r.uniform(0.96, 1.02) if r.random() < 0.5 else rgb
    else:
        if r.random() < 0.4:  # light from one side
            rgb = rgb * numpy.linspace(*r.choice([(0.75, 1.15), (1.15, 0.75)]), side, dtype=numpy.float32)[None, :, None]
        scenery = r.choice(pool)
        cut = r.randint(70 if final == SIDE else 180, 256)
        x, y = r.randint(0, 256 - cut), r.randint(0, 256 - cut)
        behind = Image.fromarray(scenery[y : y + cut, x : x + cut]).resize((side, side), Image.BILINEAR)
        rgb = rgb + (1 - alpha) * numpy.asarray(behind, numpy.float32)
        if r.random() < 0.12:  # something in front
            w, h = int(side * r.uniform(0.1, 0.35)), int(side * r.uniform(0.1, 0.35))
            x, y = r.randint(0, side - w), r.randint(side // 2, side - h)
            rgb[y : y + h, x : x + w] = numpy.array(colour(r)) * 255
        cast = numpy.array([r.gauss(1, 0.05) for _ in range(3)], numpy.float32) * r.uniform(0.72, 1.18)
        rgb = 255 * (rgb.clip(0, 255) / 255) ** math.exp(r.gauss(0, 0.12)) * cast
        rgb = rgb + numpy.random.default_rng(r.getrandbits(32)).standard_normal(rgb.shape).astype(numpy.float32) * r.choice([0, 0, 2, 5, 9])
    image = Image.fromarray(rgb.clip(0, 255).astype(numpy.uint8))
    if not sheet and r.random() < 0.35:
        small = round(final * r.uniform(0.42, 0.94))
        image = image.resize((small, small), Image.BILINEAR)
    if image.size != (final, final):
        image = image.resize((final, final), Image.BICUBIC)
    if r.random() < 0.5:
        buffer = io.BytesIO()
        image.save(buffer, 'JPEG', quality=r.randint(45, 95))
        image = Image.open(buffer)
    return numpy.asarray(image)
