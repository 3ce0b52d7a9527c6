import { decode, encodeLossy } from '../../../src/image/codec.js';
import type { Raster } from '../../../src/image/raster.js';
import { seededRandom } from '../../../src/lib/random.js';
import { normal } from './chance.js';

/** What light and file format do to a picture. */
export interface Camera {
  /** Factors of red, green and blue: the gain and the cast together. */
  light: { red: number; green: number; blue: number };
  /** Standard deviation, 8 bit codes. */
  noise: number;
  /** JPEG, 1-100. */
  quality: number;
  seed: number;
}

/** Normal numbers made once: a new one for each of 786,432 values of a picture would take longer than drawing it. */
const random = seededRandom(5);
const NORMAL = Float32Array.from({ length: 1 << 16 }, () => normal(random, 1));

export async function photographed(scene: Raster, { light, noise, quality, seed }: Camera): Promise<Raster> {
  const { width, height, data } = scene;
  const lit = new Uint8ClampedArray(data.length);
  const next = seededRandom(seed);
  for (let y = 0; y < height; y += 1) {
    // Rows start at a place of their own in the list, so that no pattern repeats.
    let at = Math.floor(next() * NORMAL.length);
    for (let i = y * width * 4; i < (y + 1) * width * 4; i += 4) {
      lit[i] = (data[i] ?? 0) * light.red + noise * (NORMAL[at & 0xffff] ?? 0);
      lit[i + 1] = (data[i + 1] ?? 0) * light.green + noise * (NORMAL[(at + 1) & 0xffff] ?? 0);
      lit[i + 2] = (data[i + 2] ?? 0) * light.blue + noise * (NORMAL[(at + 2) & 0xffff] ?? 0);
      lit[i + 3] = 255;
      at += 3;
    }
  }
  const { raster, reason } = await decode(await encodeLossy({ width, height, data: lit }, 'image/jpeg', quality));
  if (!raster) throw new Error(`a picture made here ${reason}`);
  return raster;
}
