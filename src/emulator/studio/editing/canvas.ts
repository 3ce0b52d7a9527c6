import { decode, rasterizeSvg, resize } from '../../../image/codec.js';
import { flatten, type Raster } from '../../../image/raster.js';
import { hash31 } from '../../../lib/hash.js';
import { type Random, seededRandom } from '../../../lib/random.js';
import { composePlace } from '../compose.js';
import { feltFinish } from '../felt.js';
import type { Reading } from '../reading/reading.js';
import { planScene, type Scene } from '../scene.js';

/** What every kind of edit works with. */
export interface Canvas {
  /** The input pictures, decoded; `null` for what cannot be. */
  pictures: (Raster | null)[];
  /** px of the answer. */
  width: number;
  height: number;
  stray: number;
  random: Random;
  /** The place that the prompt speaks of, or else that of the picture before, at the size of the answer, with nobody in it. */
  place(): Promise<Raster>;
}

/** A pixel of the answer from its place: red, green, blue. */
export type Paint = (x: number, y: number, at: number) => readonly [number, number, number];

export async function openCanvas(
  {
    images,
    width,
    height,
    seed,
    stray,
  }: { images: Uint8Array[]; width: number; height: number; seed: number; stray: number },
  reading: Reading,
  before: Scene | null,
): Promise<Canvas> {
  const decoded = await Promise.all(images.map(decode));
  return {
    pictures: decoded.map(({ raster }) => (raster ? flatten(raster) : null)),
    width,
    height,
    stray,
    random: seededRandom(hash31(['edit', seed, reading.hash])),
    async place() {
      const random = seededRandom(hash31(['layout', seed, reading.hash]));
      const pixels = [width, height] as const;
      const { svg, finish } = composePlace({ pixels, reading, plan: planScene(reading, before), random });
      return feltFinish(await rasterizeSvg(svg, ...pixels), finish);
    },
  };
}

export function fit(raster: Raster, width: number, height: number): Promise<Raster> | Raster {
  return raster.width === width && raster.height === height ? raster : resize(raster, width, height);
}

/** Channels of the pixel at (x, y); beyond an edge the picture is mirrored. */
export function pixelOf({ width, height, data }: Raster, x: number, y: number): [number, number, number] {
  const inside = (value: number, length: number) => {
    const turn = ((value % (2 * length)) + 2 * length) % (2 * length);
    return turn < length ? turn : 2 * length - 1 - turn;
  };
  const at = 4 * (inside(y, height) * width + inside(x, width));
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

/** `share` of the way from one colour to another. */
export function mixed(a: readonly number[], b: readonly number[], share: number): [number, number, number] {
  return [0, 1, 2].map((channel) => (a[channel] ?? 0) * (1 - share) + (b[channel] ?? 0) * share) as [
    number,
    number,
    number,
  ];
}

export function painted(width: number, height: number, paint: Paint): Raster {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 4) {
      const [red, green, blue] = paint(x, y, at);
      data[at] = red;
      data[at + 1] = green;
      data[at + 2] = blue;
      data[at + 3] = 255;
    }
  }
  return { width, height, data };
}
