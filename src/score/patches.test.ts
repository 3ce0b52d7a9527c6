import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowestMean, matchPatches } from './patches.js';

describe('the best match of each patch of a figure', () => {
  it('is the greatest scalar product with any patch of the picture, whatever their length', () => {
    const numbers = (length: number) =>
      fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: length, maxLength: length });
    const maps = fc
      .tuple(fc.integer({ min: 1, max: 11 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
      .chain(([dimensions, own, other]) =>
        fc.tuple(
          fc.constant({ dimensions, own, other }),
          numbers(own ** 2 * dimensions),
          numbers(other ** 2 * dimensions),
        ),
      );
    fc.assert(
      fc.property(maps, ([{ dimensions, own, other }, a, b]) => {
        const rows = (values: number[]) =>
          Array.from({ length: values.length / dimensions }, (_, i) =>
            values.slice(i * dimensions, (i + 1) * dimensions),
          );
        const map = (grid: number, values: number[]) => ({ grid, dimensions, vectors: Float32Array.from(values) });
        const cells = [...Array(own ** 2).keys()].filter((i) => i % 2 === 0);
        const found = matchPatches(map(own, a), cells, map(other, b));
        rows(a).forEach((patch, i) => {
          const products = rows(b).map((each) => each.reduce((sum, value, k) => sum + value * (patch[k] ?? NaN), 0));
          const best = i % 2 === 0 ? Math.max(-1, ...products) : -1;
          expect(Math.abs((found[i] ?? NaN) - best)).toBeLessThan(1e-5);
        });
      }),
    );
  });
});

it.each([
  [[0.5, 0.1, 0.9, 0.3], 0.5, 0.2],
  [[0.5, 0.1, 0.9], 0.01, 0.1],
  [[4], 1, 4],
])('the mean of the lowest of %j, a share of %d of them, is %d', (values, share, expected) => {
  expect(lowestMean(values, share)).toBeCloseTo(expected, 12);
});
