import { expect, it } from 'vitest';
import { seededRandom } from '../lib/random.js';
import { confidenceSequence } from './confidence-sequence.js';
import { normalDraws } from './normal.js';

// SciPy 1.10: the tightest ratio from Lambert's W, the bounds written out.
it.each([
  [0.01, 0.0001, 20_000, 0.95, -0.020786625381355124, 0.04078662538135512],
  [-0.03, 2.9e-5, 34_000, 0.95, -0.04634471267682246, -0.013655287323177535],
  [0, 1, 1, 0.9, -2.763756875702675, 2.763756875702675],
])('estimate %f, variance %f, tuned to %f', (estimate, variance, tunedTo, confidence, low, high) => {
  const bounds = confidenceSequence(estimate, variance, tunedTo, confidence);
  expect(bounds.low).toBeCloseTo(low, 12);
  expect(bounds.high).toBeCloseTo(high, 12);
});

it('is tightest where it is tuned to', () => {
  const width = (tunedTo: number) => confidenceSequence(0, 0.01, tunedTo).high;
  expect(width(100)).toBeLessThan(width(80));
  expect(width(100)).toBeLessThan(width(125));
});

it('never misses the truth in 95 of 100 walks of 200 looks', () => {
  const draw = normalDraws(seededRandom(8));
  let missed = 0;
  for (let run = 0; run < 2000; run += 1) {
    let sum = 0;
    for (let n = 1; n <= 200; n += 1) {
      sum += draw();
      const { low, high } = confidenceSequence(sum / n, 1 / n, 100);
      if (low > 0 || high < 0) {
        missed += 1;
        break;
      }
    }
  }
  expect(missed / 2000).toBeLessThan(0.05);
});

it('refuses what has no bounds', () => {
  expect(() => confidenceSequence(0, 0, 1)).toThrow('a variance must be positive, got 0');
  expect(() => confidenceSequence(0, 1, 0)).toThrow('an information must be positive, got 0');
});
