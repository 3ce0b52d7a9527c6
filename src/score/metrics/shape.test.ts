import { describe, expect, it } from 'vitest';
import { filled } from '../../image/raster.js';
import { inputOf } from '../__fixtures__/pictures.js';
import { aspectDeviation, aspectMetric, resolutionMetric } from './shape.js';

const picture = (width: number, height: number) => filled(width, height, [0, 0, 0, 255]);

describe('aspect', () => {
  it.each([
    [1376, 768, '16:9', 0.0077821],
    [1024, 1024, '1:1', 0],
    [768, 1376, '16:9', 1.1585104],
    [1584, 672, '21:9', 0.0101524],
    [200, 100, '2.5:1', 0.2231436],
  ])('%i x %i for %s deviates by %f', (width, height, ratio, expected) => {
    expect(aspectDeviation(width, height, ratio)).toBeCloseTo(expected, 6);
  });
  it.each(['', '16x9', '16:0', '0:9', 'auto', '-1:2'])('%j is no ratio', (ratio) => {
    expect(aspectDeviation(100, 100, ratio)).toBeNull();
  });
  it('has no value when no ratio was asked for', async () => {
    expect(await aspectMetric.measure(inputOf(picture(10, 10)))).toEqual({
      value: null,
      reason: 'no ratio was asked for',
    });
  });
  it('says what it cannot read', async () => {
    const input = inputOf(picture(10, 10), { requested: { aspectRatio: 'wide', imageSize: null } });
    expect(await aspectMetric.measure(input)).toEqual({ value: null, reason: "'wide' is not a ratio such as 16:9" });
  });
});

it('resolution is the longer side', async () => {
  expect((await resolutionMetric.measure(inputOf(picture(768, 1376)))).value).toBe(1376);
});
