import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tinyDraw } from '../emulator/__fixtures__/tiny.js';
import type { FaultPlan } from '../emulator/faults.js';
import { type EmulatorOptions, type RequestEntry, startEmulator } from '../emulator/server.js';
import { readRecord, type RunRecord } from '../record.js';
import { Workplace } from './__fixtures__/in-process.js';

/** `evaluate ... --batch` as one types it, against an emulator that outlives the command. */
async function setUp(options: EmulatorOptions = {}) {
  const seen: RequestEntry[] = [];
  const emulator = await startEmulator({ draw: tinyDraw, onRequest: (entry) => seen.push(entry), ...options });
  const place = new Workplace({ apiKey: 'a-key-of-no-value', baseUrl: emulator.url });
  await place.run('init', 'fox');
  const batch = async (...more: string[]) => {
    const args = ['fox', '--batch', '--revision', 'v1', '--case', 'sheet', '--reporter', 'terminal'];
    const { code, stdout, stderr } = await place.run(...args, ...more);
    return { code, stdout, stderr, record: readRecord(place.path('reports/fox/latest')) };
  };
  return {
    place,
    batch,
    sent: (path: RegExp) => seen.filter((entry) => path.test(`${entry.method} ${entry.path}`)).length,
    async [Symbol.asyncDispose]() {
      await emulator.close();
      await place[Symbol.asyncDispose]();
    },
  };
}

const faults = (fault: FaultPlan['rules'][number]): EmulatorOptions => ({ faults: { rules: [fault] } });
const CREATE = /:batchGenerateContent$/;
const CALL = /:generateContent$/;

it('hands samples in together, at half the price, apart from those of calls', async () => {
  await using desk = await setUp();
  const { code, record, stderr, stdout } = await desk.batch('-n', '3');
  expect(code).toBe(0);
  expect(stdout).toContain('3 in batch jobs');
  expect(stderr).toMatch(/batch 1 of 1: 3 requests to gemini-nano-banana-2\.1, done after/);
  expect([desk.sent(CREATE), desk.sent(CALL)]).toEqual([1, 0]);
  expect(
    record.samples.map(({ outcome, batch, cached, latencyMs }) => ({ outcome, batch, cached, latencyMs })),
  ).toEqual(Array(3).fill({ outcome: 'ok', batch: true, cached: false, latencyMs: null }));
  const again = await desk.batch('-n', '3');
  expect(again.record.totals).toMatchObject({ calls: 0, cost: { spent: 0 } });
  expect(desk.sent(CREATE)).toBe(1);
  // Calls do not take the answers of jobs, and cost twice as much.
  const live = await desk.place.run('fox', '--revision', 'v1', '--case', 'sheet', '--json', '-n', '3');
  const calls = JSON.parse(live.stdout) as RunRecord;
  expect(desk.sent(CALL)).toBe(3);
  const usage = (from: RunRecord) => from.samples.map(({ attempts }) => attempts.map((each) => each.usage));
  expect(usage(calls)).toEqual(usage(record));
  expect(calls.totals.cost.spent).toBeCloseTo(2 * record.totals.cost.spent, 9);
});

it('asks anew only for what a job did not answer', async () => {
  await using desk = await setUp(faults({ match: { call: 2 }, fault: 'unavailable' }));
  const first = await desk.batch('-n', '3');
  expect(first.code).toBe(4);
  const lost = first.record.samples.filter(({ outcome }) => outcome === 'infra_error');
  expect(lost).toMatchObject([{ pending: true, cost: 0, batch: true }]);
  expect(lost[0]?.reason).toMatch(/no answer to this request: The model is overloaded/);
  const second = await desk.batch('-n', '3');
  expect(second.code).toBe(0);
  expect(second.record.id).toBe(first.record.id);
  expect(second.stderr).toMatch(/1 request to/);
  expect(second.record.totals.images).toBe(3);
});

it.each([
  ['batch-expired', /batch job batches\/\w+ expired/],
  ['batch-failed', /batch job batches\/\w+ failed/],
] as const)('a job that ends by %s is an infrastructure error', async (fault, reason) => {
  await using desk = await setUp(faults({ match: { call: 1 }, fault }));
  const { code, record } = await desk.batch('-n', '2');
  expect(code).toBe(4);
  for (const sample of record.samples) {
    expect(sample).toMatchObject({ outcome: 'infra_error', cost: 0 });
    expect(sample.reason).toMatch(reason);
  }
  expect((await desk.batch('-n', '2')).code).toBe(0);
});

it('finds the job of a process that was killed, whether it wrote down its name or not', async () => {
  await using desk = await setUp();
  const { record } = await desk.batch('-n', '2', '--no-cache');
  const run = record.id;
  const file = desk.place.path('reports/fox', run, 'journal.jsonl');
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const upTo = (type: string) => lines.slice(0, 1 + lines.findIndex((line) => line.includes(`"type":"${type}"`)));
  for (const last of ['batch', 'batch-job']) {
    writeFileSync(file, `${upTo(last).join('\n')}\n`);
    const again = await desk.batch('-n', '2', '--no-cache', '--resume', run);
    expect(again.record.samples.map(({ outcome, cached }) => [outcome, cached])).toEqual(Array(2).fill(['ok', false]));
    expect(again.record.totals.cost.spent).toBeCloseTo(record.totals.cost.spent, 9);
    expect(desk.sent(CREATE)).toBe(1);
  }
});

it('spends no more than it may: what does not fit is not handed in', async () => {
  await using desk = await setUp();
  const { code, record } = await desk.batch('-n', '3', '--max-cost', '0.03');
  expect(code).toBe(5);
  expect(record.samples.filter(({ outcome }) => outcome === 'ok')).toHaveLength(1);
  expect(record.totals.cost.spent).toBeLessThanOrEqual(0.03);
});
