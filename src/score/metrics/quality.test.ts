import { beforeAll, describe, expect, it } from 'vitest';
import { decode, encodeLossy, resize } from '../../image/codec.js';
import { filled, paste, type Raster } from '../../image/raster.js';
import { seededRandom } from '../../lib/random.js';
import { changed, inputOf, picture } from '../__fixtures__/pictures.js';
import { qualityMetric } from './quality.js';

let photo: Raster;
beforeAll(async () => {
  // Its black background is clipped: lifted, so that only the damage done here can clip.
  photo = changed(await picture('photo.jpg'), (value) => 12 + 0.9 * value);
});

const quality = async (image: Raster) => {
  const { value, evidence } = await qualityMetric.measure(inputOf(image));
  if (value === null) throw new Error('no quality');
  return { value, flags: evidence?.['flags'] };
};
const blurred = async (image: Raster, factor: number) => {
  const small = await resize(image, Math.round(image.width / factor), Math.round(image.height / factor));
  return resize(small, image.width, image.height, 'cubic');
};
const noisy = (image: Raster, amount: number) => {
  const random = seededRandom(11);
  return changed(image, (value) => value + amount * (random() + random() + random() - 1.5) * 2);
};
const compressed = async (image: Raster, level: number) => {
  const { raster } = await decode(await encodeLossy(image, 'image/jpeg', level));
  if (!raster) throw new Error('not decoded');
  return raster;
};

describe('each defect lowers it, and more of it lowers it more', () => {
  it.each([
    ['blur', (image: Raster, level: number) => blurred(image, [3, 6, 12][level] ?? 0)],
    ['noise', (image: Raster, level: number) => Promise.resolve(noisy(image, [6, 15, 40][level] ?? 0))],
    ['compression', (image: Raster, level: number) => compressed(image, [40, 20, 8][level] ?? 0)],
    [
      'over-exposure',
      (image: Raster, level: number) => Promise.resolve(changed(image, (value) => value * ([1.3, 1.8, 3][level] ?? 0))),
    ],
    [
      'under-exposure',
      (image: Raster, level: number) => Promise.resolve(changed(image, (value) => value - ([40, 90, 150][level] ?? 0))),
    ],
    [
      'flatness',
      (image: Raster, level: number) =>
        Promise.resolve(changed(image, (value) => 128 + (value - 128) * ([0.4, 0.2, 0.05][level] ?? 0))),
    ],
  ])('%s', async (_, damage) => {
    let before = (await quality(photo)).value;
    for (const level of [0, 1, 2]) {
      const after = (await quality(await damage(photo, level))).value;
      expect(after).toBeLessThan(before - 0.005);
      before = after;
    }
  });
});

it('hardly depends on the size of the file', async () => {
  const twice = await resize(photo, photo.width * 2, photo.height * 2);
  expect(Math.abs((await quality(twice)).value - (await quality(photo)).value)).toBeLessThan(0.02);
});

it('is near 0 and flagged for a blank picture', async () => {
  const blank = await quality(filled(600, 400, [255, 255, 255, 255]));
  expect(blank.value).toBeLessThan(0.05);
  expect(blank.flags).toEqual(['blank']);
});

it('flags bars', async () => {
  const frame = filled(photo.width, photo.height + 120, [0, 0, 0, 255]);
  paste(frame, photo, 0, 60);
  expect((await quality(frame)).flags).toEqual(['letterbox']);
});

it('does not punish the white paper of a sheet', async () => {
  const sheet = filled(1024, 700, [255, 255, 255, 255]);
  paste(sheet, await resize(photo, 400, 400), 100, 150);
  expect((await quality(sheet)).value).toBeGreaterThan(0.8);
});

it.each([
  ['white', 255],
  ['black', 0],
])('does not count a plain %s background as clipped', async (_, level) => {
  const sheet = filled(1024, 700, [level, level, level, 255]);
  paste(sheet, await resize(photo, 400, 400), 100, 150);
  const { evidence } = await qualityMetric.measure(inputOf(sheet));
  expect(evidence?.['clipped']).toBeLessThan(0.01);
});

it('shows transparent pixels on white', async () => {
  expect((await quality(filled(300, 300, [0, 0, 0, 0]))).flags).toEqual(['blank']);
});
