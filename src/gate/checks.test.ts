import { describe, expect, it } from 'vitest';
import { type Checked, runChecks } from './checks.js';

const sample = (index: number, changes: Partial<Checked> = {}): Checked => ({
  case: 'forest',
  outcome: 'ok',
  sample: index,
  variant: 'm@v2',
  cost: 0.05,
  savedCost: 0,
  latencies: [20_000],
  scores: { quality: { value: 0.9 } },
  ...changes,
});

describe('checks', () => {
  it.each([
    ['holds at the limit', { quality: { min: 0.9 } }, [sample(1)], true, null, 0.9],
    [
      'is broken by one sample',
      { quality: { min: 0.8 } },
      [sample(1), sample(2, { scores: { quality: { value: 0.7 } } })],
      false,
      'forest',
      0.7,
    ],
    [
      'passes over samples without a value',
      { quality: { min: 0.8 } },
      [sample(1, { scores: { quality: { value: null } } }), sample(2)],
      true,
      null,
      0.9,
    ],
    ['has nothing to judge', { quality: { min: 0.8 } }, [sample(1, { scores: {} })], null, null, null],
    [
      'counts what a cached picture cost once',
      { cost: { max: 0.2 } },
      [sample(1, { cost: 0, savedCost: 0.3 })],
      false,
      'forest',
      0.3,
    ],
    [
      'does not take an unknown price for nothing',
      { cost: { max: 0.2 } },
      [sample(1, { cost: null })],
      null,
      null,
      null,
    ],
    [
      'takes the nearest rank for p95',
      { latency: { p95: 21_000 } },
      Array.from({ length: 20 }, (_, i) => sample(i, { latencies: [20_000 + i * 100] })),
      false,
      null,
      21_800,
    ],
  ] as const)('%s', (_, checks, samples, passed, name, value) => {
    expect(runChecks(checks, 'm@v2', samples)).toEqual([expect.objectContaining({ passed, case: name, value })]);
  });

  const lost = (index: number, cost: number) => sample(index, { outcome: 'refused', latencies: [], cost, scores: {} });
  it.each([
    ['cost', { max: 0.2 }, [lost(1, 0), lost(2, 0.01)], 'cost max 0.2: not measured, no sample has a picture'],
    ['latency', { p95: 9000 }, [lost(1, 0)], 'latency p95 9000: not measured, no sample has a picture'],
    ['quality', { min: 0.8 }, [], 'quality min 0.8: not measured, no sample has a picture'],
    ['cost', { max: 0.2 }, [sample(1, { savedCost: null })], 'cost max 0.2: not measured, no price is known'],
    [
      'latency',
      { max: 9000 },
      [sample(1, { latencies: [] })],
      'latency max 9000: not measured, no picture came from a call of its own',
    ],
    [
      'text',
      { min: 0.9 },
      [sample(1, { scores: { text: { value: null, reason: 'the case asks for no text' } } })],
      'text min 0.9: not measured, the case asks for no text',
    ],
    ['ssim', { min: 0.9 }, [sample(1)], 'ssim min 0.9: not measured, no sample has a value of ssim'],
  ])('on %s %j is not measured without anything to judge, and says why', (id, limit, samples, message) => {
    expect(runChecks({ [id]: limit }, 'm@v2', samples)).toMatchObject([
      { passed: null, value: null, case: null, message },
    ]);
  });

  it('is broken by what was paid for no picture', () => {
    const [check] = runChecks({ cost: { max: 0.2 } }, 'm@v2', [lost(1, 0.3)]);
    expect(check).toMatchObject({ passed: false, case: 'forest', value: 0.3 });
  });

  it('holds latency by the calls that made pictures, each for itself', () => {
    const samples = [sample(1, { latencies: [20_000, 30_000] }), lost(2, 0)];
    const [slowest, p95] = runChecks({ latency: { max: 25_000, p95: 25_000 } }, 'm@v2', samples);
    expect(slowest).toMatchObject({ passed: false, case: 'forest', value: 30_000 });
    expect(p95).toMatchObject({ passed: false, value: 30_000 });
  });

  it('says what broke, by how much and where', () => {
    const [check] = runChecks({ resolution: { min: 1024 } }, 'm@v2', [
      sample(3, { scores: { resolution: { value: 768 } } }),
    ]);
    expect(check?.message).toBe('resolution min 1024: broken, worst 768 in forest (sample 3)');
  });

  it('runs every limit of a metric', () => {
    expect(
      runChecks({ quality: { min: 0.5, max: 0.8 } }, 'm@v2', [sample(1)]).map(({ limit, passed }) => [limit, passed]),
    ).toEqual([
      ['quality min 0.5', true],
      ['quality max 0.8', false],
    ]);
  });
});
