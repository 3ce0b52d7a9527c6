import type { Random } from '../../../src/lib/random.js';
import { between, chance, pick } from './chance.js';
import { lighter, turned, type Colour } from './colour.js';

/** What is painted in which colour. */
export interface Palette {
  torso: Colour;
  head: Colour;
  limb: Colour;
  antenna: Colour;
  pack: Colour;
  panel: Colour;
  marking: Colour;
  iris: Colour;
}

type Range = readonly [number, number];
type Mood = { l: Range; c: Range };
type Scheme = readonly [number, number, number, number, number, number];

/** Lightness and chroma of the two big parts. No greys: a hue that is turned must have some colour to turn. */
const MOODS: readonly [Mood, ...Mood[]] = [
  { l: [0.62, 0.78], c: [0.11, 0.19] },
  { l: [0.78, 0.87], c: [0.07, 0.11] },
  { l: [0.36, 0.5], c: [0.08, 0.15] },
  { l: [0.5, 0.65], c: [0.08, 0.13] },
];

/** Hue of head, limbs, antennae, pack, panel and marking, from that of the torso. */
const SCHEMES: readonly [Scheme, ...Scheme[]] = [
  [0, 0, 180, 40, 200, 0],
  [0, 10, 60, 180, 120, 20],
  [180, 180, 0, 150, 40, 180],
  [120, 120, 240, 240, 60, 120],
  [40, 0, 40, 220, 180, 30],
  [-70, -70, 140, 140, 20, -40],
  [150, 0, 90, 260, 150, 180],
];

export function makePalette(random: Random): Palette {
  const mood = pick(random, MOODS);
  const scheme = pick(random, SCHEMES);
  const hue = between(random, 0, 360);
  const paint = (turn: number): Colour => ({
    l: between(random, ...mood.l),
    c: between(random, ...mood.c),
    h: (((hue + turn + between(random, -12, 12)) % 360) + 360) % 360,
  });
  const [head, limb, antenna, pack, panel, marking] = scheme;
  const torso = paint(0);
  const other = (turn: number, share: number) =>
    chance(random, share) ? lighter({ ...paint(turn), c: 0.03 }, between(random, -0.25, 0.15)) : paint(turn);
  return {
    torso,
    head: head === 0 && chance(random, 0.6) ? torso : paint(head),
    limb: limb === 0 && chance(random, 0.5) ? lighter(torso, -0.1) : other(limb, 0.3),
    antenna: other(antenna, 0.25),
    pack: lighter(other(pack, 0.2), between(random, -0.2, 0)),
    panel: lighter(other(panel, 0.3), between(random, 0, 0.15)),
    marking: lighter(turned(torso, marking), pick(random, [-0.2, -0.14, 0.14, 0.2])),
    iris: { l: 0.5, c: 0.14, h: between(random, 0, 360) },
  };
}
