import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom } from '../lib/random.js';
import { meanInterval, tInterval } from './interval.js';

const numbers = [3.1, -2, 7.25, 0.5, 9.75, 4, 4];

it.each([
  [0.95, 0.17054501074188425, 7.429454989258116],
  [0.8, 1.6644393430930555, 5.935560656906945],
])('the %f interval has exact ends (mpmath, 40 digits)', (confidence, low, high) => {
  const interval = meanInterval(numbers, confidence);
  expect(interval?.low).toBeCloseTo(low, 11);
  expect(interval?.high).toBeCloseTo(high, 11);
  expect(interval?.standardError).toBeCloseTo(1.4832798278204444, 12);
  expect(interval?.df).toBe(6);
});

it('is unknown for fewer than two numbers and a point without spread', () => {
  expect(meanInterval([])).toBeNull();
  expect(meanInterval([1])).toBeNull();
  expect(meanInterval([2, 2, 2])).toMatchObject({ low: 2, mean: 2, high: 2 });
});

it('widens with confidence and with fewer degrees of freedom', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.5, max: 0.98, noNaN: true }), fc.integer({ min: 1, max: 200 }), (confidence, df) => {
      const { high } = tInterval(0, 1, df, confidence);
      expect(tInterval(0, 1, df, confidence + 0.01).high).toBeGreaterThan(high);
      expect(tInterval(0, 1, df + 1, confidence).high).toBeLessThan(high);
    }),
  );
});

it('covers the true mean as often as it says', () => {
  const random = seededRandom(5);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  let covered = 0;
  for (let run = 0; run < 4000; run += 1) {
    const interval = meanInterval([normal(), normal(), normal(), normal()], 0.9);
    if (interval && interval.low <= 0 && interval.high >= 0) covered += 1;
  }
  // Three standard deviations of a share of .9 among 4000.
  expect(Math.abs(covered / 4000 - 0.9)).toBeLessThan(0.0143);
});

it('refuses a negative spread', () => expect(() => tInterval(0, -1, 3)).toThrow('a standard error cannot be -1'));
