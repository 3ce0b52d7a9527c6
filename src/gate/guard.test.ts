import { describe, expect, it } from 'vitest';
import { Moments } from '../stats/moments.js';
import { caseMargin, guardCase, mayDecide } from './guard.js';

const approved = [0.8, 0.83, 0.77, 0.81, 0.79, 0.82, 0.78, 0.8];
// σ̂ .03 in the pool.
const pooled = { sumOfSquares: 63 * 0.03 ** 2, df: 63 };
const level = 0.0125 / 9;
const look = (candidate: number[]) =>
  guardCase({ candidate: Moments.of(candidate), reference: Moments.of(approved) }, pooled, 0.03, level);

// ℓ written out in NumPy 1.24; broken from ln(9/.0125) = 6.58 on and, without the lowest, from ln 20 = 3.00 on.
describe.each([
  [[0.7, 0.69], 11.687445127304683, 'broken'],
  [[0.7, 0.69, 0.71], 15.51515151515158, 'broken'],
  [[0.8, 0.62], 3.4485855410866684, 'undecided'],
  // Far over the first threshold, but the better one of the two alone (ℓ 2.80) does not bear it out.
  [[0.73, 0.66], 9.434443656980873, 'undecided'],
  [[0.81], -4.666666666666671, 'ok'],
  [[0.79, 0.81], -7.086505190311423, 'ok'],
  [[0.8, 0.45, 0.79], 2.360246762931326, 'undecided'],
])('%j', (candidate, ratio, state) => {
  it(state, () => {
    const found = look(candidate);
    expect(found.ratio).toBeCloseTo(ratio, 10);
    expect(found.state).toBe(state);
  });
});

it('one sample alone breaks nothing, however low', () => {
  const found = look([0.6]);
  expect(found.ratio).toBeGreaterThan(Math.log(9 / 0.0125));
  expect(found.state).toBe('undecided');
});

it('waits for both arms', () => {
  expect(look([])).toEqual({ state: 'undecided', effect: null, ratio: null });
});

it('tolerates .08, or twice a wide margin', () => {
  expect(caseMargin(0.03)).toBe(0.08);
  expect(caseMargin(0.05)).toBe(0.1);
});

// σ̂_c² with its inflation is .00240762, so -ℓ on average is .0064 / (2 · .00240762 · (1/n + 1/n0)), by hand.
it.each([
  [2, false, false],
  [3, false, true],
  [1, true, false],
  [2, true, true],
])('with %i more samples (both arms: %s) an unchanged case may be told to be ok: %s', (more, grows, may) => {
  const arms = { candidate: Moments.of([0.8]), reference: Moments.of(approved) };
  expect(mayDecide(arms, { sumOfSquares: 63 * 0.06 ** 2, df: 63 }, 0.03, more, grows)).toBe(may);
});
