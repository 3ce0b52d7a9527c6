import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JudgedRun, judgedRun } from './__fixtures__/judged-run.js';
import { approvedCase, approvedSample } from './gate/__fixtures__/approved.js';
import type { Baseline } from './gate/baseline.js';
import { sha256 } from './lib/hash.js';
import type { RunRecord, SampleRecord } from './record.js';
import { record, sample } from './report/__fixtures__/small-record.js';
import { compare } from './run-compare.js';

const asStored = { remeasured: false, obstacles: [] };
const nothing: Baseline = { folder: 'baselines/robot', cases: new Map(), offset: 0, margins: {} };

describe('a run that is compared with what it was gated against', () => {
  it('gets the verdict that it got while it was made, whatever its shape', () => {
    const states = new Set<string>();
    fc.assert(
      fc.property(judgedRun, (made: JudgedRun | null) => {
        fc.pre(made !== null);
        const { verdict, ...sides } = made as JudgedRun;
        const comparison = compare({ ...sides, ...asStored });
        expect(comparison.own).toBe(true);
        expect(comparison.verdict).toEqual(verdict);
        expect(comparison.record.gate).toEqual(sides.record.gate);
        states.add(verdict.state);
      }),
      { numRuns: 300 },
    );
    expect([...states].sort()).toEqual(['inconclusive', 'infra', 'not-gateable', 'pass', 'regression']);
  });
});

const settings = {
  samples: { min: 2, max: 6 },
  suiteSamples: { min: 2, max: 6 },
  fixed: false,
  inputs: 'approved',
  selection: { cases: [] },
  metrics: { consistency: { gate: true, margin: 0.1 } },
};
const variants: RunRecord['variants'] = ['v2', 'v1'].map((revision) => ({
  id: `pro@${revision}`,
  model: 'gemini-3-pro-image',
  name: 'pro',
  revision,
  candidate: revision === 'v2',
}));
const requested = Object.fromEntries(variants.map(({ id }) => [id, { aspectRatio: null, imageSize: null }]));

/** Scores of each case in each revision, in the order of the samples; `null` a refusal. Nothing gated it. */
function runOf(
  id: string,
  scores: Record<string, Record<string, (number | null)[]>>,
  patch: Partial<RunRecord> = {},
): RunRecord {
  const made = Object.entries(scores).flatMap(([revision, cases]) =>
    Object.entries(cases).flatMap(([name, values]) =>
      values.map((value, index): SampleRecord => {
        const ending = value === null ? ({ outcome: 'refused', scores: {} } as const) : {};
        return sample({
          case: name,
          variant: `pro@${revision}`,
          revision,
          sample: index + 1,
          slot: `${name}#${index + 1}`,
          key: sha256(`${id} ${revision} ${name} ${index}`),
          scores: { consistency: { value, version: '1' } },
          ...ending,
        });
      }),
    ),
  );
  const names = [...new Set(made.map((each) => each.case))];
  return record({
    id,
    settings,
    variants: variants.filter(({ revision }) => revision in scores),
    asked: {
      views: {},
      cases: Object.fromEntries(names.map((name) => [name, { text: [], checklist: [], requested }])),
    },
    cases: names.map((name) => ({
      name,
      characters: [{ name: 'robot', sheet: 'robot' }],
      level: 0,
      baseline: null,
    })),
    samples: made,
    ...patch,
  });
}

const about = (middle: number, n: number) => Array.from({ length: n }, (_, i) => middle + (i % 2 === 0 ? -0.01 : 0.01));
const before = runOf('r0', { v2: { valley: about(0.8, 12), forest: about(0.7, 12) } });
const against = (other: RunRecord, variant = 'pro@v2') => ({ kind: 'run', record: other, variant }) as const;

describe('a run that is compared with another one', () => {
  it.each([
    ['the same', 0, 'pass'],
    ['worse by more than the margin', -0.2, 'regression'],
  ])('that is %s', (_, shift, state) => {
    const run = runOf('r1', { v2: { valley: about(0.8 + shift, 6), forest: about(0.7 + shift, 6) } });
    const { verdict, terms, own } = compare({ ...asStored, record: run, opponent: against(before), baseline: nothing });
    expect(own).toBe(false);
    expect(terms).toMatchObject({
      subject: 'robot v2 on pro',
      against: 'run r0',
      reference: { kind: 'run', run: 'r0', variant: 'pro@v2' },
      rule: 'sequential',
      samples: { min: 2, max: 6 },
      metrics: [{ id: 'consistency', margin: 0.1, auto: false, cases: ['valley', 'forest'] }],
    });
    expect(verdict.state).toBe(state);
    expect(verdict.metrics[0]?.effect).toBeCloseTo(shift, 12);
    expect(verdict.metrics[0]).toMatchObject({ n: 4, n0: 24 });
  });

  it.each<[string, Partial<typeof settings>, [number, number], { min: number; max: number }]>([
    ['whole rounds', {}, [4, 4], { min: 2, max: 4 }],
    ['a round that was begun', {}, [4, 3], { min: 2, max: 4 }],
    ['a gap in the first case', {}, [3, 5], { min: 2, max: 3 }],
    ['fewer than looks begin after', {}, [1, 1], { min: 1, max: 1 }],
    ['a case without a sample', {}, [0, 3], { min: 1, max: 1 }],
    ['the fixed rule: whole rounds only', { fixed: true }, [4, 3], { min: 3, max: 3 }],
    ['chains: whole ones only', { inputs: 'generated' }, [4, 3], { min: 2, max: 3 }],
  ])('takes in all slots that are there: %s', (_, change, [valley, forest], samples) => {
    const other = { ...before, settings: { ...settings, ...change } };
    const run = runOf('r1', { v2: { valley: about(0.8, 6), forest: about(0.7, 6) } }, { settings: other.settings });
    const kept = run.samples.filter((each) => each.sample <= (each.case === 'valley' ? valley : forest));
    const request = { ...asStored, record: { ...run, samples: kept }, opponent: against(other), baseline: nothing };
    expect(compare(request).terms.samples).toEqual(samples);
  });

  it('does not pass over a case that the run did not get to, and names one that the other run does not have', () => {
    const values = { valley: about(0.8, 6), forest: about(0.7, 6), bridge: about(0.7, 6) };
    const whole = runOf('r1', { v2: values });
    const record = {
      ...whole,
      cases: whole.cases.filter(({ name }) => name !== 'forest'),
      samples: whole.samples.filter((each) => each.case !== 'forest'),
    };
    const { verdict, terms, notes } = compare({ ...asStored, record, opponent: against(before), baseline: nothing });
    expect(terms.cases.map(({ name }) => name)).toEqual(['valley', 'forest']);
    expect(terms.metrics[0]?.cases).toEqual(['valley', 'forest']);
    expect(verdict.state).toBe('inconclusive');
    expect(notes).toEqual(['not in run r0, so not judged: bridge']);
  });

  it.each<[string, Partial<RunRecord>, RegExp]>([
    ['real pictures', { emulated: true }, /emulated pictures cannot be compared with real ones/],
    [
      'another version of the metric',
      { metrics: { consistency: { version: '2', better: 'higher' } } },
      /approved with version 1 of the metric, measured here with version 2.*evaluate compare --rescore/,
    ],
    [
      'another encoder',
      { encoder: { id: 'pocket', sha256: 'b'.repeat(64) } },
      /approved with encoder none, measured here with pocket.*evaluate compare --rescore/,
    ],
    [
      'other inputs',
      { settings: { ...settings, inputs: 'generated' } },
      /inputs differ: approved there, generated here/,
    ],
  ])('is not judged against %s', (_, patch, message) => {
    const run = runOf('r1', { v2: { valley: about(0.8, 6), forest: about(0.7, 6) } }, patch);
    const { verdict, record } = compare({ ...asStored, record: run, opponent: against(before), baseline: nothing });
    expect(verdict).toMatchObject({ state: 'not-gateable', message: expect.stringMatching(message) as string });
    expect(record.gate?.obstacles).toHaveLength(1);
  });

  it.each<[string, Partial<RunRecord>, string]>([
    [
      'for its scatter',
      {},
      'the margin of consistency is auto, and too little is approved to tell how much it scatters',
    ],
    [
      'for its encoder first',
      { encoder: { id: 'pocket', sha256: 'b'.repeat(64) } },
      'consistency approved with encoder none, measured here with pocket (bbbbbbbbbbbb)',
    ],
  ])('has no automatic margin against one sample a case, %s', (_, patch, problem) => {
    const auto = { ...settings, metrics: { consistency: { gate: true, margin: 'auto' } } };
    const other = runOf('r0', { v2: { valley: [0.8], forest: [0.7] } });
    const run = runOf('r1', { v2: { valley: about(0.8, 6), forest: about(0.7, 6) } }, { settings: auto, ...patch });
    const { record } = compare({ ...asStored, record: run, opponent: against(other), baseline: nothing });
    expect(record.gate?.obstacles.map((obstacle) => obstacle.problem)).toEqual([problem]);
  });

  it('says that they have nothing in common', () => {
    const run = runOf('r1', { v2: { bridge: about(0.8, 6) } });
    const { verdict } = compare({ ...asStored, record: run, opponent: against(before), baseline: nothing });
    expect(verdict.title).toBe('Not gateable: robot v2 on pro, no case of the run is in run r0');
  });

  it('sets no scores against each other that were taken of different approved pictures', () => {
    const sheet = (approved: string | null) => ({
      name: 'sheet',
      characters: [{ name: 'robot', sheet: null }],
      level: 0,
      baseline: approved === null ? null : { ...approvedBefore, picture: pictureOf(approved) },
    });
    const values = { v2: { valley: about(0.8, 6), forest: about(0.8, 6), sheet: about(0.9, 6) } };
    const judgedFrom = (here: string | null, there: string | null) => {
      const [run, other] = [here, there].map((approved, i) => {
        const made = runOf(`r${1 - i}`, values);
        return { ...made, cases: [...made.cases.slice(0, 2), sheet(approved)] };
      }) as [RunRecord, RunRecord];
      const { terms, notes } = compare({ ...asStored, record: run, opponent: against(other), baseline: nothing });
      return [terms.metrics[0]?.cases.includes('sheet'), notes.length];
    };
    expect(judgedFrom('a', 'a')).toEqual([true, 0]);
    expect(judgedFrom('a', 'b')).toEqual([false, 1]);
    expect(judgedFrom(null, 'b')).toEqual([false, 1]);
  });
});

const pictureOf = (content: string) => ({
  sha256: sha256(content),
  mime: 'image/png',
  width: 64,
  height: 64,
  path: `images/${sha256(content)}.png`,
});
const approvedBefore = {
  run: 'r',
  approvedAt: '2026-11-12T09:30:00.000Z',
  model: 'gemini-3-pro-image',
  revision: 'v1',
  inputsMode: 'approved' as const,
  outcomes: {},
  scores: {},
  incomparable: {},
};

describe('two variants of one run', () => {
  const values = {
    v2: { valley: about(0.8, 8), forest: about(0.5, 8) },
    v1: { valley: about(0.8, 8), forest: about(0.7, 8) },
  };

  it('are compared with all that is there of each', () => {
    const record = runOf('r1', values);
    const { verdict, terms } = compare({ ...asStored, record, opponent: against(record, 'pro@v1'), baseline: nothing });
    expect(terms).toMatchObject({ against: 'v1', reference: { kind: 'run', run: 'r1', variant: 'pro@v1' } });
    expect(verdict).toMatchObject({ state: 'regression', metrics: [{ n0: 16 }] });
    expect(verdict.cases.map(({ state }) => state)).toEqual(['ok', 'broken']);
  });

  it('have unchanged cases where every request is the same', () => {
    const run = runOf('r1', values);
    const samples = run.samples.map((each) =>
      each.case === 'forest' ? { ...each, key: sha256(`both ${each.slot}`) } : each,
    );
    const record = { ...run, samples };
    const { verdict, terms } = compare({ ...asStored, record, opponent: against(record, 'pro@v1'), baseline: nothing });
    expect(terms.cases).toEqual([
      { name: 'valley', unchanged: false },
      { name: 'forest', unchanged: true },
    ]);
    expect(verdict).toMatchObject({ state: 'pass', cases: [{ state: 'ok' }, { state: 'unchanged' }] });
  });
});

describe('the baseline', () => {
  const scored = (name: string, n: number, change: Parameters<typeof approvedCase>[1] = {}) =>
    approvedCase(name, {
      metrics: { consistency: '1' },
      samples: about(0.8, n).map((consistency, index) => ({
        ...approvedSample(index + 1, null, { consistency }),
        outcome: 'ok',
      })),
      ...change,
    });
  const baseline = { ...nothing, cases: new Map(['valley', 'forest'].map((name) => [name, scored(name, 8)])) };

  it('that changed since a run was judged is judged against as it is now', () => {
    const run = runOf('r1', { v2: { valley: about(0.8, 6), forest: about(0.8, 6) } });
    const first = compare({ ...asStored, record: run, opponent: { kind: 'baseline' }, baseline });
    const cases = run.cases.map((each) => ({ ...each, baseline: { ...approvedBefore, picture: null } }));
    const { run: id, approvedAt } = scored('valley', 8);
    const known = cases.map((each) => ({ ...each, baseline: { ...each.baseline, run: id, approvedAt } }));
    const record = { ...first.record, cases: known };
    const same = compare({ ...asStored, record, opponent: { kind: 'baseline' }, baseline });
    expect([first.own, same.own]).toEqual([false, true]);
    expect(same.verdict).toEqual(first.verdict);

    const again = new Map(baseline.cases).set(
      'valley',
      scored('valley', 12, { approvedAt: '2026-11-21T12:00:00.000Z' }),
    );
    const later = compare({
      ...asStored,
      record,
      opponent: { kind: 'baseline' },
      baseline: { ...baseline, cases: again },
    });
    expect(later.own).toBe(false);
    expect(later.verdict.metrics[0]?.n0).toBe(20);
    // What is shown beside the samples is what they were judged against.
    const beside = later.record.cases.map(({ baseline: shown }) => shown?.scores['consistency']?.length);
    expect(beside).toEqual([12, 8]);
  });

  it('lends no scatter of the runs that are compared', () => {
    const run = runOf('r1', { v2: { valley: about(0.8, 6), forest: about(0.7, 6) } });
    const lentOf = (by: string) => {
      const hammock = scored('hammock', 5, { run: by });
      const known = { ...nothing, cases: new Map([['hammock', hammock]]) };
      return compare({ ...asStored, record: run, opponent: against(before), baseline: known }).terms.metrics[0]?.lent
        .df;
    };
    expect([lentOf('r9'), lentOf('r1'), lentOf('r0')]).toEqual([4, 0, 0]);
  });

  it('that holds the very samples of the run is no evidence', () => {
    const run = runOf('r1', { v2: { valley: about(0.8, 6), forest: about(0.8, 6) } });
    const cases = ['valley', 'forest'].map((name) => {
      const keys = run.samples.filter((each) => each.case === name).map(({ key }) => key);
      const { samples } = scored(name, 6);
      return [
        name,
        { ...scored(name, 6), samples: samples.map((each, i) => ({ ...each, key: keys[i] ?? null })) },
      ] as const;
    });
    const request = { ...asStored, record: run, opponent: { kind: 'baseline' } as const };
    const { verdict } = compare({ ...request, baseline: { ...nothing, cases: new Map(cases) } });
    expect(verdict.title).toMatch(/^Not gateable: .*no new sample of the candidate has consistency; 12 repeat/);
  });
});
