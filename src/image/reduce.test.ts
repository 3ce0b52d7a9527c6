import { expect, it } from 'vitest';
import { filled } from './raster.js';
import { reduce } from './reduce.js';

it.each([
  [1376, 768, 917, 512],
  [300, 400, 512, 683],
  [1, 1, 512, 512],
  [384, 3072, 512, 4096],
  [64, 2000, 131, 4096],
  [4000, 1, 64000, 16],
])('%i x %i becomes %i x %i', async (width, height, across, down) => {
  const { data, ...size } = await reduce(filled(width, height, [200, 100, 50, 255]));
  expect(size).toEqual({ width: across, height: down });
  expect([...data.subarray(0, 4), ...data.subarray(-4)]).toEqual([200, 100, 50, 255, 200, 100, 50, 255]);
});

it('lays transparent pictures on white', async () => {
  expect(await reduce(filled(8, 8, [0, 0, 0, 0]), 8)).toEqual(filled(8, 8, [255, 255, 255, 255]));
});
