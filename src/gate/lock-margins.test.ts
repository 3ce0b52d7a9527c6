import { describe, expect, it } from 'vitest';
import { seededRandom } from '../lib/random.js';
import { normalDraws } from '../stats/normal.js';
import { nine } from './__fixtures__/gate-input.js';
import { approvedCase, approvedSample } from './__fixtures__/approved.js';
import type { ApprovedCase } from './baseline.js';
import { type Judging, storedMargins } from './lock-margins.js';

/** Nine cases, eight samples each, σ .03 about .8, and as many as wanted without a score. */
function baseline(change: (name: string) => Partial<ApprovedCase> = () => ({}), n = 8): ApprovedCase[] {
  const draw = normalDraws(seededRandom(1));
  return nine.map((name) =>
    approvedCase(name, {
      samples: Array.from({ length: n }, (_, index) =>
        approvedSample(index + 1, 10, { consistency: 0.8 + 0.03 * draw(), quality: 0.9 + 0.01 * draw() }),
      ),
      ...change(name),
    }),
  );
}

const judging: Judging = {
  metrics: [{ id: 'consistency', better: 'higher', margin: 'auto' }],
  samples: { min: 1, max: 6 },
  inputs: 'approved',
  measured: { encoder: null, metrics: { consistency: '2', quality: '2' } },
};

describe('stored margins', () => {
  // gate.md: .02 at cap 54, .025 at cap 36 for σ_w .03.
  it.each([
    [6, 0.02],
    [4, 0.025],
  ])('fit the noise: with %i samples a case at most, %f', (max, margin) => {
    const { margins, without } = storedMargins(baseline(), { ...judging, samples: { min: 1, max } });
    expect(margins).toMatchObject({ consistency: { margin, cap: max, cases: 9 } });
    expect(margins['consistency']?.sd).toBeCloseTo(0.03, 2);
    expect(without).toEqual({});
  });

  it('are those of the metrics that gate by an automatic one', () => {
    const metrics: Judging['metrics'] = [
      { id: 'quality', better: 'higher', margin: 0.05 },
      { id: 'consistency', better: 'higher', margin: 'auto' },
    ];
    expect(Object.keys(storedMargins(baseline(), { ...judging, metrics }).margins)).toEqual(['consistency']);
    expect(storedMargins(baseline(), { ...judging, metrics: [] })).toEqual({ margins: {}, without: {} });
  });

  const otherwise = { metrics: { consistency: '1', quality: '2' } };
  it.each<[string, (name: string) => Partial<ApprovedCase>]>([
    ['no value', () => ({ samples: [approvedSample(1, 10, { consistency: null })] })],
    ['values of another version', () => otherwise],
    ['values with other inputs', () => ({ inputsMode: 'generated' })],
  ])('leave out cases that have %s', (_, change) => {
    const some = baseline((name) => (['sheet', 'bridge'].includes(name) ? change(name) : {}));
    expect(storedMargins(some, judging).margins['consistency']?.cases).toBe(7);
    expect(storedMargins(baseline(change), judging)).toEqual({
      margins: {},
      without: { consistency: 'no approved sample has a value' },
    });
  });

  it.each<[string, ApprovedCase[], Partial<Judging>, string]>([
    ['one sample a case', baseline(undefined, 1), {}, 'one value a case does not tell how much it scatters'],
    [
      'too few samples, of which too few will follow',
      baseline(undefined, 2),
      { samples: { min: 1, max: 1 } },
      'too few samples: its scatter would rest on 9 degrees of freedom',
    ],
    [
      'no whole chain',
      nine.map((name, k) =>
        approvedCase(name, {
          inputsMode: 'generated',
          samples: nine.map((_, chain) => approvedSample(chain + 1, 10, chain === k ? {} : { consistency: 0.8 })),
        }),
      ),
      { inputs: 'generated' },
      'no approved chain has a value in each of its cases',
    ],
  ])('are none for %s', (_, cases, change, reason) => {
    expect(storedMargins(cases, { ...judging, ...change })).toEqual({ margins: {}, without: { consistency: reason } });
  });
});
