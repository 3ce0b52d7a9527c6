import { describe, expect, it } from 'vitest';
import { arm, gateInput, nine, sampleOf } from './__fixtures__/gate-input.js';
import { gate } from './gate.js';
import type { GateInput } from './input.js';

const like = (mean: number, sd: number, rounds = 6, seed = 5) => arm(nine, rounds, (_, __, z) => mean + sd * z, seed);
const unchanged = nine.map((name) => ({ name, unchanged: true }));
const broken = (rounds: number, mean: number, at: number, seed = 5) =>
  arm(nine, rounds, (index, _, z) => (index === 3 ? at : mean) + 0.03 * z, seed);

describe('verdicts', () => {
  it.each<[string, Partial<GateInput>, string, string]>([
    [
      'the same again',
      { candidate: like(0.8, 0.03) },
      'pass',
      'Pass: robot on gemini-3-pro-image, no drop of 0.03 or more in consistency in 16 images of 20 made',
    ],
    [
      'all cases down',
      { candidate: like(0.77, 0.03) },
      'regression',
      'Regression: robot on gemini-3-pro-image, consistency down 0.045 (margin 0.03) in 9 images; worst: summit',
    ],
    [
      'one case down',
      { candidate: broken(16, 0.803, 0.7) },
      'regression',
      'Regression: robot on gemini-3-pro-image, forest is broken, consistency down 0.086 in 3 samples',
    ],
    [
      'nothing but refusals',
      { candidate: nine.map((name) => sampleOf(name, 1, null, { outcome: 'refused' })) },
      'regression',
      'Regression: robot on gemini-3-pro-image, no usable picture in 9 of 9 samples, against 0 of 72',
    ],
    [
      'half a round',
      { candidate: like(0.8, 0.03).slice(0, 5) },
      'inconclusive',
      'Inconclusive: robot on gemini-3-pro-image, consistency undecided after 5 of 54 samples',
    ],
    [
      'no sample',
      {},
      'not-gateable',
      'Not gateable: robot on gemini-3-pro-image, no new sample of the candidate has consistency',
    ],
    [
      'nothing but skipped samples',
      { candidate: like(0.8, 0.03, 6).map((each) => ({ ...each, outcome: 'skipped', values: {} })) },
      'not-gateable',
      'Not gateable: robot on gemini-3-pro-image, no new sample of the candidate has consistency',
    ],
    [
      'no metric',
      { metrics: [], candidate: like(0.8, 0.03) },
      'not-gateable',
      'Not gateable: robot on gemini-3-pro-image, no metric gates',
    ],
    [
      'no case',
      { cases: [], reference: { samples: [], grows: false } },
      'not-gateable',
      'Not gateable: robot on gemini-3-pro-image, no case is left to judge',
    ],
    [
      'a metric of no case',
      {
        metrics: [{ id: 'quality', better: 'higher', margin: 0.03, cases: [], lent: { sumOfSquares: 0, df: 0 } }],
        candidate: like(0.8, 0.03),
      },
      'not-gateable',
      'Not gateable: robot on gemini-3-pro-image, no case can be measured by quality',
    ],
    [
      'inputs that differ',
      {
        candidate: like(0.7, 0.03),
        obstacles: [{ problem: 'the sheet of forest differs', fix: 'Approve the case again.' }],
      },
      'not-gateable',
      'Not gateable: robot on gemini-3-pro-image, the sheet of forest differs',
    ],
    [
      'a baseline of two samples',
      { reference: { samples: like(0.8, 0.03, 2, 9), grows: false }, samples: { min: 1, max: 1 } },
      'not-gateable',
      'Not gateable: robot on gemini-3-pro-image, the scatter of the samples would rest on 9 degrees of freedom at the cap, and 18 are needed',
    ],
    [
      'a case without approved scores',
      {
        reference: {
          samples: like(0.8, 0.03, 8, 9).map((each) => (each.case === 'forest' ? { ...each, values: {} } : each)),
          grows: false,
        },
      },
      'not-gateable',
      'Not gateable: robot on gemini-3-pro-image, the baseline has no consistency of forest',
    ],
    [
      'equal requests only',
      { cases: unchanged },
      'pass',
      'Pass: robot on gemini-3-pro-image, no request differs from the baseline',
    ],
    [
      'a broken network',
      { candidate: like(0.8, 0.03), infra: '20 of 54 samples ended in infrastructure errors' },
      'infra',
      'No verdict: the infrastructure failed',
    ],
    [
      'a regression in spite of a broken network',
      { candidate: like(0.77, 0.03), infra: '20 of 54 samples ended in infrastructure errors' },
      'regression',
      'Regression: robot on gemini-3-pro-image, consistency down 0.045 (margin 0.03) in 9 images; worst: summit',
    ],
    [
      'a fixed number that is not there yet',
      { rule: 'fixed', candidate: like(0.77, 0.03, 5) },
      'inconclusive',
      'Inconclusive: robot on gemini-3-pro-image, consistency undecided after 45 of 54 samples',
    ],
    [
      'a fixed number of samples',
      { rule: 'fixed', candidate: like(0.77, 0.03) },
      'regression',
      'Regression: robot on gemini-3-pro-image, consistency down 0.029 (margin 0.03) in 54 images; worst: valley',
    ],
  ])('%s', (_, change, state, title) => expect(gate(gateInput(change))).toMatchObject({ state, title }));

  it('says more than the title', () => {
    const passed = gate(gateInput({ candidate: like(0.8, 0.03), spent: 1.88 }));
    expect(passed.title).toMatch(/in 16 images of 20 made, \$1\.88$/);
    expect(passed.message).toMatchInlineSnapshot(
      `"robot on gemini-3-pro-image against the baseline: consistency down 0.004 [-0.03, 0.023] (95 % at every look), margin 0.03, 16 new scores against 72. An estimate at an early stop slightly overstates the difference."`,
    );
    expect(gate(gateInput({ candidate: broken(16, 0.803, 0.7) })).message).toMatchInlineSnapshot(
      `"robot on gemini-3-pro-image against the baseline: consistency down 0.012 [-0.034, 0.011] (95 % at every look), margin 0.03, 22 new scores against 72. forest is broken, consistency down 0.086 in 3 samples."`,
    );
    const open = like(0.788, 0.02, 6, 8).map((each) => (each.case === 'valley' ? { ...each, values: {} } : each));
    expect(gate(gateInput({ candidate: open })).message).toMatchInlineSnapshot(
      `"robot on gemini-3-pro-image against the baseline: consistency not judged yet. Without a score: valley."`,
    );
    const halfway = like(0.8, 0.03, 6, 8).map((each) => ({
      ...each,
      values: { consistency: (each.values['consistency'] ?? 0) - 0.0125 },
    }));
    expect(gate(gateInput({ candidate: halfway, samples: { min: 6, max: 6 } })).message).toMatchInlineSnapshot(
      `"robot on gemini-3-pro-image against the baseline: consistency down 0.015 [-0.03, 0.001] (95 % at every look), margin 0.03, 54 new scores against 72. More samples may follow under the same rule, at no penalty. A drop of 0.026 would have been found."`,
    );
  });
});

describe('the drop is found where lower is better', () => {
  const turn = (samples: ReturnType<typeof like>) =>
    samples.map((each) => ({ ...each, values: { consistency: -(each.values['consistency'] ?? 0) } }));
  it('with the same numbers', () => {
    const higher = gateInput({ candidate: like(0.77, 0.03) });
    const lower = {
      ...higher,
      metrics: higher.metrics.map((metric) => ({ ...metric, better: 'lower' as const })),
      candidate: turn(like(0.77, 0.03)),
      reference: { ...higher.reference, samples: turn([...higher.reference.samples]) },
    };
    expect(gate(lower).metrics).toEqual(gate(higher).metrics.map((metric) => ({ ...metric, better: 'lower' })));
    expect(gate(lower).title).toBe(
      'Regression: robot on gemini-3-pro-image, consistency up 0.045 (margin 0.03) in 9 images; worst: summit',
    );
  });
});

describe('a pull request that changes one prompt', () => {
  const input = (samples: GateInput['candidate']) =>
    gateInput({ cases: nine.map((name) => ({ name, unchanged: name !== 'forest' })), candidate: samples });
  const forest = (mean: number) => arm(['forest'], 16, (_, __, z) => mean + 0.03 * z, 3);

  it('passes at once on the mean of nine; the case itself is what is watched', () => {
    const verdict = gate(input(forest(0.8)));
    expect(verdict).toMatchObject({ state: 'pass', samples: { counted: 1, cap: 6 } });
    // Eight unchanged cases lend their scatter: 8 · 7 and the one's 7.
    expect(verdict.metrics[0]).toMatchObject({ df: 63, n: 1, n0: 8 });
    expect(verdict.cases.filter(({ state }) => state === 'unchanged')).toHaveLength(8);
  });
  it('is caught when it breaks the case', () => {
    expect(gate(input(forest(0.65)))).toMatchObject({ state: 'regression', title: /forest is broken/ });
  });
  it('is not gateable when no gating metric is measured on it', () => {
    const blind = input(forest(0.8));
    const metrics = blind.metrics.map((metric) => ({ ...metric, cases: nine.filter((name) => name !== 'forest') }));
    expect(gate({ ...blind, metrics })).toMatchObject({
      state: 'not-gateable',
      title: 'Not gateable: robot on gemini-3-pro-image, what differs cannot be measured by consistency: forest',
    });
  });
});

describe('evidence is new', () => {
  const tagged = (samples: ReturnType<typeof like>, tag: string) =>
    samples.map((each) => ({ ...each, ids: [`${tag} ${each.case} ${each.round}`] }));
  const reference = { samples: tagged(like(0.8, 0.03, 8, 1), 'approved'), grows: false };

  it('never the baseline itself', () => {
    const candidate = reference.samples.filter(({ round }) => round <= 6);
    const verdict = gate(gateInput({ reference, candidate }));
    expect(verdict).toMatchObject({ state: 'not-gateable', samples: { repeated: 54 } });
    expect(verdict.message).toContain('54 repeat what was there before');
  });
  it('nor a picture twice', () => {
    const once = tagged(like(0.79, 0.03, 1, 4), 'new');
    const twice = [...once, ...once.map((each) => ({ ...each, round: 2 }))];
    const verdict = gate(gateInput({ reference, candidate: twice, samples: { min: 2, max: 6 } }));
    expect(verdict.samples).toMatchObject({ repeated: 9, counted: 18 });
    expect(verdict.metrics[0]).toMatchObject({ n: 9 });
  });
});

describe('several gating metrics', () => {
  const both = (consistency: number, quality: number, rounds = 6) =>
    like(consistency, 0.03, rounds, 5).map((each, k) => ({
      ...each,
      values: { ...each.values, quality: quality + 0.03 * Math.sin(k * 7919) },
    }));
  const metrics = ['consistency', 'quality'].map((id) => ({
    id,
    better: 'higher' as const,
    margin: 0.03,
    cases: nine,
    lent: { sumOfSquares: 0, df: 0 },
  }));
  const reference = { samples: both(0.8, 0.9, 8), grows: false };

  it('a pass needs all of them', () => {
    const verdict = gate(gateInput({ metrics, reference, candidate: both(0.8, 0.9) }));
    expect(verdict.metrics.map(({ state }) => state)).toEqual(['pass', 'pass']);
    expect(verdict.state).toBe('pass');
  });
  it('one is enough for a regression, at half the level', () => {
    const verdict = gate(gateInput({ metrics, reference, candidate: both(0.8, 0.85) }));
    expect(verdict.state).toBe('regression');
    expect(verdict.metrics[1]?.thresholds?.regression).toBeCloseTo(Math.log(80), 12);
    expect(verdict.title).toContain('quality down');
  });
});

describe('the rate of characters that are not found', () => {
  const seen = (rounds: number, seed: number, lost: (k: number) => boolean) =>
    like(0.8, 0.03, rounds, seed).map((each, k) => ({ ...each, characterFound: !lost(k) }));
  const reference = { samples: seen(8, 1, () => false), grows: false };
  it.each([
    [3, 'pass'],
    [5, 'regression'],
  ])('%i in the first 9 samples', (lost, state) =>
    expect(gate(gateInput({ reference, candidate: seen(6, 5, (k) => k < lost) })).state).toBe(state),
  );
  it('a network error is neither here nor there', () => {
    const candidate = like(0.8, 0.03).map((each) =>
      each.round === 1 ? { ...each, outcome: 'infra_error', values: {} } : each,
    );
    expect(gate(gateInput({ reference, candidate })).rates[0]).toMatchObject({ candidate: { events: 0 } });
  });
});

describe('impossible input', () => {
  it.each<[string, Partial<GateInput>, string]>([
    [
      'a slot twice',
      { candidate: [sampleOf('forest', 1, 0.8), sampleOf('forest', 1, 0.8)] },
      'candidate sample 1 of forest is there twice',
    ],
    ['an unknown case', { candidate: [sampleOf('moon', 1, 0.8)] }, 'candidate sample 1 of moon: there is no such case'],
    ['no number', { candidate: [sampleOf('forest', 1, NaN)] }, 'candidate sample 1 of forest: consistency is NaN'],
    ['round 0', { candidate: [sampleOf('forest', 0, 1)] }, 'rounds are 1, 2, ...'],
    ['a cap below the start', { samples: { min: 3, max: 2 } }, '1 ≤ min ≤ max, got 3..2'],
  ])('%s', (_, change, message) => expect(() => gate(gateInput(change))).toThrow(message));
});
