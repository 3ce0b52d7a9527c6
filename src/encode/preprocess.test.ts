import { AutoImageProcessor, RawImage } from '@xenova/transformers';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { crop, filled, paste, type Raster } from '../image/raster.js';
import { seededRandom } from '../lib/random.js';
import { readPreprocessing, writePixels, type Preprocessing } from './preprocess.js';

const clip = {
  do_center_crop: true,
  crop_size: 224,
  size: 224,
  resample: 3,
  image_mean: [0.48, 0.46, 0.41],
  image_std: [0.27, 0.26, 0.28],
};
const plain: Preprocessing = { size: 8, kernel: 'cubic', mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] };

describe('readPreprocessing', () => {
  it.each([
    ['CLIP, old spelling', clip, 224],
    ['CLIP, new spelling', { ...clip, crop_size: { height: 96, width: 96 }, size: { shortest_edge: 96 } }, 96],
    ['no crop', { ...clip, do_center_crop: false, crop_size: undefined, size: { height: 64, width: 64 } }, 64],
  ])('%s', (_name, config, size) => {
    const expected = { size, kernel: 'cubic', mean: [0.48, 0.46, 0.41], deviation: [0.27, 0.26, 0.28] };
    expect(readPreprocessing(config, 'm')).toEqual(expected);
  });

  it.each([
    ['an oblong size', { ...clip, crop_size: { height: 224, width: 200 } }, /names no square size/],
    ['no size', { ...clip, crop_size: undefined }, /names no square size/],
    ['another filter', { ...clip, resample: 2 }, /`resample` is 2; only 3/],
    ['no filter', { ...clip, resample: undefined }, /`resample` is undefined/],
    ['two channels', { ...clip, image_std: [1, 1] }, /must be three numbers each/],
    ['nothing', null, /of m: names no square size/],
  ])('refuses %s', (_name, config, message) => {
    expect(() => readPreprocessing(config, 'm')).toThrow(message);
  });
});

/** The planes of one crop, [channel][pixel]. */
async function planes(raster: Raster, how: Preprocessing): Promise<Float32Array[]> {
  const batch = new Float32Array(3 * how.size ** 2);
  await writePixels(raster, how, batch, 0);
  return [0, 1, 2].map((channel) => batch.subarray(channel * how.size ** 2, (channel + 1) * how.size ** 2));
}

describe('writePixels', () => {
  it("equals the library's processor on a crop of the model's size", async () => {
    const random = seededRandom(7);
    const noise = filled(96, 96, [0, 0, 0, 255]);
    noise.data.forEach((_, i) => (i % 4 === 3 ? undefined : (noise.data[i] = Math.floor(random() * 256))));
    const processor = await AutoImageProcessor.from_pretrained(path.resolve('models/pocket-clip'), {
      local_files_only: true,
    });
    const theirs = await processor([new RawImage(noise.data, 96, 96, 4)]);
    const ours = new Float32Array(3 * 96 * 96);
    await writePixels(noise, readPreprocessing({ ...processor }, 'pocket'), ours, 0);
    expect(theirs.pixel_values.dims).toEqual([1, 3, 96, 96]);
    const furthest = ours.reduce(
      (worst, value, i) => Math.max(worst, Math.abs(value - Number(theirs.pixel_values.data[i]))),
      0,
    );
    expect(furthest).toBeLessThan(1e-3);
  });

  it('shows white where a wide crop has nothing and where it is transparent', async () => {
    const wide = filled(16, 8, [255, 0, 0, 255]);
    paste(wide, filled(8, 8, [0, 0, 0, 0]), 0, 0);
    const [red, green] = await planes(wide, plain);
    const row = (plane: Float32Array | undefined, y: number) =>
      Array.from(plane?.subarray(y * 8, y * 8 + 8) ?? []).map((v) => Math.round(v));
    expect(row(green, 0)).toEqual([1, 1, 1, 1, 1, 1, 1, 1]); // padding
    expect(row(red, 4)).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    expect(row(green, 4).filter((_, x) => x !== 3 && x !== 4)).toEqual([1, 1, 1, -1, -1, -1]); // transparent, red
  });

  it('averages fine detail away instead of sampling it', async () => {
    const stripes = filled(256, 256, [0, 0, 0, 255]);
    for (let x = 0; x < 256; x += 2) paste(stripes, filled(1, 256, [255, 255, 255, 255]), x, 0);
    const [red] = await planes(stripes, plain);
    expect(Math.max(...(red ?? []).map(Math.abs))).toBeLessThan(0.1);
  });

  it('keeps the last column of a crop that is thinner than a pixel would be', async () => {
    const thin = crop(filled(300, 300, [0, 0, 255, 255]), { x: 0, y: 0, width: 2, height: 300 });
    const [red] = await planes(thin, plain);
    expect(Array.from(red ?? []).filter((value) => value < 0)).toHaveLength(8);
  });
});
