import { expect, it } from 'vitest';
import { record, sample } from './__fixtures__/small-record.js';
import { byScore, matrix, shownMetrics } from './matrix.js';

const scored = (value: number | null) => ({ consistency: { value, version: '1' } });

it('puts the weakest case first, those without a picture before it, unmeasured ones last', () => {
  const cases = ['good', 'unmeasured', 'weak', 'refused'].map((name) => ({
    name,
    characters: [],
    level: 0,
    baseline: null,
  }));
  const samples = [
    sample({ case: 'good', scores: scored(0.9) }),
    sample({ case: 'unmeasured', scores: scored(null) }),
    sample({ case: 'weak', scores: scored(0.4) }),
    sample({ case: 'refused', outcome: 'refused', scores: {} }),
  ];
  const order = (better: 'higher' | 'lower') =>
    matrix(record({ cases, samples, metrics: { consistency: { version: '1', better } } })).rows.map(
      (row) => row.case.name,
    );
  expect(order('higher')).toEqual(['refused', 'weak', 'good', 'unmeasured']);
  expect(order('lower')).toEqual(['refused', 'good', 'weak', 'unmeasured']);
});

it('counts the turns of a conversation once and leaves extras out of the statistics', () => {
  const samples = [
    sample({ turn: 1, scores: scored(0.9) }),
    sample({ turn: 2, scores: scored(0.5) }),
    sample({ sample: 2, turn: 1, scores: scored(0.6) }),
    sample({ sample: 3, scores: scored(0.1), extra: 'inflight', latencyMs: null, cost: 0, savedCost: 0.134 }),
  ];
  const cell = matrix(record({ samples })).rows.find((row) => row.case.name === 'valley')?.cells[0];
  expect(cell?.scores['consistency']).toMatchObject({ n: 2, mean: expect.closeTo(0.65, 10) as number });
  expect(cell?.scores['quality']).toBeNull();
  expect(cell).toMatchObject({ outcomes: [{ outcome: 'ok', n: 3 }], p50: 8000, saved: 0.134 });
  expect(cell?.cost).toBeCloseTo(0.402, 10);
});

it('does not know the cost of a cell when one call had no price', () => {
  const samples = [sample(), sample({ sample: 2, cost: null })];
  expect(matrix(record({ samples })).rows.find((row) => row.case.name === 'valley')?.cells[0]?.cost).toBeNull();
});

it.each([
  [
    'leads with consistency where it was measured',
    { consistency: 0.8, 'keep-region': 0.9, quality: 0.7 },
    ['consistency', 'keep-region', 'quality'],
  ],
  [
    'leads with what gates where nobody is to be seen',
    { consistency: null, 'keep-region': 0.9, quality: 0.7 },
    ['keep-region', 'quality'],
  ],
  ['shows what was to be measured where nothing was', { consistency: null, quality: null }, ['consistency', 'quality']],
])('%s', (_, values, shown) => {
  const scores = Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, version: '1' }]));
  const metrics = Object.fromEntries(
    Object.keys(values).map((id) => [id, { version: '1', better: 'higher' as const }]),
  );
  const made = record({
    samples: [sample({ scores })],
    metrics,
    settings: { metrics: { 'keep-region': { gate: true } } },
  });
  expect(shownMetrics(made)).toEqual(shown);
  expect(matrix(made).metric).toBe(shown[0]);
});

it('ranks samples by value, the unscored last', () => {
  const samples = [
    sample({ sample: 1, scores: scored(null) }),
    sample({ sample: 2, scores: scored(0.7) }),
    sample({ sample: 3, scores: scored(0.2) }),
  ];
  expect([...samples].sort(byScore(record(), 'consistency')).map((each) => each.sample)).toEqual([3, 2, 1]);
});
