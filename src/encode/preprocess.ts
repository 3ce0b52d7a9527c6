import { resize } from '../image/codec.js';
import { padSquare, type Raster } from '../image/raster.js';
import { UsageError } from '../lib/errors.js';

/** What a CLIP-like model wants to see: a square of `size` pixels, channels `(value / 255 - mean) / deviation`. */
export interface Preprocessing {
  size: number;
  kernel: 'cubic' | 'lanczos3';
  mean: readonly [number, number, number];
  deviation: readonly [number, number, number];
}

/** Pillow's numbers for resampling filters, as `preprocessor_config.json` stores them. */
const kernels: Record<number, Preprocessing['kernel']> = { 1: 'lanczos3', 3: 'cubic' };

/**
 * Reads the members of the library's image processor (it knows the older spellings) that matter for a square crop.
 * @param origin what the config belongs to, for error messages.
 * @throws UsageError when the config asks for something that is not a plain CLIP preprocessing.
 */
export function readPreprocessing(config: unknown, origin: string): Preprocessing {
  const members =
    config !== null && typeof config === 'object' ? new Map(Object.entries(config)) : new Map<string, unknown>();
  const refuse = (problem: string) =>
    new UsageError(`preprocessor_config.json of ${origin}: ${problem}`, {
      fix: 'Use a CLIP vision model, such as Xenova/clip-vit-base-patch32, or `--encoder pocket`.',
    });
  const size = members.get('do_center_crop') === false ? sideOf(members.get('size')) : sideOf(members.get('crop_size'));
  if (size === null) throw refuse('names no square size (`crop_size` or `size`)');
  const resample = members.get('resample');
  const kernel = typeof resample === 'number' ? kernels[resample] : undefined;
  if (!kernel) throw refuse(`\`resample\` is ${String(resample)}; only 3 (bicubic) and 1 (Lanczos) are supported`);
  const mean = triple(members.get('image_mean'));
  const deviation = triple(members.get('image_std'));
  if (!mean || !deviation) throw refuse('`image_mean` and `image_std` must be three numbers each');
  return { size, kernel, mean, deviation };
}

/** A side in pixels from `224`, `{height: 224, width: 224}` or `{shortest_edge: 224}`; otherwise `null`. */
function sideOf(size: unknown): number | null {
  const sides: unknown[] = size !== null && typeof size === 'object' ? Object.values(size) : [size];
  const [side] = sides;
  return typeof side === 'number' && Number.isInteger(side) && side > 0 && sides.every((other) => other === side)
    ? side
    : null;
}

function triple(value: unknown): readonly [number, number, number] | null {
  if (!Array.isArray(value) || value.length !== 3) return null;
  const [r, g, b]: unknown[] = value;
  return typeof r === 'number' && typeof g === 'number' && typeof b === 'number' ? [r, g, b] : null;
}

/**
 * Writes one crop into a batch of planar RGB at `offset` (3 * size * size numbers). The crop is fitted into a
 * square on white, never cut, and transparent pixels show white.
 *
 * Not the library's own image processor: on Node that one resamples by a 4x4 interpolation without any low-pass
 * filter, so a large crop aliases, while CLIP was trained on Pillow's filtered bicubic, which `resize` matches.
 */
export async function writePixels(
  crop: Raster,
  how: Preprocessing,
  batch: Float32Array,
  offset: number,
): Promise<void> {
  const { data } = await fit(crop, how);
  const plane = how.size * how.size;
  for (let channel = 0; channel < 3; channel += 1) {
    const scale = 1 / (255 * (how.deviation[channel] ?? 1));
    const shift = (how.mean[channel] ?? 0) / (how.deviation[channel] ?? 1);
    const start = offset + channel * plane;
    for (let pixel = 0; pixel < plane; pixel += 1) {
      const alpha = data[pixel * 4 + 3] ?? 255;
      const value = data[pixel * 4 + channel] ?? 0;
      batch[start + pixel] = (alpha === 255 ? value : 255 + ((value - 255) * alpha) / 255) * scale - shift;
    }
  }
}

/** Resampled first and padded after: the same picture as the other way round, from far fewer pixels. */
async function fit(crop: Raster, { size, kernel }: Preprocessing): Promise<Raster> {
  const scale = size / Math.max(crop.width, crop.height);
  const width = Math.max(1, Math.round(crop.width * scale));
  const height = Math.max(1, Math.round(crop.height * scale));
  return padSquare(width === crop.width && height === crop.height ? crop : await resize(crop, width, height, kernel));
}
