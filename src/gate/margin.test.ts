import { describe, expect, it } from 'vitest';
import { seededRandom } from '../lib/random.js';
import { normalDraws } from '../stats/normal.js';
import { arm, gateInput, nine } from './__fixtures__/gate-input.js';
import { autoMargin, marginWarning } from './margin.js';
import { passesSoOften } from './passing.js';
import { type Prospect, prospects } from './prospect.js';
import { playOut } from './simulate.js';

const design = (max: number, margin: number): Prospect['design'] => ({
  cases: 9,
  metrics: [{ margin, cases: nine.map((_, index) => index), total: 9, lent: { sumOfSquares: 0, df: 0 } }],
  rates: 2,
  chains: false,
  samples: { min: 1, max },
  extras: 0,
});

/** Nine cases, eight approved samples each. */
function prospect(max: number, sd: number, margin = 0.03, change: Partial<Prospect> = {}): Prospect {
  const made = design(max, margin);
  const metric = made.metrics[0];
  if (!metric) throw new Error('no metric');
  return {
    design: made,
    rule: 'sequential',
    metric,
    sd,
    approved: nine.map(() => 8),
    df: 63 + 9 * (max - 1),
    ...change,
  };
}

// gate.md: .02 at cap 54 and .025 at cap 36 for σ_w .03; inconclusive when nothing changed 22 % at .05, 68 % at .08.
describe('margin: auto', () => {
  it.each([
    [6, 0.03, 0.02],
    [4, 0.03, 0.025],
    [4, 0.05, 0.04],
    [6, 0.005, 0.02],
    [4, 0.3, 0.225],
  ])('%i rounds, σ %f: %f', (max, sd, margin) => expect(autoMargin(prospect(max, sd))).toBe(margin));

  it.each([
    [0.05, 0.76],
    [0.08, 0.31],
  ])('σ %f at 36 samples passes δ .03 in a share of %f', (sd, share) => {
    expect(passesSoOften(prospect(4, sd), sd, 0.03, share - 0.01)).toBe(true);
    expect(passesSoOften(prospect(4, sd), sd, 0.03, share + 0.01)).toBe(false);
  });

  it('agrees with gates played out sample by sample', () => {
    const draw = normalDraws(seededRandom(21));
    const world = { sample: (_: string, index: number) => ({ case: index, values: [0.03 * draw()], events: [] }) };
    for (const rule of ['sequential', 'fixed'] as const) {
      const of = prospect(4, 0.03, 0.02, { rule });
      let passed = 0;
      for (let run = 0; run < 2000; run += 1)
        if (playOut(of.design, rule, of.approved, world).findings.metrics[0]?.state === 'pass') passed += 1;
      // Four standard errors.
      const error = 4 * Math.sqrt(0.16 / 2000);
      expect(passesSoOften(of, 0.03, 0.02, passed / 2000 - error)).toBe(true);
      expect(passesSoOften(of, 0.03, 0.02, Math.min(0.9999, passed / 2000 + error))).toBe(false);
    }
  });

  it('is wider when both arms are bought, with a fixed number, for chains, and the same each time', () => {
    const growing = { approved: null, df: 2 * 9 * 5 };
    expect(autoMargin(prospect(6, 0.03, 0.03, growing))).toBe(0.025);
    expect(autoMargin(prospect(6, 0.03, 0.03, growing))).toBe(0.025);
    expect(autoMargin(prospect(1, 0.03, 0.03, { rule: 'fixed' }))).toBe(0.035);
  });

  it('is nothing where nothing could be judged', () => {
    expect(autoMargin(prospect(6, 0.03, 0.03, { sd: null }))).toBeNull();
    expect(autoMargin(prospect(6, 0.03, 0.03, { df: 17 }))).toBeNull();
    expect(autoMargin(prospect(6, 0.03, 0.03, { approved: [0, 8, 8, 8, 8, 8, 8, 8, 8] }))).toBeNull();
  });
});

describe('the warning of a margin that is too narrow', () => {
  // V = .08²/9 · (1/4 + 1/8); δ²/2V = 1.6875 < ln 40. By hand: 1/n ≤ δ² · 9/(2 · .08² · ln 40) - 1/8 = 1/22.0.
  it('says what would do', () => {
    const warning = marginWarning(prospect(4, 0.08));
    expect(warning?.reach).toBeCloseTo(1.6875, 12);
    expect(warning?.needed).toBeCloseTo(Math.log(40), 12);
    expect(warning).toMatchObject({ approvedSamples: null, candidateSamples: 22, margin: 0.045 });
  });
  it.each([
    ['with the candidate samples that it asks for', prospect(22, 0.08)],
    ['with the margin that it asks for', prospect(4, 0.08, 0.045)],
    ['with the approved samples that it asks for', prospect(6, 0.07, 0.03, { approved: nine.map(() => 23) })],
  ])('is gone %s', (_, enough) => expect(marginWarning(enough)).toBeNull());
  it('is there with one sample less', () => {
    expect(marginWarning(prospect(21, 0.08))).not.toBeNull();
    expect(marginWarning(prospect(4, 0.08, 0.04))).not.toBeNull();
    expect(marginWarning(prospect(6, 0.07, 0.03, { approved: nine.map(() => 12) }))?.approvedSamples).toBe(
      [...Array(60).keys()].find(
        (n) => n > 0 && marginWarning(prospect(6, 0.07, 0.03, { approved: nine.map(() => n) })) === null,
      ),
    );
  });
});

describe('what is known before the run', () => {
  it('comes from the approved samples alone', () => {
    const input = gateInput({ candidate: arm(nine, 2, () => 0, 3) });
    expect(prospects(input)).toEqual(prospects(gateInput()));
    expect(prospects(input)[0]).toMatchObject({ rule: 'sequential', df: 63 + 45, approved: nine.map(() => 8) });
    expect(prospects(input)[0]?.sd).toBeCloseTo(0.02869, 5);
  });
  it('knows no scatter when both arms are still to be made', () => {
    const growing = gateInput({ reference: { samples: [], grows: true } });
    expect(prospects(growing)[0]).toMatchObject({ sd: null, approved: null });
  });
});
