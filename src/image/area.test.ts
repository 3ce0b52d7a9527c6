import { describe, expect, it } from 'vitest';
import { areaSampler } from './area.js';

const plane = { width: 4, height: 3, values: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) };
const sample = (x: number, y: number, width: number, height: number, across: number, down: number) => [
  ...areaSampler(plane).sample({ x, y, width, height }, across, down).values,
];

describe('areaSampler', () => {
  it('gives the plane back at its own size', () => {
    expect(sample(0, 0, 4, 3, 4, 3)).toEqual([...plane.values]);
  });
  it.each([
    ['means of whole pixels', [0, 0, 4, 2, 2, 1], [3.5, 5.5]],
    ['the mean of all', [0, 0, 4, 3, 1, 1], [6.5]],
    // (1 + .5 x 2) / 1.5 and (.5 x 2 + 3) / 1.5
    ['parts of pixels', [0, 0, 3, 1, 2, 1], [4 / 3, 8 / 3]],
    ['a part of one pixel, enlarged', [1.25, 1.25, 0.5, 0.5, 2, 1], [6, 6]],
    ['0 outside', [-2, 0, 4, 1, 2, 1], [0, 1.5]],
    ['0 beyond the far edge', [3, 2, 2, 2, 1, 1], [3]],
  ] as const)('%s', (_, [x, y, width, height, across, down], expected) => {
    sample(x, y, width, height, across, down).forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 6));
  });
});
