import { describe, expect, it } from 'vitest';
import { seededRandom } from '../lib/random.js';
import { normalDraws } from '../stats/normal.js';
import { nine } from './__fixtures__/gate-input.js';
import { playOut, type World } from './simulate.js';
import type { Design } from './trial.js';

const RUNS = 1500;
const design: Design = {
  cases: 9,
  metrics: [{ margin: 0.03, cases: nine.map((_, index) => index), total: 9, lent: { sumOfSquares: 0, df: 0 } }],
  rates: 2,
  chains: false,
  samples: { min: 1, max: 6 },
  extras: 10,
};

/** Shares of gates that end so, when every sample of the candidate is off by `shift(case)`. */
function shares(noise: (z: () => number, index: number) => number, shift: (index: number) => number) {
  const random = seededRandom(77);
  const z = normalDraws(random);
  const world: World = {
    sample: (arm, index) => ({
      case: index,
      values: [0.03 * noise(z, index) + (arm === 'candidate' ? shift(index) : 0)],
      events: [random() < 0.03, random() < 0.03],
    }),
  };
  const ended = { pass: 0, regression: 0, open: 0 };
  for (let run = 0; run < RUNS; run += 1)
    ended[
      playOut(
        design,
        'sequential',
        nine.map(() => 8),
        world,
      ).findings.state
    ] += 1 / RUNS;
  return ended;
}

const gaussian = (z: () => number) => z();

// Limits leave three standard errors of 1,500 runs; `npm run bench:gate` measures with 20,000.
describe('the whole gate, with guard and rates', () => {
  it('calls an unchanged candidate regressed at most 5 times in 100', () => {
    expect(shares(gaussian, () => 0).regression).toBeLessThan(0.05);
  });
  it.each<[string, (z: () => number, index: number) => number]>([
    ['heavy tails', (z) => z() / Math.hypot(z(), z(), z())],
    ['one case three times as noisy', (z, index) => z() * (index === 4 ? 3 : 1) * 0.73],
    ['4 % flops', (z) => z() - (z() > 1.75 ? 0.25 / 0.03 : 0)],
  ])('at most 8 times in 100 under %s', (_, noise) => {
    expect(shares(noise, () => 0).regression).toBeLessThan(0.08);
  });
  it('lets a drop by the margin pass at most 5 times in 100', () => {
    const ended = shares(gaussian, () => -0.03);
    expect(ended.pass).toBeLessThan(0.05);
    expect(ended.regression).toBeGreaterThan(0.94);
  });
  it('finds one case of nine that fell by .08', () => {
    expect(shares(gaussian, (index) => (index === 4 ? -0.08 : 0)).regression).toBeGreaterThan(0.92);
  });
});
