import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medoid } from './representative.js';

/** Points on a line, as pictures whose distance is how far they lie apart. */
const pairsOf = (points: readonly number[]) =>
  points.flatMap((a, i) =>
    points.slice(i + 1).map((b, j) => ({ pair: [i + 1, i + j + 2] as [number, number], distance: Math.abs(a - b) })),
  );

describe('medoid', () => {
  it.each([
    [[], null],
    [[5], 1],
    [[0, 10], 1],
    [[0, 4, 5, 6, 50], 3],
    [[9, 0, 1], 3],
  ])('of points %j is sample %s', (points, expected) => {
    expect(
      medoid(
        points.map((_, i) => i + 1),
        pairsOf(points),
      ),
    ).toBe(expected);
  });

  it('is nobody farther from the others than anyone else', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 9 }), (points) => {
        const total = (at: number) => points.reduce((sum, point) => sum + Math.abs(point - at), 0);
        const chosen =
          points[
            (medoid(
              points.map((_, i) => i + 1),
              pairsOf(points),
            ) ?? 0) - 1
          ] ?? NaN;
        expect(total(chosen)).toBe(Math.min(...points.map(total)));
      }),
    );
  });
});
