import { describe, expect, it } from 'vitest';
import { type Checked, runChecks } from './checks.js';

const sample = (index: number, changes: Partial<Checked> = {}): Checked => ({
  case: 'forest',
  sample: index,
  variant: 'm@v2',
  cost: 0.05,
  savedCost: 0,
  latencyMs: 20_000,
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
    ['has nothing to judge', { quality: { min: 0.8 } }, [sample(1, { scores: {} })], true, null, null],
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
      true,
      null,
      null,
    ],
    [
      'takes the nearest rank for p95',
      { latency: { p95: 21_000 } },
      Array.from({ length: 20 }, (_, i) => sample(i, { latencyMs: 20_000 + i * 100 })),
      false,
      null,
      21_800,
    ],
  ] as const)('%s', (_, checks, samples, passed, name, value) => {
    expect(runChecks(checks, 'm@v2', samples)).toEqual([expect.objectContaining({ passed, case: name, value })]);
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
