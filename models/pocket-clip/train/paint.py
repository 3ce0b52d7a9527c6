"""Shapes and fills on a cairo context whose y axis points up, in body units (a figure is about 1 high)."""
import math

import cairo


def trace(ctx: cairo.Context, shape: str, x: float, y: float, w: float, h: float) -> None:
    """Adds the outline of a shape of half width w and half height h around (x, y) to the path."""
    ctx.save()
    ctx.translate(x, y)
    ctx.scale(max(w, 1e-3), max(h, 1e-3))
    ctx.new_path()
    if shape == 'ellipse':
        ctx.arc(0, 0, 1, 0, 2 * math.pi)
    elif shape in ('round', 'capsule'):
        k = 0.45 if shape == 'round' else 0.85
        for cx, cy, a in ((1 - k, 1 - k, 0), (k - 1, 1 - k, 0.5), (k - 1, k - 1, 1), (1 - k, k - 1, 1.5)):
            ctx.arc(cx, cy, k, a * math.pi, (a + 0.5) * math.pi)
    elif shape in ('egg', 'drop'):
        top = 0.55 if shape == 'egg' else 0.15
        ctx.move_to(0, 1)
        ctx.curve_to(top, 1, 1, 0.3, 1, -0.3)
        ctx.curve_to(1, -1.15, -1, -1.15, -1, -0.3)
        ctx.curve_to(-1, 0.3, -top, 1, 0, 1)
    else:
        points = {
            'trapezoid': [(-1, -1), (1, -1), (0.6, 1), (-0.6, 1)],
            'hexagon': [(-0.55, -1), (0.55, -1), (1, 0), (0.55, 1), (-0.55, 1), (-1, 0)],
            'triangle': [(-1, -1), (1, -1), (0, 1)],
            'diamond': [(0, -1), (1, 0), (0, 1), (-1, 0)],
            'star': [(math.sin(i * math.pi / 5) * (1 if i % 2 == 0 else 0.45), math.cos(i * math.pi / 5) * (1 if i % 2 == 0 else 0.45)) for i in range(10)],
        }.get(shape, [(-1, -1), (1, -1), (1, 1), (-1, 1)])
        for point in points:
            ctx.line_to(*point)
    ctx.close_path()
    ctx.restore()


def fill(ctx: cairo.Context, rgb: tuple, look: dict, x: float, y: float, w: float, h: float) -> None:
    """Fills the path: shaded from the upper left by look['shade'], outlined by look['outline']."""
    if look['shade'] > 0.05 and max(w, h) > 0.03:
        ramp = cairo.RadialGradient(x - 0.35 * w, y + 0.4 * h, 0, x, y, 1.4 * max(w, h))
        ramp.add_color_stop_rgb(0, *(v + (1 - v) * 0.5 * look['shade'] for v in rgb))
        ramp.add_color_stop_rgb(1, *(v * (1 - look['shade']) for v in rgb))
        ctx.set_source(ramp)
    else:
        ctx.set_source_rgb(*rgb)
    if look['outline']:
        ctx.fill_preserve()
        ctx.set_line_width(look['outline'])
        ctx.set_source_rgb(*(0.25 * v for v in rgb))
        ctx.stroke()
    else:
        ctx.fill()


def blob(ctx, shape, x, y, w, h, rgb, look) -> None:
    trace(ctx, shape, x, y, w, h)
    fill(ctx, rgb, look, x, y, w, h)


def limb(ctx, points, width, rgb, look, style) -> None:
    """A limb through the points; `segments` draws beads, `taper` thins towards the end."""
    parts = [(width * (1.25 if style == 'taper' else 1), points[:2]), (width * (0.75 if style == 'taper' else 1), points[1:])]
    ctx.set_line_cap(cairo.LINE_CAP_ROUND)
    ctx.set_line_join(cairo.LINE_JOIN_ROUND)
    strokes = [(look['outline'] * 2, tuple(0.25 * v for v in rgb))] if look['outline'] else []
    for extra, tone in strokes + [(0, tuple(v * (1 - 0.3 * look['shade']) for v in rgb))]:
        ctx.set_source_rgb(*tone)
        for thick, line in parts:
            ctx.set_line_width((0.6 * thick if style == 'noodle' else thick) + extra)
            ctx.move_to(*line[0])
            for point in line[1:]:
                ctx.line_to(*point)
            ctx.stroke()
    if style == 'segments':
        ctx.set_source_rgb(*(0.55 * v for v in rgb))
        ctx.set_line_width(0.2 * width)
        for (ax, ay), (bx, by) in zip(points, points[1:]):
            for t in (0.25, 0.6, 0.95):
                nx, ny = ay - by, bx - ax
                n = max(1e-6, math.hypot(nx, ny))
                mx, my = ax + t * (bx - ax), ay + t * (by - ay)
                ctx.move_to(mx - nx / n * width / 2, my - ny / n * width / 2)
                ctx.line_to(mx + nx / n * width / 2, my + ny / n * width / 2)
        ctx.stroke()


def pattern(ctx, kind, shape, x, y, w, h, rgb, step, slide) -> None:
    """Lays a pattern over a shape; `slide` moves it sideways as the body turns."""
    if kind == 'plain':
        return
    ctx.save()
    trace(ctx, shape, x, y, w, h)
    ctx.clip()
    ctx.set_source_rgb(*rgb)
    left, low = x - w + (slide % step) - step, y - h
    across, up = int(2 * w / step) + 3, int(2 * h / step) + 2
    if kind in ('rows', 'columns', 'diagonal'):
        for i in range(-up if kind == 'diagonal' else 0, max(across, up)):
            if kind == 'rows':
                ctx.rectangle(x - w, low + i * step, 2 * w, step / 2)
            elif kind == 'columns':
                ctx.rectangle(left + i * step, low, step / 2, 2 * h)
            else:
                a = left + i * step
                for dx, dy in ((0, 0), (step / 2, 0), (step / 2 + 2 * h, 2 * h), (2 * h, 2 * h)):
                    ctx.line_to(a + dx, low + dy)
                ctx.close_path()
        ctx.fill()
    elif kind in ('dots', 'checks', 'speckle'):
        size = {'dots': 0.3, 'checks': 0.5, 'speckle': 0.16}[kind] * step
        for i in range(across):
            for j in range(up):
                cx, cy = left + (i + 0.5 * (j % 2)) * step, low + (j + 0.5) * step * (0.5 if kind == 'checks' else 1)
                if kind == 'checks':
                    ctx.rectangle(cx, cy, size, size)
                else:
                    ctx.new_sub_path()
                    ctx.arc(cx, cy, size, 0, 2 * math.pi)
        ctx.fill()
    elif kind == 'split':
        ctx.rectangle(x - w, low, 2 * w, h * 0.9)
        ctx.fill()
    elif kind == 'patch':
        ctx.arc(x + 0.45 * w + slide * 0.3, y + 0.35 * h, 0.55 * min(w, h) + 0.02, 0, 2 * math.pi)
        ctx.fill()
    elif kind == 'zigzag':
        ctx.set_line_width(step * 0.35)
        for j in range(up):
            for i in range(2 * across):
                ctx.line_to(left + i * step / 2, low + j * step + (i % 2) * step / 2)
            ctx.stroke()
    else:
        ramp = cairo.LinearGradient(x, y - h, x, y + h)
        ramp.add_color_stop_rgba(0, *rgb, 1)
        ramp.add_color_stop_rgba(1, *rgb, 0)
        ctx.set_source(ramp)
        ctx.paint()
    ctx.restore()
