import { resize } from '../image/codec.js';
import { padSquare, type Raster } from '../image/raster.js';
import { UsageError } from '../lib/errors.js';

type Channels = readonly [number, number, number];

/** What a CLIP-like model wants to see: a square of `size` pixels, channels `(value / 255 - mean) / deviation`. */
export interface Preprocessing {
  size: number;
  kernel: 'cubic' | 'lanczos3';
  mean: Channels;
  deviation: Channels;
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

function triple(value: unknown): Channels | null {
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
  const [r, g, b] = how.deviation;
  const [scaleR, scaleG, scaleB] = [1 / (255 * r), 1 / (255 * g), 1 / (255 * b)];
  const [shiftR, shiftG, shiftB] = [how.mean[0] / r, how.mean[1] / g, how.mean[2] / b];
  // All channels in one pass: a pass for each took three times as long.
  for (let from = 0, to = offset; to < offset + plane; from += 4, to += 1) {
    const alpha = (data[from + 3] ?? 255) / 255;
    const white = 255 * (1 - alpha);
    batch[to] = (white + alpha * (data[from] ?? 0)) * scaleR - shiftR;
    batch[to + plane] = (white + alpha * (data[from + 1] ?? 0)) * scaleG - shiftG;
    batch[to + 2 * plane] = (white + alpha * (data[from + 2] ?? 0)) * scaleB - shiftB;
  }
}

/** Resampled first and padded after: the same picture as the other way round, from far fewer pixels. */
async function fit(crop: Raster, { size, kernel }: Preprocessing): Promise<Raster> {
  const scale = size / Math.max(crop.width, crop.height);
  const width = Math.max(1, Math.round(crop.width * scale));
  const height = Math.max(1, Math.round(crop.height * scale));
  return padSquare(width === crop.width && height === crop.height ? crop : await resize(crop, width, height, kernel));
}
