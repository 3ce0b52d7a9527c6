import { expect, it } from 'vitest';
import { tinyDraw } from '../emulator/__fixtures__/tiny.js';
import { startEmulator } from '../emulator/server.js';
import { planned, workshop } from './__fixtures__/scripted.js';
import type { BatchProgress, BatchTerms } from './batches.js';
import { generate } from './generate.js';
import { createGemini } from './providers/index.js';

/** Samples that go in batch jobs to an emulator; `clock` stands still but for sleeping. */
async function setUp(inlineBytes: number) {
  const paths: string[] = [];
  const emulator = await startEmulator({
    draw: tinyDraw,
    onRequest: ({ method, path }) => paths.push(`${method} ${path.replace(/[0-9a-f]{12,}/, 'ID')}`),
  });
  const looks: BatchProgress[] = [];
  const left: string[][] = [];
  const terms: BatchTerms = {
    run: 'run',
    pollMs: { first: 5000, most: 60_000 },
    inlineBytes,
    lasting: true,
    onProgress: (look) => looks.push(look),
    onLeft: (jobs) => left.push(jobs),
  };
  const open = (changes: Parameters<typeof workshop>[1] = {}) =>
    workshop((store) => createGemini({ apiKey: 'k', baseUrl: emulator.url, emulated: true, store }), {
      batch: terms,
      ...changes,
    });
  return { open, paths, looks, left, [Symbol.asyncDispose]: () => emulator.close() };
}

const batched = (name: string, parents: string[] = []) => ({ ...planned(name, 1, parents), batch: true as const });

it.each([
  [1e6, []],
  [0, ['POST /upload/v1beta/files', 'GET /v1beta/files/batch-ID:download']],
])('sends and takes files where requests exceed %d bytes', async (inlineBytes, files) => {
  await using desk = await setUp(inlineBytes);
  const { context, landed } = desk.open();
  expect(await generate([batched('a'), batched('b')], context)).toBeNull();
  expect(landed.map(({ outcome, batch, cached }) => [outcome, batch, cached])).toEqual(
    Array(2).fill(['ok', true, false]),
  );
  expect([...new Set(desk.paths.filter((path) => path.includes('files')))]).toEqual(files);
  expect(desk.paths.filter((path) => path.endsWith(':generateContent'))).toEqual([]);
});

it('goes level by level, and looks less and less often', async () => {
  await using desk = await setUp(1e6);
  const { context, landed, clock } = desk.open();
  await generate([batched('a'), batched('b', ['a'])], context);
  expect(landed.map((sample) => sample.case)).toEqual(['a', 'b']);
  expect(desk.paths.filter((path) => path.endsWith(':batchGenerateContent'))).toHaveLength(2);
  expect(desk.looks.at(-1)).toMatchObject({ number: 1, of: 1, requests: 1, state: 'succeeded' });
  for (const ms of clock.slept) expect(ms).toBeLessThanOrEqual(60_000);
});

it('leaves jobs to themselves when it is interrupted, and collects them in the next process', async () => {
  await using desk = await setUp(1e6);
  const abort = new AbortController();
  const first = desk.open({ signal: abort.signal });
  first.context.clock = {
    ...first.clock,
    sleep: () => {
      abort.abort();
      return Promise.resolve();
    },
  };
  expect(await generate([batched('a')], first.context)).toBe('interrupted');
  expect(first.landed).toMatchObject([{ outcome: 'skipped', pending: true }]);
  expect(desk.left).toHaveLength(1);
  const second = desk.open({ folder: first.folder });
  expect(await generate([batched('a')], second.context)).toBeNull();
  expect(second.landed).toMatchObject([{ outcome: 'ok', cached: false }]);
  expect(second.context.budget.total).toBeGreaterThan(0);
  expect(desk.paths.filter((path) => path.endsWith(':batchGenerateContent'))).toHaveLength(1);
});
