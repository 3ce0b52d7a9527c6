import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JudgedRun, judgedRun } from './__fixtures__/judged-run.js';
import type { Baseline } from './gate/baseline.js';
import { sha256 } from './lib/hash.js';
import type { RunRecord, SampleRecord } from './record.js';
import { record, sample } from './report/__fixtures__/small-record.js';
import type { Sides } from './run-compare-question.js';
import { merge } from './run-merge.js';

type Shards = NonNullable<RunRecord['shards']>;
const shardOf = (number: number, of: number): Shards => ({
  of,
  matrix: sha256('the same work'),
  beforehand: { obstacles: [], warnings: [`shards of ${of}`] },
  parts: [{ shard: number, run: `r${number}`, stop: null }],
});

describe('a merge of shards', () => {
  it('has the verdict of the run in one go, whatever its shape, however it was split', () => {
    fc.assert(
      fc.property(judgedRun, fc.integer({ min: 1, max: 4 }), fc.infiniteStream(fc.nat()), (made, of, chance) => {
        fc.pre(made !== null);
        const { record: whole, opponent, baseline } = made as JudgedRun;
        const merged = merge(split(whole, of, chance), (joined) => ({
          opponent: opponent.kind === 'run' && opponent.record.id === 'r1' ? { ...opponent, record: joined } : opponent,
          baseline,
        }));
        expect(merged.verdict).toEqual(whole.verdict);
        expect(merged.gate).toEqual(whole.gate);
      }),
      { numRuns: 40 },
    );
  });
});

/** Each sample in some part. */
function split(whole: RunRecord, of: number, chance: fc.Stream<number>): RunRecord[] {
  const names = ['mountains', 'valley', 'forest', 'bridge'];
  const asked = names.map((name) => [name, { text: [], checklist: [], requested: {} }]);
  const where = new Map(whole.samples.map((each) => [each, (chance.next().value ?? 0) % of]));
  return Array.from({ length: of }, (_, index) => {
    const samples = whole.samples.filter((each) => where.get(each) === index);
    const shards = shardOf(index + 1, of);
    return {
      ...whole,
      id: `r${index + 1}`,
      asked: { views: {}, cases: Object.fromEntries(asked) as RunRecord['asked']['cases'] },
      samples,
      cases: whole.cases.filter(({ name }) => samples.some((each) => each.case === name)),
      shards: { ...shards, beforehand: { ...shards.beforehand, obstacles: whole.gate?.obstacles ?? [] } },
    };
  });
}

const nothing: Baseline = { folder: 'baselines/robot', cases: new Map(), offset: 0, margins: {} };
const ungated = (): Omit<Sides, 'record'> => ({ opponent: { kind: 'baseline' }, baseline: nothing });
const mergeAll = (...records: RunRecord[]) => merge(records, ungated);

const image = (name: string): SampleRecord['image'] => ({
  sha256: sha256(name),
  mime: 'image/png',
  width: 96,
  height: 64,
  path: `images/${sha256(name)}.png`,
});
const made = (name: string, number: number, patch: Partial<SampleRecord> = {}): SampleRecord =>
  sample({
    case: name,
    sample: number,
    slot: `${name}#${number}`,
    key: sha256(`${name} ${number}`),
    image: image(`${name} ${number}`),
    ...patch,
  });

const settings: RunRecord['settings'] = {
  samples: { min: 2, max: 2 },
  suiteSamples: { min: 1, max: 6 },
  fixed: false,
  inputs: 'approved',
  selection: { cases: [] },
  metrics: {},
  checks: { latency: { p95: 7000 } },
  concurrency: 5,
};
const askedFor = { text: [], checklist: [], requested: {} };

/** A shard of three with these samples, judged by nothing. */
function shard(number: number, samples: SampleRecord[], patch: Partial<RunRecord> = {}): RunRecord {
  const seen = ['valley', 'forest'].filter((name) => samples.some((each) => each.case === name));
  return record({
    id: `r${number}`,
    startedAt: `2026-11-20T14:02:1${number}.000Z`,
    finishedAt: `2026-11-20T14:03:1${number}.000Z`,
    settings,
    shards: shardOf(number, 3),
    asked: { views: {}, cases: { valley: askedFor, forest: askedFor } },
    cases: seen.map((name) => ({ name, characters: [], level: 0, baseline: null })),
    samples,
    ...patch,
  });
}
const three = [
  shard(1, [made('forest', 1), made('valley', 2, { latencyMs: 9000 })]),
  shard(2, [made('valley', 1)]),
  shard(3, [made('forest', 2)], { settings: { ...settings, concurrency: 2 } }),
] as const;
const [first, second, third] = three;

describe('merging', () => {
  const whole = mergeAll(...three);

  it('counts no latency of calls that made no picture, and measures no check by them', () => {
    const lost = { outcome: 'refused', image: null, scores: {}, latencyMs: 38 } as const;
    const [one, other] = [made('forest', 1, lost), made('valley', 2, lost)];
    const refused = mergeAll(
      shard(1, [one, other]),
      shard(2, [made('valley', 1, lost)]),
      shard(3, [made('forest', 2, lost)]),
    );
    expect(refused.totals).toMatchObject({ calls: 4, images: 0, latencyMs: { p50: null, p95: null } });
    expect(refused.checks).toMatchObject([
      { value: null, passed: null, message: 'latency p95 7000: not measured, no sample has a picture' },
    ]);
  });

  it('puts all samples in the order of the plan, and counts and checks them all', () => {
    expect(whole.samples.map(({ slot }) => slot)).toEqual(['valley#1', 'forest#1', 'valley#2', 'forest#2']);
    expect(whole.cases.map(({ name }) => name)).toEqual(['valley', 'forest']);
    expect(whole).toMatchObject({ status: 'complete', verdict: null, gate: null });
    expect(whole.totals).toMatchObject({ images: 4, latencyMs: { p50: 8000 } });
    expect(whole.checks).toMatchObject([{ limit: 'latency p95 7000', value: 9000, passed: false }]);
    expect([whole.startedAt, whole.finishedAt]).toEqual(['2026-11-20T14:02:11.000Z', '2026-11-20T14:03:13.000Z']);
    expect(whole.settings).toEqual({ ...settings, concurrency: undefined });
    expect(whole.id).toMatch(/^2026-11-20T14-02-11-merged-[0-9a-f]{8}$/);
    expect(whole.warnings).toEqual([
      'shards of 3',
      'no baseline yet: `evaluate approve` makes this run the approved one',
    ]);
  });

  it('comes to the same, byte for byte, in any order and grouping, however often', () => {
    const some = fc.shuffledSubarray([...three, ...three], { minLength: 1 });
    fc.assert(
      fc.property(some, fc.shuffledSubarray([...three]), (a, b) => {
        const again = [mergeAll(...a), ...b, ...(b.length === 0 ? [] : [mergeAll(...b)])];
        expect(JSON.stringify(mergeAll(...again))).toBe(JSON.stringify(mergeAll(...a, ...b)));
        expect(JSON.stringify(mergeAll(...again, ...three))).toBe(JSON.stringify(whole));
      }),
      { numRuns: 50 },
    );
  });

  it('has another id for other content', () => {
    const other = shard(2, [made('valley', 1, { cost: 0.2 })]);
    expect(mergeAll(first, other, third).id).not.toBe(whole.id);
  });

  it('says which shards are missing, which cannot pass', () => {
    expect(mergeAll(first, third)).toMatchObject({
      status: 'complete',
      verdict: { state: 'not-gateable', title: 'Not gateable: shard 2 of 3 is missing' },
    });
    expect(mergeAll(second).verdict?.title).toBe('Not gateable: shards 1, 3 of 3 are missing');
  });

  it.each([
    ['bought rather than from a cache', { cached: true, cost: 0, savedCost: 0.134 }],
    ['scored rather than not', { scores: {} }],
    ['final rather than pending', { pending: true as const, outcome: 'skipped' as const, key: null, image: null }],
    ['rather than lost', { outcome: 'infra_error' as const, image: null }],
  ])('takes a sample that was made again once: %s', (_which, patch) => {
    const again = shard(2, [made('valley', 1, patch)], { id: 'r4' });
    for (const records of [
      [...three, again],
      [again, ...three],
    ])
      expect(mergeAll(...records).samples).toEqual(whole.samples);
  });

  it.each([
    ['interrupted', ['interrupted', null], 'interrupted'],
    ['out of money, which another shard was not', ['budget', null], 'budget'],
    ['interrupted, the graver one', ['budget', 'interrupted'], 'interrupted'],
    ['stopped after failures', [null, 'failures'], 'failed'],
  ] as const)('ended as its shards did: %s', (_how, [one, two], status) => {
    const ended = (each: RunRecord, stop: Shards['parts'][number]['stop']) => ({
      ...each,
      shards: { ...(each.shards as Shards), parts: (each.shards as Shards).parts.map((part) => ({ ...part, stop })) },
    });
    const stopped = [ended(first, one), ended(second, two), third];
    expect(mergeAll(...stopped).status).toBe(status);
    const finished = three.map((each, index) => ({
      ...each,
      shards: { ...shardOf(index + 1, 3), parts: [{ shard: index + 1, run: 'again', stop: null }] },
    }));
    expect(mergeAll(...stopped, ...finished).status).toBe('complete');
  });

  it('fails by all samples together, where the infrastructure lost too many', () => {
    const lost = shard(2, [made('valley', 1, { outcome: 'infra_error', image: null })], { status: 'failed' });
    expect(mergeAll(first, lost, third)).toMatchObject({ status: 'failed', verdict: { state: 'infra' } });
    const many = shard(
      3,
      ['forest', 'valley'].flatMap((name) => [3, 4, 5].map((number) => made(name, number))),
    );
    expect(mergeAll(first, lost, many)).toMatchObject({ status: 'complete', verdict: null });
  });
});

describe('what does not belong together', () => {
  const with2 = (patch: Partial<RunRecord>) => [first, { ...second, ...patch }];
  const [pro] = first.variants;
  const approved = {
    run: 'r0',
    approvedAt: '2026-11-19T12:00:00.000Z',
    model: 'm',
    revision: 'v1',
    inputsMode: 'approved' as const,
    picture: null,
    outcomes: {},
    scores: {},
    incomparable: {},
  };
  const valley = { name: 'valley', characters: [], level: 0 };
  const both = /^run r1 \(shard 1 of 3\) and run r2 \(shard 2 of [34]\) cannot be merged: .* differs; /;
  const conflict = (patch: Partial<SampleRecord>) => [
    first,
    shard(2, [made('forest', 1, { image: image('forest 1'), ...patch })]),
  ];
  it.each<[string, RunRecord[], string]>([
    ['another suite', with2({ suite: { ...second.suite, name: 'fox' } }), 'suite.name ("robot", "fox") differs'],
    ['another text of the suite', with2({ suite: { ...second.suite, hash: sha256('') } }), 'suite.hash differs'],
    ['emulated', with2({ emulated: true }), 'emulated (false, true) differs'],
    ['another encoder', with2({ encoder: { id: 'pocket', sha256: sha256('') } }), 'encoder differs'],
    [
      'another version of a metric',
      with2({ metrics: { ...second.metrics, quality: { version: '2', better: 'higher' } } }),
      'metrics.quality.version ("1", "2") differs',
    ],
    ['other prices', with2({ prices: { asOf: '2026-12-01' } }), 'prices.asOf ("2026-11-01", "2026-12-01") differs'],
    ['another seed', with2({ settings: { ...settings, seed: 7 } }), 'settings.seed'],
    ['more samples', with2({ settings: { ...settings, samples: { min: 3, max: 3 } } }), 'settings.samples.min (2, 3)'],
    [
      'another model',
      with2({ variants: [{ ...pro, model: 'other' } as never] }),
      'variants.0.model ("gemini-3-pro-image", "other") differs',
    ],
    ['another commit', with2({ variants: [{ ...pro, commit: 'abc' } as never] }), 'variants.0.commit'],
    ['another split', with2({ shards: shardOf(2, 4) }), 'shards.of (3, 4) differs'],
    ['other work', with2({ shards: { ...shardOf(2, 3), matrix: sha256('') } }), 'shards.matrix differs'],
    [
      'another baseline of a case',
      with2({ cases: [{ ...valley, baseline: approved }] }),
      'cases.valley.baseline differs; something else was approved in between',
    ],
    ['a sample of another request', conflict({ key: sha256('') }), 'the key of forest#1 on pro-v2 differs'],
    ['a sample with another picture', conflict({ image: image('x') }), 'the image of forest#1 on pro-v2 differs'],
    ['a sample with another end', conflict({ outcome: 'refused', image: null }), 'the outcome of forest#1 on pro-v2'],
  ])('is refused by name: %s', (_what, records, said) => {
    expect(() => mergeAll(...records)).toThrow(both);
    expect(() => mergeAll(...records)).toThrow(said);
    expect(() => mergeAll(...[...records].reverse())).toThrow('cannot be merged');
  });

  it('is refused: a run that was made in one go', () => {
    const whole = record({ id: 'r2', settings });
    expect(() => mergeAll(first, whole)).toThrow('the run r2 is no shard, but was made in one go');
  });
});
