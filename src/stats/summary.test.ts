import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mean, median, quantile, standardDeviation, summarize, sumOfSquares } from './summary.js';

const numbers = [3.1, -2, 7.25, 0.5, 9.75, 4, 4];
const anyNumbers = (minLength: number) =>
  fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength, maxLength: 40 });

describe('reference values from NumPy 1.24', () => {
  it('mean, sd and median', () => {
    expect(mean(numbers)).toBeCloseTo(3.8000000000000003, 14);
    expect(standardDeviation(numbers)).toBeCloseTo(3.924389549131601, 14);
    expect(median(numbers)).toBe(4);
  });
  it.each([
    [0, -2],
    [0.1, -0.4999999999999998],
    [0.25, 1.8],
    [0.9, 8.25],
    [0.95, 8.999999999999998],
    [1, 9.75],
  ])('quantile %f', (p, expected) => expect(quantile(numbers, p)).toBeCloseTo(expected, 14));
});

describe('properties', () => {
  it('quantiles are ordered, inside the range, and blind to order', () => {
    fc.assert(
      fc.property(
        anyNumbers(1),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, p, q) => {
          const [low, high] = [Math.min(p, q), Math.max(p, q)];
          const [a, b] = [quantile(values, low), quantile(values, high)];
          expect(a).toBeLessThanOrEqual(b);
          expect(a).toBeGreaterThanOrEqual(Math.min(...values));
          expect(b).toBeLessThanOrEqual(Math.max(...values));
          expect(quantile([...values].reverse(), low)).toBe(a);
        },
      ),
    );
  });
  it('the spread does not move with the numbers and scales with them', () => {
    fc.assert(
      fc.property(anyNumbers(2), fc.integer({ min: -1000, max: 1000 }), (values, shift) => {
        const sd = standardDeviation(values);
        const tolerance = 1e-9 * (1 + Math.max(...values.map(Math.abs)) + Math.abs(shift));
        expect(Math.abs(standardDeviation(values.map((value) => value + shift)) - sd)).toBeLessThan(tolerance);
        expect(Math.abs(standardDeviation(values.map((value) => 3 * value)) - 3 * sd)).toBeLessThan(tolerance);
      }),
    );
  });
  it('a large mean costs no digits', () => {
    expect(sumOfSquares([1e9 + 1, 1e9 + 2, 1e9 + 3])).toBe(2);
  });
});

describe('too few numbers', () => {
  it('are told by null in a summary', () => {
    expect(summarize([])).toEqual({ n: 0, mean: null, sd: null, min: null, median: null, max: null });
    expect(summarize([2])).toEqual({ n: 1, mean: 2, sd: null, min: 2, median: 2, max: 2 });
    expect(summarize([1, 3])).toEqual({ n: 2, mean: 2, sd: Math.SQRT2, min: 1, median: 2, max: 3 });
  });
  it('are an error where a number is asked for', () => {
    expect(() => mean([])).toThrow('needs at least 1 number, got 0');
    expect(() => standardDeviation([1])).toThrow('needs at least 2 numbers, got 1');
    expect(() => quantile([1], 1.5)).toThrow('a share from 0 to 1, got 1.5');
  });
});
