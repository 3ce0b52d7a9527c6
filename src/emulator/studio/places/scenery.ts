import type { Random } from '../../../lib/random.js';
import { type Colour, mix, oklch, shift } from '../colour.js';
import { at, ground, num, open, type Point, round } from '../path.js';
import type { Stage } from './stage.js';

export const snowWhite = oklch(0.965, 0.008, 220);

/** Sky with the glow and the disc of its light. */
export function sky({ ink, width, height, light }: Stage): string {
  const [top, middle, low] = light.sky;
  const wash = `<rect width="${width}" height="${height}" fill="${ink.fade([
    [0, top],
    [0.42, middle],
    [0.8, low],
  ])}"/>`;
  return wash + sunGlow({ ink, width, height, light });
}

export function sunGlow({ ink, width, height, light }: Pick<Stage, 'ink' | 'width' | 'height' | 'light'>): string {
  const { sun } = light;
  if (!sun) return '';
  const [x, y] = [sun.x * width, sun.y * height];
  const reach = height * 0.75;
  const glow = ink.glow([
    [0, sun.colour, sun.glow],
    [0.3, sun.colour, sun.glow * 0.45],
    [1, sun.colour, 0],
  ]);
  const halo = `<circle cx="${num(x)}" cy="${num(y)}" r="${num(reach)}" fill="${glow}"/>`;
  if (sun.disc === 0) return halo;
  return (
    halo +
    ink.felt(round(x, y, sun.disc * height, sun.disc * height), shift(sun.colour, { l: 0.03 }), {
      shade: 'flat',
    })
  );
}

/** Colour of something `far` away (0 near, 1 at the horizon). */
export const faded = (stage: Stage, colour: Colour, far: number) => mix(colour, stage.light.haze, far * 0.72);

/** A rolling edge across the picture. */
export function rolling(stage: Stage, y: number, swing: number, waves: number): Point[] {
  const { width, random } = stage;
  const phase = random() * 6;
  return Array.from({ length: 13 }, (_, i): Point => {
    const t = i / 12;
    return [
      -40 + t * (width + 80),
      y + Math.sin(t * waves * 6.28 + phase) * swing + Math.sin(t * waves * 14 + phase * 2) * swing * 0.25,
    ];
  });
}

/** A layer of ground down to the bottom of the picture, stitched along its edge. */
export function layer(stage: Stage, edge: readonly Point[], colour: Colour, { shadow = 14, stitch = 9 } = {}): string {
  return (
    stage.ink.felt(ground(edge, stage.height + 30), colour, { shade: 'slope', shadow }) +
    stage.ink.stitch(open(edge), shift(colour, { l: 0.12, c: -0.01 }), stitch, 9)
  );
}

/** The soft dark spot where something stands. */
export function contact(x: number, y: number, rx: number, strength = 0.34): string {
  return [1, 0.72, 0.45]
    .map(
      (share) =>
        `<ellipse cx="${num(x + rx * 0.12)}" cy="${num(y)}" rx="${num(rx * share)}" ry="${num(rx * share * 0.2)}" fill="#0d1218" fill-opacity="${num(strength / 3)}"/>`,
    )
    .join('');
}

export function group(x: number, y: number, art: string, scale = 1, turn = 0, flip = 1): string {
  return `<g ${at(x, y, scale, turn, flip)}>${art}</g>`;
}

/** Small differences without their own stream. */
export const between = (random: Random, low: number, high: number) => low + random() * (high - low);
