import { expect, it } from 'vitest';
import { mean } from '../../src/stats/summary.js';
import { bootstrap } from './bootstrap.js';

it('has the interval of a share of a hundred', () => {
  const { value, low, high } = bootstrap([...Array<number>(50).fill(0), ...Array<number>(50).fill(1)], mean);
  expect(value).toBe(0.5);
  // The normal approximation: .5 -+ 1.96 * .05.
  expect(Math.abs((low ?? NaN) - 0.402)).toBeLessThan(0.02);
  expect(Math.abs((high ?? NaN) - 0.598)).toBeLessThan(0.02);
});

it('has no width where characters agree, and none at all for one', () => {
  expect(bootstrap([2, 2, 2], mean)).toEqual({ value: 2, low: 2, high: 2 });
  expect(bootstrap([2], mean)).toEqual({ value: 2, low: null, high: null });
});

it('resamples two estimates of the same characters together', () => {
  const pairs = Array.from({ length: 20 }, (_, i) => ({ a: i * i, b: i * i - 1 }));
  const difference = bootstrap(pairs, (drawn) => mean(drawn.map(({ a }) => a)) - mean(drawn.map(({ b }) => b)));
  expect(difference.low).toBeCloseTo(1, 9);
  expect(difference.high).toBeCloseTo(1, 9);
});
