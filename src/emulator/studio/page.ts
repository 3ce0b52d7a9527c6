import type { Random } from '../../lib/random.js';
import type { Actor } from './blocking.js';
import type { Finish } from './felt.js';
import type { Stance } from './figure/stance.js';
import type { Ink } from './ink.js';
import type { Reading } from './reading/reading.js';
import type { View } from './reading/words.js';
import type { Plan } from './scene.js';
import { bell } from './vary.js';

/** What is to be drawn. */
export interface Order {
  /** The picture in pixels. */
  pixels: readonly [number, number];
  reading: Reading;
  plan: Plan;
  /** Everyone who is in it, at least one. */
  actors: readonly Actor[];
  /** Layout of the place, and the small differences from sample to sample. */
  random: Random;
}

/** A flat drawing and how the felt pass should finish it. */
export interface Drawing {
  svg: string;
  finish: Finish;
  /** All that is drawn of each actor, in their order, on a clear and small page: for its outline. */
  alone: OutlinePage[];
}

/** A page of the picture's shape, `width` x `height` pixels. */
export interface OutlinePage {
  svg: string;
  width: number;
  height: number;
}

export function outlinePage(ink: Ink, box: readonly [number, number], art: string): OutlinePage {
  const shrink = 320 / Math.max(...box);
  const [width, height] = [Math.ceil(box[0] * shrink), Math.ceil(box[1] * shrink)];
  return { svg: ink.document(box, [width, height], art), width, height };
}

/** Everything is laid out on a page 768 units high, whatever its size in pixels. */
export const pageOf = ([width, height]: readonly [number, number]): [number, number] => [(width / height) * 768, 768];

export const whitePaper = (width: number, height: number) =>
  `<rect width="${width}" height="${height}" fill="#ffffff"/>`;
export const onWhite: Finish = { tint: [1, 1, 1], vignette: 0, fibre: 1, keepWhite: true };

export const yawOf: Record<View, number> = { front: 0, back: 180, front34: 38, rear34: 140, side: 90 };

export const swayOf = (random: Random): Stance['sway'] => ({
  arm: bell(random),
  leg: bell(random),
  head: bell(random),
});
