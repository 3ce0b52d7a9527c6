import { expect, it } from 'vitest';
import type { RunRecord, SampleRecord } from '../../record.js';
import { baseline, driftRecord } from '../__fixtures__/drift-record.js';
import { record, sample } from '../__fixtures__/small-record.js';
import { drifts, type Drift } from './drift.js';

const only = (run: RunRecord): Drift => {
  const [drift, ...others] = drifts(run);
  if (!drift || others.length > 0) throw new Error('there should be one drift');
  return drift;
};
const near = (value: number): number => expect.closeTo(value, 10) as number;
/** The record with some samples changed. */
function changed(patch: Partial<SampleRecord>, which: (each: SampleRecord) => boolean): RunRecord {
  const run = driftRecord();
  return { ...run, samples: run.samples.map((each) => (which(each) ? { ...each, ...patch } : each)) };
}
const lost = { outcome: 'refused', reason: 'IMAGE_SAFETY', scores: {} } as const;

it('gives mean, interval and slope by hop, a chain as the unit (numbers by NumPy and SciPy)', () => {
  const { by, of, hops, variants } = only(driftRecord());
  expect([by, of]).toEqual(['hop', 'robot']);
  expect(hops.map(({ hop, cases }) => [hop, cases])).toEqual([
    [1, ['meadow']],
    [2, ['river', 'hill']],
    [3, ['night']],
  ]);
  expect(hops.map(({ approved }) => approved?.mean)).toEqual([near(0.9), near(0.7), near(0.5)]);
  const [losing] = variants;
  expect(losing?.chains.map(({ sample: chain }) => chain)).toEqual([3, 4, 5]);
  expect(losing?.chains[0]?.values).toEqual([near(0.85), near(0.6), near(0.35)]);
  expect(losing?.spreads).toMatchObject([
    { n: 3, mean: near(0.83), interval: [near(0.7803172457649936), near(0.8796827542350065)] },
    { n: 3, mean: near(0.56), interval: [near(0.4606344915299868), near(0.6593655084700131)] },
    { n: 3, mean: near(0.29), interval: [near(0.14095173729498017), near(0.4390482627050198)] },
  ]);
  expect(losing?.slope).toEqual({
    perHop: near(-0.27),
    interval: [near(-0.3196827542350067), near(-0.22031724576499337)],
    chains: 3,
  });
  expect(losing?.missing).toEqual([]);
});

it('tells drift from scenes that are harder by what approved inputs lose, whose own scatter counts too', () => {
  const [losing, steady] = only(driftRecord()).variants;
  // Between chains .02²/3 with 2 degrees of freedom, of the approved means .5² x .0001 x 2 with 4: 3.5328 of Welch.
  expect(losing?.beside).toEqual({
    perHop: near(-0.07),
    interval: [near(-0.10963725522186273), near(-0.030362744778137288)],
    chains: 3,
  });
  expect(steady?.slope?.interval?.[1]).toBeLessThan(0);
  expect(steady?.beside?.perHop).toBeCloseTo(0, 10);
  expect(steady?.beside?.interval?.[1]).toBeGreaterThan(0);
});

it('leaves a hop of a chain out of the means unless all its scenes have a score, and names what is missing', () => {
  const run = changed(lost, ({ case: name, sample: chain }) => name === 'hill' && chain === 4);
  const [first] = only(run).variants;
  expect(first?.chains[1]?.values).toEqual([near(0.83), null, near(0.29)]);
  expect(first?.spreads[1]).toMatchObject({ n: 2, mean: near(0.56) });
  expect(first?.slope).toMatchObject({ perHop: near(-0.27), chains: 3 });
  expect(first?.missing).toEqual([{ why: 'refused, IMAGE_SAFETY', scenes: ['hill (chain 4)'] }]);
});

it('names a scene that nobody scored, also when its place is not known', () => {
  const never: Partial<SampleRecord> = {
    outcome: 'skipped',
    reason: 'hill (sample 3) has no picture: refused',
    scores: {},
    inputs: [],
  };
  const { hops, variants } = only(changed(never, ({ case: name }) => name === 'night'));
  expect(hops.map(({ hop }) => hop)).toEqual([1, 2]);
  expect(variants[0]?.missing).toEqual([{ why: 'skipped', scenes: ['night (3 chains)'] }]);
  const unmeasured = { scores: { consistency: { value: null, version: '1', reason: 'no usable view' } } };
  expect(only(changed(unmeasured, () => true))).toMatchObject({
    hops: [],
    variants: [{ slope: null, missing: [{ why: 'not measured, no usable view' }] }, {}],
  });
});

it('counts ancestors nobody asked for as links, and what came after the decision not at all', () => {
  const extra = (kind: 'ancestor' | 'inflight') => only(changed({ extra: kind }, ({ sample: chain }) => chain === 5));
  expect(extra('ancestor').variants[0]?.slope).toMatchObject({ perHop: near(-0.27), chains: 3 });
  expect(extra('inflight').variants[0]?.slope).toMatchObject({ perHop: near(-0.26), chains: 2 });
});

it('claims no interval for one chain, nor against means whose scatter nobody knows', () => {
  const [one] = only(changed({ extra: 'guard' }, ({ sample: chain }) => chain > 3)).variants;
  expect(one?.beside).toEqual({ perHop: near(-0.05), interval: null, chains: 1 });
  const run = driftRecord();
  const single = run.cases.map((each) => ({
    ...each,
    baseline: each.baseline && { ...each.baseline, scores: { consistency: [0.7] } },
  }));
  const [first] = only({ ...run, cases: single }).variants;
  expect(first?.slope?.interval).not.toBeNull();
  expect(first?.beside).toMatchObject({ perHop: near(-0.27), interval: null });
});

it.each([
  [null, 'nothing is approved yet'],
  [baseline(0.9, { inputsMode: 'generated' }), 'the approved samples had generated inputs too'],
  [baseline(0.9, { scores: {}, incomparable: { consistency: 'another encoder' } }), 'another encoder'],
  [baseline(0.9, { scores: { consistency: [] } }), 'no approved sample has a score'],
])('sets nothing beside scenes that have no comparable values: %#', (approved, why) => {
  const run = driftRecord();
  const drift = only({ ...run, cases: run.cases.map((each) => ({ ...each, baseline: approved })) });
  expect(drift.approved.without).toEqual([{ why, cases: ['meadow', 'river', 'hill', 'night'] }]);
  expect(drift.hops.map((hop) => hop.approved)).toEqual([null, null, null]);
  expect(drift.variants[0]?.beside).toBeNull();
});

it('sets nothing beside a hop of which one scene lacks approved values', () => {
  const run = driftRecord();
  const drift = only({
    ...run,
    cases: run.cases.map((each) => (each.name === 'hill' ? { ...each, baseline: null } : each)),
  });
  expect(drift.hops.map((hop) => hop.approved?.mean ?? null)).toEqual([near(0.9), null, near(0.5)]);
  expect(drift.variants[0]?.beside).toMatchObject({ perHop: near(-0.07), chains: 3 });
});

it('shows nothing where nothing is handed on', () => {
  expect(drifts(driftRecord({ settings: { inputs: 'approved' } }))).toEqual([]);
  expect(drifts(driftRecord({ metrics: { quality: { version: '1', better: 'higher' } } }))).toEqual([]);
  expect(drifts(record({ settings: { inputs: 'generated' }, samples: [sample()] }))).toEqual([]);
});

/** Two conversations of three turns, the second of which broke off after two; approved ones that lose .1 a turn. */
function talk(patch: Partial<RunRecord> = {}): RunRecord {
  const turn = (chain: number, number: number, value: number | null) =>
    sample({
      case: 'talk',
      sample: chain,
      turn: number,
      ...(value === null
        ? { outcome: 'refused', reason: 'IMAGE_SAFETY', scores: {} }
        : { scores: { consistency: { value, version: '1' } } }),
    });
  const approvedTurn = (value: number) => ({
    picture: null,
    prompt: '',
    scores: { consistency: [value - 0.01, value + 0.01] },
  });
  return record({
    settings: { inputs: 'approved' },
    cases: [
      {
        name: 'talk',
        characters: [{ name: 'robot', sheet: 'robot' }],
        level: 0,
        baseline: baseline(0.8, { turns: [0.9, 0.8, 0.7].map(approvedTurn) }),
      },
    ],
    samples: [turn(1, 1, 0.9), turn(1, 2, 0.7), turn(1, 3, 0.5), turn(2, 1, 0.8), turn(2, 2, 0.6), turn(2, 3, null)],
    ...patch,
  });
}

it('is shown turn by turn of a conversation, whatever the inputs, beside the approved turns', () => {
  const { by, of, hops, variants } = only(talk());
  expect([by, of]).toEqual(['turn', 'talk']);
  expect(hops.map(({ hop, approved }) => [hop, approved?.mean])).toEqual([
    [1, near(0.9)],
    [2, near(0.8)],
    [3, near(0.7)],
  ]);
  const [own] = variants;
  expect(own?.chains.map(({ values }) => values)).toEqual([
    [0.9, 0.7, 0.5],
    [0.8, 0.6, null],
  ]);
  expect(own?.spreads.map((each) => each?.mean)).toEqual([near(0.85), near(0.65), near(0.5)]);
  expect(own?.slope).toMatchObject({ perHop: near(-0.2), chains: 2 });
  expect(own?.beside).toMatchObject({ perHop: near(-0.1), chains: 2 });
  expect(own?.missing).toEqual([{ why: 'refused, IMAGE_SAFETY', scenes: ['turn 3 (sample 2)'] }]);
});

it('sets nothing beside a conversation where what is approved is none, and shows none without a character', () => {
  const run = talk();
  const single = only({ ...run, cases: run.cases.map((each) => ({ ...each, baseline: baseline(0.8) })) });
  expect(single.approved.without).toEqual([{ why: 'what is approved is no conversation', cases: ['talk'] }]);
  expect(single.variants[0]?.beside).toBeNull();
  expect(drifts({ ...run, cases: run.cases.map((each) => ({ ...each, characters: [] })) })).toEqual([]);
});
