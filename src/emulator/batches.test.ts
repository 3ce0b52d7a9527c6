import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BatchJob, GoogleGenAI } from '@google/genai';
import { expect, it } from 'vitest';
import { smallDraw } from './__fixtures__/tiny.js';
import { type EmulatorOptions, startEmulator } from './server.js';

const MODEL = 'gemini-3-pro-image';

async function withEmulator(options: EmulatorOptions, use: (ai: GoogleGenAI) => Promise<void>): Promise<void> {
  const emulator = await startEmulator({ draw: smallDraw, ...options });
  try {
    await use(new GoogleGenAI({ apiKey: 'k', apiVersion: 'v1beta', httpOptions: { baseUrl: emulator.url } }));
  } finally {
    await emulator.close();
  }
}

const request = (text: string, key: string) => ({ contents: text, metadata: { key }, config: { seed: 1 } });

async function ended(ai: GoogleGenAI, { name = '' }: BatchJob): Promise<BatchJob> {
  for (;;) {
    const job = await ai.batches.get({ name });
    if (!/PENDING|RUNNING/.test(job.state ?? '')) return job;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

it('answers inlined requests, each by its key, refused ones with an error', async () => {
  await withEmulator({}, async (ai) => {
    const src = [
      request('a robot', 'one'),
      { ...request('a robot', 'two'), config: { imageConfig: { aspectRatio: '7:5' } } },
    ];
    const job = await ai.batches.create({ model: MODEL, src, config: { displayName: 'mine' } });
    expect(job).toMatchObject({ displayName: 'mine', model: `models/${MODEL}`, state: 'JOB_STATE_RUNNING' });
    const { state, dest } = await ended(ai, job);
    expect(state).toBe('JOB_STATE_SUCCEEDED');
    const [first, second] = dest?.inlinedResponses ?? [];
    expect(first).toMatchObject({ metadata: { key: 'one' }, response: { candidates: [{ finishReason: 'STOP' }] } });
    expect(second).toMatchObject({ metadata: { key: 'two' }, error: { code: 3 } });
    const listed = [];
    for await (const each of await ai.batches.list()) listed.push([each.name, each.displayName, each.dest]);
    expect(listed).toEqual([[job.name, 'mine', undefined]]);
    await ai.batches.delete({ name: job.name ?? '' });
    await expect(ai.batches.get({ name: job.name ?? '' })).rejects.toThrow(/404|not found/);
  });
});

it('takes a file in pieces and puts one out', async () => {
  await withEmulator({}, async (ai) => {
    const folder = mkdtempSync(join(tmpdir(), 'evaluate-'));
    // More than the 8 MiB that the SDK sends at a time.
    const padding = ' '.repeat(9 * 1024 * 1024);
    const line = (key: string) => JSON.stringify({ key, request: { contents: [{ parts: [{ text: key }] }] } });
    const file = await ai.files.upload({
      file: new Blob([`${line('a')}\n${padding}\n${line('b')}\n`]),
      config: { mimeType: 'jsonl' },
    });
    const job = await ended(ai, await ai.batches.create({ model: MODEL, src: file.name ?? '' }));
    const downloadPath = join(folder, 'answers.jsonl');
    await ai.files.download({ file: job.dest?.fileName ?? '', downloadPath });
    const lines = readFileSync(downloadPath, 'utf8').trim().split('\n');
    rmSync(folder, { recursive: true });
    expect(lines.map((text) => (JSON.parse(text) as { key: string }).key)).toEqual(['a', 'b']);
  });
});

it.each([
  ['batch-expired', 'JOB_STATE_EXPIRED'],
  ['batch-failed', 'JOB_STATE_FAILED'],
] as const)('ends by the fault %s in %s, without answers', async (fault, state) => {
  await withEmulator({ faults: { rules: [{ match: { call: 2 }, fault }] } }, async (ai) => {
    const job = await ai.batches.create({ model: MODEL, src: [request('x', 'a'), request('y', 'b')] });
    expect(await ended(ai, job)).toMatchObject({ state });
    expect((await ended(ai, job)).dest).toBeUndefined();
  });
});

it('waits and runs for a share of the real time, and can be cancelled', async () => {
  let now = Date.parse('2026-11-20T12:00:00Z');
  const wakes: { at: number; wake: () => void }[] = [];
  const clock = {
    now: () => now,
    sleep: (ms: number) => new Promise<void>((wake) => wakes.push({ at: now + ms, wake })),
  };
  const pass = async (ms: number) => {
    now += ms;
    for (const { at, wake } of wakes) if (at <= now) wake();
    await new Promise((resolve) => setTimeout(resolve, 50));
  };
  await withEmulator({ clock, latencyScale: 0.5 }, async (ai) => {
    const { name = '' } = await ai.batches.create({ model: MODEL, src: [request('x', 'a')] });
    const other = await ai.batches.create({ model: MODEL, src: [request('x', 'a')] });
    const stateOf = async (of: string) => (await ai.batches.get({ name: of })).state;
    await pass(29_000);
    expect(await stateOf(name)).toBe('JOB_STATE_PENDING');
    await pass(2_000);
    expect(await stateOf(name)).toBe('JOB_STATE_RUNNING');
    await ai.batches.cancel({ name: other.name ?? '' });
    await pass(60_000);
    expect(await stateOf(name)).toBe('JOB_STATE_SUCCEEDED');
    expect(await stateOf(other.name ?? '')).toBe('JOB_STATE_CANCELLED');
  });
});
