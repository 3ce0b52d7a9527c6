import { expect, it } from 'vitest';
import { gatedRecord } from './__fixtures__/gated-record.js';
import { record, sample } from './__fixtures__/small-record.js';
import { costs, isSafetyBlock } from './costs.js';

const attempt = {
  at: '2026-11-20T14:03:00.000Z',
  status: 200,
  finishReason: null,
  outcome: 'ok' as const,
  reason: null,
  latencyMs: 900,
  usage: null,
  cost: 0.1,
  costEstimated: false,
};

it('sums cells, the dearest case first, and tells what has no price', () => {
  const { budget, rows, columns, all, usable, cached } = costs(
    record({
      settings: { maxCost: 5 },
      samples: [
        sample({ cost: 0.25 }),
        sample({ sample: 2, cost: 0, cached: true, savedCost: 0.125 }),
        sample({ case: 'forest', cost: 0.5 }),
        sample({ case: 'forest', sample: 2, cost: null, outcome: 'no_image', scores: {} }),
      ],
    }),
  );
  expect(budget).toBe(5);
  expect(rows).toEqual([
    {
      name: 'forest',
      cells: [{ spent: { usd: 0.5, unpriced: 1 }, samples: 2, cached: 0 }],
      all: { usd: 0.5, unpriced: 1 },
    },
    {
      name: 'valley',
      cells: [{ spent: { usd: 0.25, unpriced: 0 }, samples: 2, cached: 1 }],
      all: { usd: 0.25, unpriced: 0 },
    },
  ]);
  expect(columns).toMatchObject([{ all: { usd: 0.75, unpriced: 1 }, usable: 3, samples: 4 }]);
  expect(all).toEqual({ usd: 0.75, unpriced: 1 });
  expect({ usable, cached }).toEqual({ usable: 3, cached: { samples: 1, saved: 0.125 } });
  expect(costs(record({ settings: { maxCost: null } })).budget).toBeNull();
});

it('shares all samples and all money among the ways they ended, and counts retries and extras again', () => {
  const { endings, among } = costs(
    record({
      samples: [
        sample({ cost: 0.5, attempts: [{ ...attempt, cost: 0.25 }, { ...attempt, cost: 0.125 }, attempt] }),
        sample({ sample: 2, cost: 0.25, outcome: 'refused', reason: 'The answer was blocked (IMAGE_SAFETY).' }),
        sample({ sample: 3, cost: 0.125, outcome: 'refused', reason: 'The answer was blocked (IMAGE_RECITATION).' }),
        sample({ sample: 4, cost: 0, outcome: 'infra_error' }),
        sample({ sample: 5, cost: 1, extra: 'guard' }),
      ],
    }),
  );
  expect(endings.map(({ word, samples, spent: { usd } }) => [word, samples, usd])).toEqual([
    ['usable picture', 2, 1.5],
    ['blocked for safety', 1, 0.25],
    ['refused otherwise', 1, 0.125],
    ['no image', 0, 0],
    ['text only', 0, 0],
    ['unreadable picture', 0, 0],
    ['infrastructure error', 1, 0],
    ['skipped', 0, 0],
  ]);
  expect(among.map(({ word, samples, spent: { usd } }) => [word, samples, usd])).toEqual([
    ['retried', 1, 0.375],
    ['not in the statistics', 1, 1],
  ]);
});

it.each([
  ['refused', 'The prompt was blocked (PROHIBITED_CONTENT): no.', null, true],
  ['refused', 'The answer was blocked.', 'IMAGE_SAFETY', true],
  ['refused', 'The answer was blocked (LANGUAGE).', 'LANGUAGE', false],
  ['text_only', 'SAFETY', 'STOP', false],
] as const)('%s, %s, %s: a safety block is %s', (outcome, reason, finishReason, expected) => {
  expect(isSafetyBlock({ outcome, reason, attempts: [{ ...attempt, finishReason }] })).toBe(expected);
});

it('counts the cases that a gate judged, and none where it could not', () => {
  const { judged } = costs(gatedRecord('regression'));
  expect(judged?.cases).toBe(9);
  expect(judged?.decided).toBeGreaterThan(0);
  expect(judged?.spent).toBeGreaterThan(1);
  expect(costs(gatedRecord('infra')).judged).toBeNull();
  expect(costs(record()).judged).toBeNull();
});
