import { expect, it } from 'vitest';
import { quantile, spread } from './spread.js';

it('gives mean, sd and the t interval (t = 3.1824 at 3 degrees of freedom)', () => {
  const each = spread([0.72, 0.6, 0.7, 0.66]);
  expect(each).toMatchObject({ values: [0.6, 0.66, 0.7, 0.72], n: 4 });
  expect(each?.mean).toBeCloseTo(0.67, 10);
  expect(each?.sd).toBeCloseTo(0.0529150262, 9);
  expect(each?.interval?.[0]).toBeCloseTo(0.585801, 5);
  expect(each?.interval?.[1]).toBeCloseTo(0.754199, 5);
});

it('claims no scatter from one value and nothing from none', () => {
  expect(spread([0.5])).toEqual({ values: [0.5], n: 1, mean: 0.5, sd: null, interval: null });
  expect(spread([])).toBeNull();
});

it.each([
  // Linear between the nearest ranks, as numpy does by default.
  [[], 0.5, null],
  [[7], 0.95, 7],
  [[4, 1, 3, 2], 0.5, 2.5],
  [[10, 20, 30, 40, 50], 0.95, 48],
])('quantile of %j at %f is %s', (values, share, expected) => {
  const value = quantile(values, share);
  if (expected === null) expect(value).toBeNull();
  else expect(value).toBeCloseTo(expected, 10);
});
