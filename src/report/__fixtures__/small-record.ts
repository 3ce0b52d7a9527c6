import { type AttemptRecord, runRecord, type RunRecord, type SampleRecord } from '../../record.js';

const hash = 'a'.repeat(64);

/** A picture of which a test needs no bytes. */
export const picture = { sha256: hash, mime: 'image/png', width: 8, height: 8, path: `images/${hash}.png` };

/** A call that brought a picture after so many ms. */
export function call(latencyMs: number, patch: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    at: '2026-11-20T14:03:00.000Z',
    status: 200,
    finishReason: 'STOP',
    outcome: 'ok',
    reason: null,
    latencyMs,
    usage: null,
    cost: 0.134,
    costEstimated: false,
    ...patch,
  };
}

/** A sample that went well, with what a test cares about changed. It was called once, unless it has no latency. */
export function sample(patch: Partial<SampleRecord> = {}): SampleRecord {
  const { outcome = 'ok', latencyMs = 8000, cost = 0.134 } = patch;
  return {
    case: 'valley',
    variant: 'pro-v2',
    model: 'gemini-3-pro-image',
    revision: 'v2',
    sample: 1,
    slot: 'valley/1',
    key: hash,
    outcome: 'ok',
    reason: null,
    image: null,
    extraImages: [],
    inputs: [],
    prompt: 'A valley.',
    modelVersion: null,
    responseId: null,
    text: null,
    cached: false,
    cost: 0.134,
    savedCost: null,
    latencyMs,
    seed: 1,
    attempts: latencyMs === null ? [] : [call(latencyMs, { outcome, cost })],
    scores: { consistency: { value: 0.8, version: '1' } },
    ...patch,
  };
}

/** A record without pictures: two cases on one variant, checked against the schema. */
export function record(patch: Partial<RunRecord> = {}): RunRecord {
  const recorded = { characters: [{ name: 'robot', sheet: 'sheet' }], level: 0, baseline: null };
  return runRecord.parse({
    version: 1,
    id: 'r1',
    suite: { name: 'robot', description: '', hash },
    emulated: false,
    status: 'complete',
    startedAt: '2026-11-20T14:02:11.000Z',
    finishedAt: '2026-11-20T14:03:11.000Z',
    settings: {},
    encoder: null,
    prices: { asOf: '2026-11-01' },
    metrics: { consistency: { version: '1', better: 'higher' }, quality: { version: '1', better: 'higher' } },
    asked: { views: {}, cases: {} },
    variants: [{ id: 'pro-v2', model: 'gemini-3-pro-image', name: 'pro', revision: 'v2', candidate: true }],
    cases: [
      { name: 'valley', ...recorded },
      { name: 'forest', ...recorded },
    ],
    samples: [sample(), sample({ case: 'forest' })],
    gate: null,
    verdict: null,
    checks: [],
    warnings: [],
    totals: {
      calls: 2,
      images: 2,
      cost: { spent: 0.268, saved: 0, estimated: 0, unpriced: 0 },
      latencyMs: { p50: 8000, p95: 8000 },
    },
    ...patch,
  } satisfies RunRecord);
}
