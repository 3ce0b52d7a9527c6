import { describe, expect, it } from 'vitest';
import { fixedFindings } from './fixed.js';
import { detectableFixed, detectableSequential, fixedBounds, varianceAtCap } from './precision.js';
import { type Design, Trial } from './trial.js';

const arms = {
  reference: [
    [0.8, 0.82, 0.78],
    [0.6, 0.64, 0.62],
  ],
  candidate: [[0.79, 0.75], [0.6]],
};

function trialOf(total: number, margin: number): Trial {
  const design: Design = {
    cases: 2,
    metrics: [{ margin, cases: [0, 1], total, lent: { sumOfSquares: 0.01, df: 14 } }],
    rates: 2,
    chains: false,
    samples: { min: 6, max: 6 },
    extras: 0,
  };
  const trial = new Trial(design);
  for (const arm of ['reference', 'candidate'] as const)
    arms[arm].forEach((values, index) => {
      for (const value of values) trial.add(arm, [{ case: index, values: [value], events: [null, null] }]);
    });
  return trial;
}

// Quantiles of Student's t from SciPy 1.10: the interval's ends are -.0575 and .0075 for two cases, -.0230 and .0030 of five.
describe.each([
  [2, 0.058, 'pass'],
  [2, 0.057, 'open'],
  [5, 0.0231, 'pass'],
  [5, 0.0229, 'open'],
])('two cases of %i, margin %f', (total, margin, state) => {
  it(state, () => expect(fixedFindings(trialOf(total, margin), 12, true).metrics[0]?.state).toBe(state));
});

it('bounds, variance at the cap and detectable drops', () => {
  const trial = trialOf(2, 0.03);
  const { metrics, levels } = fixedFindings(trial, 12, true);
  const found = metrics[0]?.estimate;
  const metric = trial.design.metrics[0];
  if (!found || !metric) throw new Error('no estimate');
  expect(fixedBounds(found, levels).low).toBeCloseTo(-0.0575108593570356, 12);
  expect(fixedBounds(found, levels).high).toBeCloseTo(0.0075108593570354446, 12);
  expect(detectableFixed(0.03, found, levels)).toBeCloseTo(0.07186353961986094, 12);
  const atCap = varianceAtCap(trial, metric, 0, found.sd, false);
  expect(atCap).toBeCloseTo(0.00016315789473684214, 16);
  expect(detectableSequential(0.03, atCap, 19, 0.025)).toBeCloseTo(0.06057298423749652, 12);
});

it('a drop that is there, but smaller than the margin, passes; a larger one is a regression', () => {
  const more = { candidate: [0.77, 0.59], reference: [0.8, 0.62] };
  const at = (margin: number) => {
    const trial = trialOf(2, margin);
    for (let k = 0; k < 40; k += 1)
      for (const arm of ['candidate', 'reference'] as const)
        more[arm].forEach((value, index) => trial.add(arm, [{ case: index, values: [value], events: [null, null] }]));
    return fixedFindings(trial, 12, true).metrics[0]?.state;
  };
  expect(at(0.05)).toBe('pass');
  expect(at(0.02)).toBe('regression');
});

it('says nothing before the end', () => {
  expect(fixedFindings(trialOf(2, 0.058), 11, false)).toMatchObject({ state: 'open', metrics: [{ state: 'open' }] });
});
