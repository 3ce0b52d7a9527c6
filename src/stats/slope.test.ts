import fc from 'fast-check';
import { expect, it } from 'vitest';
import { meanInterval } from './interval.js';
import { combinedInterval, slopeWeights } from './slope.js';
import { mean, standardDeviation } from './summary.js';

const slope = (xs: number[], ys: number[]) =>
  slopeWeights(xs)?.reduce((sum, weight, i) => sum + weight * (ys[i] ?? 0), 0);

it('gives the slope of the least-squares line (scipy.stats.linregress)', () => {
  expect(slope([1, 2, 3, 5, 8], [0.91, 0.84, 0.86, 0.7, 0.52])).toBeCloseTo(-0.055974025974025975, 14);
});

it('finds the slope of any straight line, and none through one place', () => {
  const place = fc.integer({ min: -50, max: 50 });
  fc.assert(
    fc.property(fc.uniqueArray(place, { minLength: 2 }), place, place, (xs, steep, height) => {
      const ys = xs.map((x) => height + steep * x);
      expect(slope(xs, ys)).toBeCloseTo(steep, 8);
    }),
  );
  expect([slopeWeights([]), slopeWeights([3]), slopeWeights([2, 2])]).toEqual([null, null, null]);
});

const [a, b] = [
  [0.91, 0.84, 0.86, 0.7, 0.52, 0.6],
  [0.62, 0.8, 0.55, 0.71],
];
const ofMean = (values: number[]) => ({
  variance: standardDeviation(values) ** 2 / values.length,
  df: values.length - 1,
});

it.each([
  [0.95, -0.125509736553413, 0.26217640322007973],
  [0.8, -0.0490025078016143, 0.18566917446828102],
])('the %f interval of a difference is that of Welch (scipy.stats.ttest_ind)', (confidence, low, high) => {
  const interval = combinedInterval(mean(a) - mean(b), [ofMean(a), ofMean(b)], confidence);
  expect(interval.df).toBeCloseTo(7.935428829797205, 10);
  expect(interval.low).toBeCloseTo(low, 12);
  expect(interval.high).toBeCloseTo(high, 12);
});

it('is the plain t interval for one source, and a point without any scatter', () => {
  expect(combinedInterval(mean(a), [ofMean(a)])).toMatchObject({
    low: expect.closeTo(meanInterval(a)?.low ?? NaN, 12) as number,
    high: expect.closeTo(meanInterval(a)?.high ?? NaN, 12) as number,
  });
  expect(
    combinedInterval(2, [
      { variance: 0, df: 1 },
      { variance: 0, df: 3 },
    ]),
  ).toMatchObject({ low: 2, high: 2, df: 4 });
});
