import { describe, expect, it } from 'vitest';
import { filled, type Raster } from '../../image/raster.js';
import { picture } from '../__fixtures__/pictures.js';
import reference from '../__fixtures__/reference.json' with { type: 'json' };
import { guideScore } from './guide-score.js';

function pattern(width: number, height: number): Raster {
  const raster = filled(width, height, [0, 0, 0, 255]);
  for (let p = 0; p < width * height; p += 1) {
    const [x, y] = [p % width, Math.floor(p / width)];
    raster.data.set([(x * 7 + y * 3) % 256, (x * x + y) % 256, (x * y) % 256], 4 * p);
  }
  return raster;
}

function halfFlat(): Raster {
  const raster = pattern(40, 30);
  for (let p = 0; p < 1200; p += 1) if (p % 40 < 20) raster.data.set([200, 40, 10], 4 * p);
  return raster;
}

describe('guide-score', () => {
  // Reference values: NumPy (`diff` along both axes, `std`, `unique`), the same pictures.
  it.each([
    ['a pattern', pattern(40, 30), 0.7110944784, 0.2944079558, 742.5736388, 1],
    ['a tall one', pattern(7, 90), 0.5925741803, 0.2687077107, 373.20622358, 1],
    ['one that is half flat', halfFlat(), 0.5825601961, 0.3340724958, 940.01704666, 0.5008333333],
    ['a flat one', filled(20, 30, [77, 77, 77, 255]), 0.0006666667, 0, 0, 0.0016666667],
  ])('of %s', (_, raster, score, contrast, sharpness, diversity) => {
    const found = guideScore(raster);
    expect(found.score).toBeCloseTo(score, 9);
    expect(found.contrast).toBeCloseTo(contrast, 9);
    expect(found.sharpness).toBeCloseTo(sharpness, 5);
    expect(found.diversity).toBeCloseTo(diversity, 9);
  });
  it.each(Object.entries(reference))('of %s.png', async (name, { guideScore: expected }) => {
    const found = guideScore(await picture(`${name}.png`));
    expect(found.score).toBeCloseTo(expected.value, 9);
    expect(found.contrast).toBeCloseTo(expected.contrast, 9);
    expect(found.sharpness).toBeCloseTo(expected.sharpness, 6);
    expect(found.diversity).toBe(expected.diversity);
  });
  it('of a single pixel is finite', () => {
    expect(guideScore(filled(1, 1, [9, 9, 9, 255])).score).toBeCloseTo(0.4, 12);
  });
});
