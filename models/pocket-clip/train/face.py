"""What sits on and above a head: eyes, nose, mouth; hair, hats, horns, antennae."""
import math

from paint import blob, limb


def paint_face(ctx, f) -> None:
    c, tone = f.c, f.c['colours']
    yaw = math.atan2(f.sin, f.cos)
    cx = f.at(f.hx, f.hz)[0]
    spot = lambda a: (cx + 0.85 * f.hw * math.sin(a + yaw), math.cos(a + yaw))
    size = c['eye_size'] * f.hh
    y = f.hy + 0.15 * f.hh
    if c['eyes'] == 'visor':
        x, facing = spot(0)
        if facing > 0.1:
            blob(ctx, 'round', x, y, 0.75 * f.hw * facing, 1.1 * size, tone['eye'], c)
            for i in range(c['eye_count']):
                a = (i - (c['eye_count'] - 1) / 2) * c['eye_gap']
                blob(ctx, 'ellipse', x + a * f.hw * facing, y, 0.45 * size * facing, 0.45 * size, tone['tip'], c)
    else:
        for i in range(c['eye_count']):
            x, facing = spot((i - (c['eye_count'] - 1) / 2) * 1.5 * c['eye_gap'])
            if facing <= 0.12:
                continue
            if c['eyes'] == 'ring' or c['glasses']:
                blob(ctx, 'ellipse', x, y, 1.5 * size * facing, 1.5 * size, (0.95, 0.95, 0.95) if c['eyes'] == 'ring' else tone['belt'], c)
            shape, h = {'square': ('box', 0.8), 'oval': ('ellipse', 1.6), 'sleepy': ('box', 0.3)}.get(c['eyes'], ('ellipse', 1))
            blob(ctx, shape, x, y, size * facing, size * h, tone['eye'], c)
            blob(ctx, 'ellipse', x - 0.3 * size * facing, y + 0.3 * size, 0.25 * size * facing, 0.25 * size, (1, 1, 1), {**c, 'outline': 0})
    x, facing = spot(0)
    if facing > 0.1:
        if c['nose'] == 'dot':
            blob(ctx, 'ellipse', x, f.hy - 0.12 * f.hh, 0.14 * f.hw * facing, 0.1 * f.hh, tone['tip'], c)
        elif c['nose'] == 'snout':
            blob(ctx, 'ellipse', x, f.hy - 0.3 * f.hh, 0.45 * f.hw * facing, 0.32 * f.hh, tone['ear'], c)
        if c['mouth'] != 'none':
            shape, h = {'smile': ('ellipse', 0.07), 'line': ('box', 0.03), 'open': ('ellipse', 0.16), 'grille': ('box', 0.13)}[c['mouth']]
            blob(ctx, shape, x, f.hy - 0.5 * f.hh, 0.35 * f.hw * facing, h * f.hh, (0.2, 0.08, 0.1), c)
            for i in range(4 if c['mouth'] == 'grille' else 0):
                blob(ctx, 'box', x + (i - 1.5) * 0.17 * f.hw * facing, f.hy - 0.5 * f.hh, 0.03 * f.hw, 0.13 * f.hh, tone['tip'], {**c, 'outline': 0})
    if c['nose'] == 'beak' and f.cos > -0.6:
        blob(ctx, 'diamond', cx + 1.05 * f.hw * f.sin, f.hy - 0.2 * f.hh, 0.28 * f.hw, 0.2 * f.hh, tone['horn'], c)
    for side in (-1, 1) if c['cheeks'] else ():
        x, facing = spot(0.75 * side)
        if facing > 0.15:
            blob(ctx, 'ellipse', x, f.hy - 0.3 * f.hh, 0.17 * f.hw * facing, 0.13 * f.hh, (0.95, 0.5, 0.5), {**c, 'outline': 0})


def paint_crown(ctx, f, top, w) -> None:
    c, tone = f.c, f.c['colours']
    cx = f.at(f.hx, f.hz)[0] if c['plan'] != 'blob' else 0
    if c['hair'] == 'tuft':
        for a in (-0.4, 0, 0.4):
            blob(ctx, 'triangle', cx + a * w, top + 0.01, 0.2 * w, 0.05, tone['hair'], c)
    elif c['hair'] in ('mane', 'bob'):
        blob(ctx, 'ellipse', cx - 0.1 * w * f.sin, top - 0.04, 0.95 * w, 0.06, tone['hair'], c)
        if f.cos < 0.1 or c['hair'] == 'bob':
            for side in (-1, 1) if f.cos > 0.1 else (0,):
                blob(ctx, 'round', cx + 0.85 * side * w, top - 0.09, (0.18 if side else 0.85) * w, 0.09, tone['hair'], c)
    for count, size, bulb in ((c['antennae'], c['antenna_size'], True), (c['horns'], c['horn_size'], False)):
        for i in range(count):
            a = i - (count - 1) / 2
            x = cx + f.at(0.55 * a * 2 / max(1, count - 1) * w if count > 1 else 0, 0)[0]
            tip = (x + 0.45 * size * a * f.cos, top + size * 0.9)
            if bulb:
                limb(ctx, [(x, top - 0.02), ((x + tip[0]) / 2, top + size * 0.4), tip], 0.016, tone['limb'], c, 'tube')
                blob(ctx, 'ellipse', *tip, 0.026, 0.026, tone['tip'], c)
            else:
                limb(ctx, [(x, top - 0.02), (x + 0.15 * size * a, top + 0.3 * size), (tip[0], top + 0.6 * size)], 0.045, tone['horn'], c, 'taper')
    hat, colour = c['hat'], tone['hat']
    if hat == 'cone':
        blob(ctx, 'triangle', cx, top + 0.06, 0.7 * w, 0.09, colour, c)
    elif hat == 'top':
        blob(ctx, 'box', cx, top + 0.06, 0.6 * w, 0.075, colour, c)
        blob(ctx, 'box', cx, top - 0.005, 1.0 * w, 0.015, colour, c)
    elif hat == 'crown':
        for a in (-0.5, 0, 0.5):
            blob(ctx, 'triangle', cx + a * w, top + 0.03, 0.27 * w, 0.05, colour, c)
    elif hat in ('cap', 'beanie'):
        blob(ctx, 'ellipse', cx, top - 0.01, 0.85 * w, 0.06, colour, c)
        if hat == 'cap':
            blob(ctx, 'round', cx + 0.8 * w * f.sin, top - 0.03, 0.6 * w, 0.015, colour, c)
        else:
            blob(ctx, 'ellipse', cx, top + 0.055, 0.03, 0.03, tone['tip'], c)
