import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Moments } from '../stats/moments.js';
import { type CaseArms, estimate, inflation, logRatio, pool, poolVariance } from './estimate.js';

const arms = (candidate: number[], reference: number[]): CaseArms => ({
  candidate: Moments.of(candidate),
  reference: Moments.of(reference),
});

const two = [arms([0.79, 0.75], [0.8, 0.82, 0.78]), arms([0.6], [0.6, 0.64, 0.62])];
const lent = { sumOfSquares: 0.01, df: 14 };

// Written out in NumPy 1.24.
describe.each([
  [2, -0.025, 0.0003535087719298246, 0.7637717121588148],
  [5, -0.01, 5.656140350877194e-5, -2.3867866004962623],
])('two cases that can differ, of %i', (total, effect, variance, ratio) => {
  const pooled = pool(two, lent);
  const found = estimate(two, pooled, total);
  it('θ̂, V̂, σ̂ and ℓ', () => {
    expect(pooled.sumOfSquares).toBeCloseTo(0.0124, 15);
    expect(found?.effect).toBeCloseTo(effect, 14);
    expect(found?.variance).toBeCloseTo(variance, 16);
    expect(found).toMatchObject({ df: 19, n: 3, n0: 6 });
    expect(found?.sd).toBeCloseTo(0.025546654946340206, 14);
    expect(logRatio(effect, variance * inflation(19), 0.03)).toBeCloseTo(ratio, 11);
  });
});

it('is unknown while an arm is empty or nothing tells the scatter', () => {
  expect(estimate([...two, arms([], [1, 2])], pool(two, lent), 3)).toBeNull();
  expect(estimate([...two, arms([1], [])], pool(two, lent), 3)).toBeNull();
  expect(estimate([arms([1], [1])], { sumOfSquares: 0, df: 0 }, 1)).toBeNull();
});

it('never takes the scatter for less than .005', () => {
  expect(poolVariance({ sumOfSquares: 0, df: 20 })).toBeCloseTo(2.5e-5, 18);
  expect(poolVariance({ sumOfSquares: 20 * 0.0049 ** 2, df: 20 })).toBeCloseTo(2.5e-5, 18);
  expect(poolVariance({ sumOfSquares: 20 * 0.0051 ** 2, df: 20 })).toBeCloseTo(2.601e-5, 18);
});

const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 });
const someCases = fc.array(fc.tuple(values, values), { minLength: 2, maxLength: 6 });

it('does not care in which order cases come, and moves with the candidate', () => {
  fc.assert(
    fc.property(someCases, fc.double({ min: -1, max: 1, noNaN: true }), (cases, shift) => {
      const of = (list: typeof cases, by: number) => {
        const all = list.map(([candidate, reference]) =>
          arms(
            candidate.map((value) => value + by),
            reference,
          ),
        );
        return estimate(all, pool(all, lent), cases.length);
      };
      const found = of(cases, 0);
      const turned = of([...cases].reverse(), 0);
      const moved = of(cases, shift);
      expect(turned?.effect).toBeCloseTo(found?.effect ?? NaN, 12);
      expect(turned?.variance).toBeCloseTo(found?.variance ?? NaN, 12);
      expect(moved?.effect).toBeCloseTo((found?.effect ?? NaN) + shift, 12);
      expect(moved?.variance).toBeCloseTo(found?.variance ?? NaN, 12);
    }),
  );
});

it('an unchanged case adds 0 and no variance: one changed case of nine weighs a ninth', () => {
  const one = two.slice(0, 1);
  const alone = estimate(one, pool(one, lent), 1);
  const ofNine = estimate(one, pool(one, lent), 9);
  expect(ofNine?.effect).toBeCloseTo((alone?.effect ?? NaN) / 9, 15);
  expect(ofNine?.variance).toBeCloseTo((alone?.variance ?? NaN) / 81, 15);
});

it('the evidence is 0 halfway, and symmetric about it', () => {
  expect(logRatio(-0.015, 1e-4, 0.03)).toBeCloseTo(0, 12);
  expect(logRatio(-0.03, 1e-4, 0.03)).toBeCloseTo(4.5, 12);
  expect(logRatio(0, 1e-4, 0.03)).toBeCloseTo(-4.5, 12);
});
