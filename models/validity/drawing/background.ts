import { seededRandom, type Random } from '../../../src/lib/random.js';
import { n } from './brush.js';
import { between, chance, normal, pick } from './chance.js';
import { hex, lighter, turned, type Colour } from './colour.js';
import { AT_REST, drawFigure, placed } from './figure.js';
import { flatEllipse, paint, star } from './flat.js';
import { makeIdentity } from './identity.js';
import type { Palette } from './palette.js';

export const BACKGROUNDS = ['plain', 'outdoor', 'indoor', 'busy'] as const;
export type Background = (typeof BACKGROUNDS)[number];

/** Side of the square picture in px. */
export const SIDE = 512;

/**
 * An opaque place as SVG elements. `feet` is where the figure will stand, px from the top; `near` are the character's
 * own colours, of which a busy place has many things.
 */
export function drawBackground(kind: Background, seed: number, feet: number, near: Palette): string {
  const random = seededRandom(seed);
  const horizon = Math.min(SIDE * 0.9, feet * between(random, 0.55, 0.95));
  switch (kind) {
    case 'plain':
      return gradient(random);
    case 'outdoor':
      return outdoor(random, horizon);
    case 'indoor':
      return indoor(random, horizon);
    case 'busy':
      return (chance(random, 0.5) ? outdoor(random, horizon) : indoor(random, horizon)) + clutter(random, near);
  }
}

function gradient(random: Random): string {
  const from = anyColour(random);
  const to = lighter(turned(from, normal(random, 30)), normal(random, 0.15));
  const turn = between(random, 0, 360);
  return `<linearGradient id="bg" gradientTransform="rotate(${n(turn)} .5 .5)"><stop offset="0" stop-color="${hex(from)}"/><stop offset="1" stop-color="${hex(to)}"/></linearGradient>${band(0, SIDE, 'fill="url(#bg)"')}`;
}

function outdoor(random: Random, horizon: number): string {
  const sky: Colour = { l: between(random, 0.3, 0.95), c: between(random, 0.02, 0.1), h: between(random, 180, 400) };
  const ground: Colour = { l: between(random, 0.35, 0.8), c: between(random, 0.03, 0.12), h: between(random, 50, 160) };
  const hills = [0.25, 0.12].map((far, i) => {
    const points = Array.from({ length: 9 }, (_, k) => `${n((k * SIDE) / 8)} ${n(horizon - SIDE * far * random())}`);
    const colour = lighter({ ...ground, h: ground.h + 25 * (1 - i) }, 0.12 - 0.18 * i);
    return `<path d="M0 ${n(horizon + 40)}L${points.join('L')}L${SIDE} ${n(horizon + 40)}Z" ${paint(colour)}/>`;
  });
  const trees = Array.from({ length: Math.floor(between(random, 2, 8)) }, () => tree(random, horizon));
  const clouds = Array.from({ length: 4 }, () =>
    flatEllipse(
      random() * SIDE,
      random() * horizon * 0.6,
      between(random, 25, 70),
      between(random, 8, 22),
      lighter(sky, 0.1),
    ),
  );
  const sun = chance(random, 0.5)
    ? flatEllipse(random() * SIDE, horizon * 0.3, 26, 26, { l: 0.9, c: 0.12, h: 90 })
    : '';
  return (
    band(0, SIDE, paint(sky)) +
    sun +
    clouds.join('') +
    hills.join('') +
    band(horizon, SIDE, paint(ground)) +
    trees.join('')
  );
}

function tree(random: Random, horizon: number): string {
  const x = random() * SIDE;
  const h = between(random, 50, 210);
  const y = horizon + between(random, -5, 40);
  const leaf: Colour = { l: between(random, 0.3, 0.65), c: 0.1, h: between(random, 80, 170) };
  const trunk = `<rect x="${n(x - h * 0.04)}" y="${n(y - h * 0.5)}" width="${n(h * 0.08)}" height="${n(h * 0.5)}" fill="#5d4433"/>`;
  if (chance(random, 0.5)) return trunk + flatEllipse(x, y - h * 0.68, h * 0.26, h * 0.34, leaf);
  return `${trunk}<path d="M${n(x - h * 0.25)} ${n(y - h * 0.25)}L${n(x)} ${n(y - h)}L${n(x + h * 0.25)} ${n(y - h * 0.25)}Z" ${paint(leaf)}/>`;
}

function indoor(random: Random, horizon: number): string {
  const wall: Colour = { l: between(random, 0.5, 0.92), c: between(random, 0.01, 0.09), h: random() * 360 };
  const floor: Colour = { l: between(random, 0.3, 0.7), c: between(random, 0.02, 0.09), h: between(random, 30, 100) };
  const stripes = chance(random, 0.4)
    ? Array.from({ length: 12 }, (_, i) => rect((i * SIDE) / 12, 0, SIDE / 24, SIDE, lighter(wall, -0.05))).join('')
    : '';
  const window = rect(between(random, 20, 330), between(random, 20, 90), 120, 130, { l: 0.85, c: 0.05, h: 230 });
  const pictures = Array.from({ length: 3 }, () => {
    const [x, y, w, h] = [random() * SIDE, random() * horizon * 0.6, between(random, 40, 90), between(random, 40, 90)];
    return rect(x, y, w, h, lighter(anyColour(random), -0.2)) + rect(x + 6, y + 6, w - 12, h - 12, anyColour(random));
  });
  const shelf = Array.from({ length: 9 }, (_, i) =>
    rect(40 + 26 * i, horizon - 90 - 40 * random(), 22, 140, anyColour(random)),
  );
  const rug = flatEllipse(
    SIDE / 2,
    (horizon + SIDE) / 2 + 20,
    between(random, 120, 240),
    between(random, 20, 60),
    anyColour(random),
  );
  const books = chance(random, 0.6) ? shelf.join('') : '';
  return (
    band(0, SIDE, paint(wall)) + stripes + window + pictures.join('') + books + band(horizon, SIDE, paint(floor)) + rug
  );
}

/** Things of any and of the character's own colours, and another character or two, as if at the side of the stage. */
function clutter(random: Random, near: Palette): string {
  const own = [near.torso, near.head, near.limb, near.panel] as const;
  const things = Array.from({ length: 45 }, () => {
    const colour = chance(random, 0.4) ? lighter(pick(random, own), normal(random, 0.06)) : anyColour(random);
    const [x, y, r] = [random() * SIDE, random() * SIDE, between(random, 6, 42)];
    const place = `transform="translate(${n(x)} ${n(y)}) rotate(${n(random() * 360)})"`;
    return pick(random, [
      () =>
        `<rect ${place} width="${n(2 * r)}" height="${n(between(random, 0.5, 2) * r)}" rx="${n(r * 0.2)}" ${paint(colour)}/>`,
      () => flatEllipse(x, y, r, r * between(random, 0.5, 1), colour),
      () => `<path ${place} d="M0 0L${n(2 * r)} ${n(r)}L${n(r * 0.4)} ${n(1.6 * r)}Z" ${paint(colour)}/>`,
      () => `<path ${place} d="${star(r)}" ${paint(colour)}/>`,
      () =>
        `<path ${place} d="M0 0Q${n(r)} ${n(-2 * r)} ${n(2 * r)} 0T${n(4 * r)} 0" fill="none" stroke="${hex(colour)}" stroke-width="${n(r * 0.3)}"/>`,
    ])();
  });
  const others = Array.from({ length: chance(random, 0.5) ? 1 : 2 }, (_, i) => {
    const other = makeIdentity(0x70000000 + Math.floor(random() * 2 ** 24));
    const figure = drawFigure(other, { ...AT_REST, yaw: random() * 360 }, `o${i}`);
    const size = between(random, 0.15, 0.45) * SIDE;
    return placed(figure, other, {
      x: random() * SIDE,
      y: random() * SIDE,
      size,
      roll: normal(random, 20),
      mirror: false,
    });
  });
  return things.slice(0, 25).join('') + others.join('') + things.slice(25).join('');
}

function band(top: number, bottom: number, fill: string): string {
  return `<rect x="0" y="${n(top)}" width="${SIDE}" height="${n(bottom - top)}" ${fill}/>`;
}

function rect(x: number, y: number, width: number, height: number, colour: Colour): string {
  return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" ${paint(colour)}/>`;
}

function anyColour(random: Random): Colour {
  return { l: between(random, 0.25, 0.92), c: between(random, 0, 0.17), h: random() * 360 };
}
