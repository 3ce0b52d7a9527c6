"""Draws a posed character: parts stand in space, turn with the yaw, and are painted back to front."""
import math
import random

from face import paint_crown, paint_face
from paint import blob, limb, pattern


def pose(r: random.Random, yaw: float, freedom: float) -> dict:
    """Yaw in radians, 0 faces the viewer. freedom 0 is a sheet's neutral stance, 1 any gesture."""
    swing = lambda spread: freedom * r.gauss(0, spread)
    arms = [(r.choice([0, 0, 0, 2.3]) * (freedom > 0.5) + 0.25 + swing(0.45), swing(0.7)) for _ in range(2)]
    return {'yaw': yaw, 'arms': arms, 'legs': [0.05 + swing(0.25) for _ in range(2)], 'knees': [swing(0.25) for _ in range(2)], 'tilt': swing(0.12)}


class Figure:
    """Geometry of a character in a pose. `top` is the height of the head, `parts` a list of (depth, paint function)."""

    def __init__(self, c: dict, p: dict) -> None:
        self.c, self.p = c, p
        self.cos, self.sin = math.cos(p['yaw']), math.sin(p['yaw'])
        self.parts: list = []
        quad, blobby = c['plan'] == 'quadruped', c['plan'] == 'blob'
        self.leg = c['leg_len'] * (0.45 if blobby or c['plan'] == 'bird' else 0.8 if quad else 1)
        grow = 1.5 if blobby else 1
        self.tw, self.td = 0.65 * c['torso_w'] * grow, 0.65 * c['torso_d'] * grow
        self.th = 0.5 * (0.75 * c['torso_w'] * 1.3 if quad else c['torso_h'] * grow)
        if quad:
            self.td = 0.85 * c['torso_h']
        self.ty = self.leg + self.th
        self.hw, self.hh = 0.6 * c['head_w'], 0.55 * c['head_h']
        self.hy = self.ty + 0.2 * self.th if blobby else self.ty + (0.7 if quad else 1) * self.th + c['neck'] + 0.8 * self.hh
        self.hz = 0.8 * self.td if quad else 0
        if blobby:
            self.hw, self.hh = 0.75 * self.tw, 0.6 * self.th
        self.hx = 0.3 * p['tilt'] * self.hh
        self.top = self.ty + self.th if blobby else self.hy + self.hh
        self.build()

    def at(self, x: float, z: float) -> tuple:
        return x * self.cos + z * self.sin, z * self.cos - x * self.sin

    def wide(self, w: float, d: float) -> float:
        return math.hypot(w * self.cos, d * self.sin)

    def add(self, depth: float, paint) -> None:
        self.parts.append((depth, paint))

    def paint(self, ctx) -> None:
        for _, paint in sorted(self.parts, key=lambda part: part[0]):
            paint(ctx)

    def build(self) -> None:
        c = self.c
        self.limbs()
        self.torso()
        if c['plan'] != 'blob':
            self.add(self.at(self.hx, self.hz)[1] + 0.05, self.head)
        self.back()
        self.tail()

    def limbs(self) -> None:
        c, p, tone = self.c, self.p, self.c['colours']
        spots = [(-1, 0, i) for i in (0, 1)] if c['plan'] != 'quadruped' else [(-1, 0.75, 0), (1, 0.75, 1), (-1, -0.75, 1), (1, -0.75, 0)]
        if c['plan'] != 'quadruped':
            spots = [(-1, 0, 0), (1, 0, 1)]
        for side, front, i in spots:
            x, depth = self.at(0.6 * side * self.tw, front * self.td)
            angle, knee, w = p['legs'][i] * side, p['knees'][i] * side, c['leg_w'] * (0.4 if c['plan'] == 'bird' else 0.9)
            mid = (x + 0.5 * self.leg * math.sin(angle), self.leg * (1 - 0.45 * math.cos(angle)))
            end = (mid[0] + 0.45 * self.leg * math.sin(angle + knee), 0.3 * c['foot'] + 0.06 * self.leg * (1 - math.cos(knee)))

            def leg(ctx, x=x, mid=mid, end=end, w=w):
                limb(ctx, [(x, self.leg + 0.2 * self.th), mid, end], w, tone['limb'], c, c['limbs'])
                blob(ctx, 'ellipse', end[0] + 0.3 * c['foot'] * self.sin, end[1], self.wide(0.7 * c['foot'], c['foot']), 0.5 * c['foot'], tone['foot'], c)

            self.add(depth - 0.02, leg)
        if c['plan'] == 'quadruped':
            return
        for side, (shoulder, elbow) in zip((-1, 1), p['arms']):
            x, depth = self.at(side * (self.tw + 0.3 * c['arm_w']), 0)
            half = 0.5 * c['arm_len'] * (0.7 if c['plan'] in ('blob', 'bird') else 1)
            y = self.ty + 0.6 * self.th
            mid = (x + side * half * math.sin(shoulder) * (0.3 + 0.7 * abs(self.cos)) * (1 if self.cos > 0 else -1), y - half * math.cos(shoulder))
            bend = shoulder + abs(elbow)
            end = (mid[0] + side * half * math.sin(bend) * (1 if self.cos > 0 else -1), mid[1] - half * math.cos(bend))

            def arm(ctx, x=x, y=y, mid=mid, end=end):
                limb(ctx, [(x, y), mid, end], c['arm_w'] * (1.8 if c['plan'] == 'bird' else 1), tone['torso'] if c['plan'] == 'bird' else tone['limb'], c, c['limbs'])
                if c['plan'] != 'bird':
                    blob(ctx, 'ellipse', *end, c['hand'] * 0.8, c['hand'] * 0.8, tone['hand'], c)
                if c['shoulders']:
                    blob(ctx, 'ellipse', x, y, 0.9 * c['arm_w'] + 0.01, 0.7 * c['arm_w'] + 0.01, tone['belt'], c)

            self.add(depth * 0.9 + 0.01, arm)

    def torso(self) -> None:
        c, tone, w = self.c, self.c['colours'], self.wide(self.tw, self.td)

        def body(ctx):
            blob(ctx, c['torso_shape'], 0, self.ty, w, self.th, tone['torso'], c)
            pattern(ctx, c['torso_pattern'], c['torso_shape'], 0, self.ty, w, self.th, tone['pattern'], c['pattern_size'], 0.5 * self.tw * self.sin)
            if c['belt']:
                blob(ctx, 'box', 0, self.ty - 0.55 * self.th, 0.92 * w, 0.1 * self.th, tone['belt'], c)
            self.chest(ctx)
            if c['scarf']:
                blob(ctx, 'round', 0, self.ty + 0.92 * self.th, 0.8 * w, 0.028, tone['scarf'], c)
                if self.cos > 0.2:
                    blob(ctx, 'box', 0.4 * w, self.ty + 0.65 * self.th, 0.02, 0.3 * self.th, tone['scarf'], c)
            if c['plan'] == 'blob':
                self.face(ctx)
                self.crown(ctx, self.ty + self.th, 0.7 * self.tw)

        self.add(0, body)

    def chest(self, ctx) -> None:
        c, tone = self.c, self.c['colours']['chest']
        if c['chest'] == 'none' or self.cos < 0.12:
            return
        x, y = self.at(0, self.td)[0], self.ty - (0.35 if c['plan'] == 'blob' else 0) * self.th
        w, h = 0.6 * self.tw * c['chest_size'] * self.cos, 0.6 * self.th * c['chest_size']
        if c['chest'] in ('panel', 'belly', 'star'):
            blob(ctx, {'panel': 'round', 'belly': 'ellipse', 'star': 'star'}[c['chest']], x, y, w, h, tone, c)
            for i in range(c['chest_marks'] if c['chest'] == 'panel' else 0):
                blob(ctx, 'ellipse', x + (i - (c['chest_marks'] - 1) / 2) * 0.5 * w, y, 0.16 * w, 0.16 * w, self.c['colours']['tip'], c)
        elif c['chest'] == 'tie':
            blob(ctx, 'diamond', x, y, 0.35 * w + 0.008, h, tone, c)
        else:
            for i in range(max(2, c['chest_marks'])):
                blob(ctx, 'ellipse', x, y + h - 2 * h * i / max(2, c['chest_marks']), 0.02 * self.cos, 0.02, tone, c)

    def head(self, ctx) -> None:
        c, tone, w = self.c, self.c['colours'], self.hw * (0.88 + 0.12 * abs(self.cos))
        x = self.at(self.hx, self.hz)[0]
        ears = lambda: self.ears(ctx, x, w)
        if self.cos > 0:
            ears()
        blob(ctx, c['head_shape'], x, self.hy, w, self.hh, tone['head'], c)
        pattern(ctx, c['head_pattern'], c['head_shape'], x, self.hy, w, self.hh, tone['pattern'], c['pattern_size'] * 0.7, 0.5 * w * self.sin)
        if self.cos <= 0:
            ears()
        self.face(ctx)
        self.crown(ctx, self.hy + self.hh, w)

    def ears(self, ctx, x, w) -> None:
        c, e = self.c, self.c['ear_size']
        shape, h, drop = {'round': ('ellipse', e, -0.1), 'pointed': ('triangle', 1.3 * e, 0), 'long': ('ellipse', 2 * e, 0.9), 'floppy': ('egg', 1.5 * e, -1.2), 'bolt': ('box', 0.5 * e, -1)}.get(c['ears'], ('', 0, 0))
        for side in (-1, 1) if shape else ():
            ex = x + self.at(side * self.hw * (1 if drop < -0.5 else 0.7), 0)[0]
            blob(ctx, shape, ex, self.hy + 0.85 * self.hh + drop * e, 0.55 * e * (0.5 + 0.5 * abs(self.cos)), 0.6 * h, c['colours']['ear'], c)

    def face(self, ctx) -> None:
        paint_face(ctx, self)

    def crown(self, ctx, top, w) -> None:
        paint_crown(ctx, self, top, w)

    def back(self) -> None:
        c, tone, s = self.c, self.c['colours']['back'], self.c['back_size']
        kind = c['back']
        if kind == 'none':
            return
        x, depth = self.at(0, -1.1 * self.td)
        w = self.wide(self.tw, 0.5 * self.td) * s

        def paint(ctx):
            if kind in ('pack', 'shell'):
                blob(ctx, 'round' if kind == 'pack' else 'ellipse', x, self.ty + 0.1 * self.th, 0.75 * w, 0.75 * self.th * s, tone, c)
                if self.cos < 0:
                    blob(ctx, 'round', x, self.ty - 0.15 * self.th, 0.4 * w, 0.25 * self.th * s, self.c['colours']['tip'], c)
            elif kind == 'cape':
                blob(ctx, 'trapezoid', 0.6 * x, self.ty - 0.35 * self.th, 1.25 * w, 1.3 * self.th * s, tone, c)
            elif kind == 'wings':
                for side in (-1, 1):
                    blob(ctx, 'drop', x + side * 1.5 * self.tw * s * max(0.25, abs(self.cos)), self.ty + 0.5 * self.th, 0.6 * self.tw * s, 0.8 * self.th * s, tone, c)
            else:
                for i in range(3):
                    blob(ctx, 'triangle', x * (1 + 0.3 * i), self.ty + self.th * (0.8 - 0.7 * i), 0.05 * s, 0.06 * s, tone, c)

        self.add(depth, paint)

    def tail(self) -> None:
        c, size = self.c, self.c['tail_size']
        if c['tail'] == 'none':
            return
        x, depth = self.at(0.35 * self.tw, -self.td)
        far = self.at(0.35 * self.tw + 0.6 * size, -self.td - 0.9 * size)[0]
        y, tone = self.ty - 0.6 * self.th, c['colours']['tail']

        def paint(ctx):
            if c['tail'] in ('thin', 'arrow'):
                limb(ctx, [(x, y), ((x + far) / 2 + 0.02, y - 0.1 * size), (far, y + 0.6 * size)], 0.03, tone, c, 'tube')
                if c['tail'] == 'arrow':
                    blob(ctx, 'triangle', far, y + 0.65 * size, 0.04, 0.05, tone, c)
            else:
                k = 1 if c['tail'] == 'bushy' else 0.45
                blob(ctx, 'egg', x + k * (far - x) * 0.7, y + 0.35 * size * k, 0.3 * size * k + 0.01, 0.6 * size * k + 0.01, tone, c)

        self.add(depth, paint)
