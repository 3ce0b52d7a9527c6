import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Moments } from './moments.js';
import { mean, sumOfSquares } from './summary.js';

const numbers = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 2, maxLength: 30 });

it('says what the two-pass formulas say of the same numbers', () => {
  fc.assert(
    fc.property(numbers, (values) => {
      const moments = Moments.of(values);
      expect(moments.n).toBe(values.length);
      expect(moments.lowest).toBe(Math.min(...values));
      expect(moments.mean).toBeCloseTo(mean(values), 8);
      expect(moments.squares).toBeCloseTo(sumOfSquares(values), 4);
    }),
  );
});

it('can leave the lowest out', () => {
  fc.assert(
    fc.property(numbers, (values) => {
      const rest = Moments.of(values).withoutLowest();
      const kept = [...values].sort((a, b) => a - b).slice(1);
      expect(rest.n).toBe(kept.length);
      expect(rest.mean).toBeCloseTo(mean(kept), 8);
      expect(rest.squares).toBeCloseTo(sumOfSquares(kept), 4);
    }),
  );
});

describe('few numbers', () => {
  it('none has no mean', () => expect(Moments.of([])).toMatchObject({ n: 0, mean: NaN, squares: 0 }));
  it('a large mean costs no digits', () => expect(Moments.of([1e9 + 1, 1e9 + 2, 1e9 + 3]).squares).toBe(2));
  it('one cannot be left out', () =>
    expect(() => Moments.of([1]).withoutLowest()).toThrow('at least 2 numbers, got 1'));
});
