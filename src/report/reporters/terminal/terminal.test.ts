import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pc from 'picocolors';
import { expect, it } from 'vitest';
import type { RunEvent } from '../../../record.js';
import { driftRecord } from '../../__fixtures__/drift-record.js';
import { hostile } from '../../__fixtures__/sample-record.js';
import { picture, record, sample } from '../../__fixtures__/small-record.js';
import { terminalReporter } from './terminal.js';

function setUp({ isTTY = false, colour = false } = {}) {
  let progress = '';
  let clock = 0;
  const reporter = terminalReporter({
    progress: { write: (text) => void (progress += text), isTTY, columns: 80 },
    colours: pc.createColors(colour),
    now: () => (clock += 1000),
    github: { stepSummary: null, suiteFile: null, token: '' },
  });
  const context = { folder: 'reports/robot/r1', write: () => undefined };
  return {
    told: (...events: RunEvent[]) => {
      for (const event of events) reporter.onEvent?.(event, context);
      return progress;
    },
    async shown(run = record(), folder = 'reports/robot/r1') {
      let text = '';
      await reporter.onEnd?.(run, { folder, write: (part) => void (text += part) });
      return text;
    },
  };
}

const many = record({
  emulated: true,
  samples: [
    ...[0.9, 0.8, 0.7].map((value, i) =>
      sample({
        sample: i + 1,
        scores: { consistency: { value, version: '1' }, quality: { value: 0.75, version: '1' } },
      }),
    ),
    sample({ sample: 4, outcome: 'refused', scores: {}, reason: 'IMAGE_SAFETY' }),
    sample({ case: 'forest', cached: true, cost: 0, savedCost: 0.134, latencyMs: null }),
  ],
  checks: [
    {
      id: 'consistency',
      limit: 'consistency min 0.75',
      case: 'valley',
      variant: 'pro-v2',
      value: 0.7,
      passed: false,
      message: 'consistency min 0.75: broken, worst 0.7 at sample 3',
    },
    {
      id: 'text',
      limit: 'text min 0.9',
      case: null,
      variant: 'pro-v2',
      value: null,
      passed: null,
      message: 'text min 0.9: not measured, no sample has a value of text',
    },
  ],
  warnings: ['no baseline yet'],
  totals: {
    calls: 4,
    images: 4,
    cost: { spent: 0.536, saved: 0.134, estimated: 0.134, unpriced: 1 },
    latencyMs: { p50: 8000, p95: 9100 },
  },
});

it('sums a run up', async () => {
  expect(await setUp().shown(many)).toMatchInlineSnapshot(`
    "
    case    variant       consistency          quality    cost    p50  outcomes
    valley  pro · v2  0.80 ± 0.10 (3)  0.75 ± 0.00 (3)  $0.536  8.0 s  3 ok, 1 refused
    forest  pro · v2         0.80 (1)                –   $0.00      –

    Failed checks
    ✕ valley · pro · v2: consistency min 0.75: broken, worst 0.7 at sample 3

    Checks not measured
    – pro · v2: text min 0.9: not measured, no sample has a value of text

    ✕ Failed  1 of 2 checks failed, 1 not measured
      2 cases on 1 variant, 5 samples.
      Weakest consistency: valley on pro · v2, 0.80 [0.55, 1.05] from 3 samples.
      1 sample gave no usable picture: 1 refused.
      Not gated: this run has no verdict, so no difference shown here proves or rules out a regression.

    4 images made, 1 from cache (saved $0.134) · 4 calls · latency p50 8.0 s, p95 9.1 s
    at least $0.536 spent, $0.134 of it estimated · 1 call without a known price

    ! no baseline yet

    Emulated pictures, not Gemini's.

    reports/robot/r1/run.json
    "
  `);
});

it('says how many pictures were on their way when the verdict fell: its title does not count them', async () => {
  const samples = [sample({ image: picture }), sample({ sample: 2, image: picture, extra: 'inflight' })];
  expect(await setUp().shown(record({ samples }))).toContain('\n2 images made, 1 of them after the verdict · ');
});

it('shows how a character drifts from picture to picture', async () => {
  const [, drift] = (await setUp().shown(driftRecord())).split('\n\n');
  expect(drift).toMatchInlineSnapshot(`
    "Drift of robot: consistency by hops from its sheet, mean ± sd over the chains
    variant          chains        hop 1        hop 2        hop 3
    pro · v2              3  0.83 ± 0.02  0.56 ± 0.04  0.29 ± 0.06
    pro · v1              3  0.90 ± 0.01  0.70 ± 0.02  0.50 ± 0.03
    approved inputs                 0.90         0.70         0.50
      hops: 1 meadow · 2 river, hill · 3 night
      pro · v2: loses 0.070 a hop against approved inputs (0.030 to 0.110, 3 chains)
      pro · v1: no drift seen: ±0.000 a hop against approved inputs (−0.022 to +0.022, 3 chains)
      Approved inputs: the same scenes in the baseline (gemini-3-pro-image · v1), 2 samples each."
  `);
});

it('shows six of many hops, no wider than 120 columns', async () => {
  const names = Array.from({ length: 14 }, (_, i) => `scene-${i + 1}-${hostile}`);
  const picture = driftRecord().samples[0]?.inputs[0];
  const inputs = (i: number) =>
    ['robot', ...names.slice(Math.max(0, i - 1), i)].flatMap((name) => (picture ? { ...picture, name } : []));
  const cases = names.map((name) => ({
    name,
    characters: [{ name: 'robot', sheet: 'robot' }],
    level: 0,
    baseline: null,
  }));
  const samples = names.map((name, i) => sample({ case: name, inputs: inputs(i) }));
  const text = await setUp().shown(record({ settings: { inputs: 'generated' }, cases, samples }));
  const [, drift = ''] = text.split('\n\n');
  expect(drift.match(/hop \d+/g)).toEqual(['hop 1', 'hop 4', 'hop 6', 'hop 9', 'hop 11', 'hop 14']);
  expect(Math.max(...drift.split('\n').map((row) => row.length))).toBeLessThanOrEqual(120);
});

it('fits 120 columns and hands no control character on, whatever names say', async () => {
  const cases = [{ name: hostile, characters: [], level: 0, baseline: null }];
  const variants = [{ id: 'pro-v2', model: hostile, name: hostile, revision: hostile, candidate: true }];
  const text = await setUp().shown(
    record({ cases, variants, samples: [sample({ case: hostile, outcome: 'text_only' })], warnings: [hostile] }),
  );
  const [table = ''] = text.trim().split('\n\n');
  expect(Math.max(...table.split('\n').map((row) => row.length))).toBeLessThanOrEqual(120);
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e\u2028]/);
});

it('keeps columns straight under colours', async () => {
  const bare = (await setUp({ colour: true }).shown(many)).replace(/\u001b\[\d+m/g, '');
  expect(bare).toBe(await setUp().shown(many));
});

it('ends with the page when there is one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  try {
    expect((await setUp().shown(record(), folder)).trimEnd().split('\n').at(-1)).toBe(join(folder, 'run.json'));
    writeFileSync(join(folder, 'index.html'), '');
    expect((await setUp().shown(record(), folder)).trimEnd().split('\n').at(-1)).toBe(join(folder, 'index.html'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const planned: RunEvent = {
  type: 'planned',
  suite: 'robot',
  emulated: true,
  run: 'r1',
  continued: false,
  samples: 2,
  calls: { low: 0, high: 2 },
  cost: { low: 0, high: 0.268 },
  gate: null,
};
const events: RunEvent[] = [
  planned,
  { type: 'sample', sample: sample(), done: 1, planned: 2, spent: 0.134 },
  { type: 'paused', model: 'gemini-3-pro-image', ms: 20_000, reason: 'quota of a minute' },
  {
    type: 'sample',
    sample: sample({ sample: 2, outcome: 'refused', reason: 'IMAGE_SAFETY' }),
    done: 2,
    planned: 2,
    spent: 0.134,
  },
  { type: 'warning', message: 'no baseline yet' },
  { type: 'finished', record: record() },
];

it('tells a line an event where there is no terminal', () => {
  expect(setUp().told(...events)).toMatchInlineSnapshot(`
    "robot: 2 samples, 0 to 2 calls, $0.00 to $0.268 (emulated)
      gate           nothing to compare with: not gated
    [1/2] valley · gemini-3-pro-image · v2 · sample 1: 0.80, $0.134, 8.0 s
    ‖ gemini-3-pro-image waits 20.0 s: quota of a minute
    [2/2] valley · gemini-3-pro-image · v2 · sample 2: refused, IMAGE_SAFETY
    ! no baseline yet
    "
  `);
});

it('draws one line on a terminal, with what went wrong above it, and takes it away at the end', () => {
  const text = setUp({ isTTY: true }).told(...events);
  expect(screen(text)).toEqual([
    'robot: 2 samples, 0 to 2 calls, $0.00 to $0.268 (emulated)',
    '  gate           nothing to compare with: not gated',
    '‖ gemini-3-pro-image waits 20.0 s: quota of a minute',
    '! valley · gemini-3-pro-image · v2 · sample 2: refused, IMAGE_SAFETY',
    '! no baseline yet',
    '',
  ]);
  expect(text).toContain('1/2  $0.134, about 1.0 s left');
  expect(text).toContain('2/2  $0.134');
});

/** What a terminal shows after text in which a line may be cleared and drawn again. */
function screen(text: string): string[] {
  return text.split('\n').map((each) => each.split('\r\u001b[2K').at(-1) ?? '');
}
