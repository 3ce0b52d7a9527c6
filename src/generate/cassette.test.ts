import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../lib/errors.js';
import { sha256 } from '../lib/hash.js';
import { parseCassette, readCassette } from './cassette.js';
import { CassettePlayer } from './cassette-player.js';
import { openRecorder } from './cassette-recorder.js';
import { KEY, memoryStore, request } from './providers/gemini/__fixtures__/call.js';
import { type Scene, scriptedServer } from './providers/gemini/__fixtures__/scripted-server.js';
import { createGemini } from './providers/gemini/gemini.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evaluate-cassette-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const now = () => Date.parse('2026-11-20T12:00:00Z');
const at = new Date(now()).toISOString();
const gemini = { origin: 'gemini', emulated: false };
const head = JSON.stringify({ evaluate: 'cassette', version: 1, at, ...gemini });
const keyOf = (n: number) => sha256(String(n));
const answer = (body: string, status = 200) => ({ status, headers: {}, body, latencyMs: 5 });
const line = (n: number, what: object = answer(`body ${n}`)) =>
  JSON.stringify({ key: keyOf(n), at, request: null, answer: what });
const parse = (text: string | Uint8Array) => parseCassette(Buffer.from(text), 'tape');
const bodies = (text: string | Uint8Array) =>
  [...parse(text).cassette.exchanges].map(([key, all]) => [key, all.map(({ body }) => body)]);

describe('a cassette', () => {
  it('keeps the order of answers to one request, and the later of two takes', () => {
    const text = [
      ...[head, line(1, answer('a', 503)), line(2), line(1, answer('b'))],
      ...[head, line(1, answer('c', 429)), line(3), line(1, answer('d'))],
    ];
    expect(bodies(`${text.join('\n')}\n`)).toEqual([
      [keyOf(1), ['c', 'd']],
      [keyOf(2), ['body 2']],
      [keyOf(3), ['body 3']],
    ]);
  });

  it.each([
    ['', 'tape:1: the recording is empty'],
    [head, 'tape:1: the recording is empty'],
    ['{"version":1}\n', 'tape:1: this is no recording of evaluate\n  --record makes one.'],
    ['name: robot\n', 'tape:1: this is no recording of evaluate'],
    [head.replace('"version":1', '"version":2') + '\n', 'tape:1: the recording has version 2, and this evaluate reads'],
    [head.replace(at, 'today') + '\n', 'tape:1: the header is damaged'],
    [`${head}\n${line(1)}\n{"key":\n${line(2)}\n`, 'tape:3: the line is damaged: it is no JSON'],
    [`${head}\n${line(1).replace('"at"', '"when"')}\n`, 'tape:2: the line is damaged: ✖'],
    [`${head}\n${line(1, { status: null, latencyMs: 1 })}\n`, 'tape:2: the line is damaged: ✖'],
    [
      `${head}\n${head.replace('gemini', 'vertex')}\n`,
      'tape:2: the recording begins with answers of gemini, and these are',
    ],
    [Buffer.concat([gzipSync(`${head}\n`), Buffer.from('not packed')]), 'tape: the gzipped recording is damaged'],
  ])('is told from %j', (text, told) => {
    expect(() => parse(text)).toThrow(UsageError);
    expect(() => parse(text)).toThrow(told);
  });

  it('cut anywhere, packed or not, holds its whole lines and names the one that is cut off', () => {
    const lines = [head, line(1), line(2, answer('ü'.repeat(50))), line(3)].map((each) => `${each}\n`);
    const plain = Buffer.from(lines.join(''));
    const packed = Buffer.concat(lines.map((each) => gzipSync(each)));
    const whole = bodies(plain);
    const cutAt = fc.tuple(fc.boolean(), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(cutAt, ([isPacked, share]) => {
        const bytes = isPacked ? packed : plain;
        const cut = bytes.subarray(0, Math.floor(share * bytes.length));
        let read;
        try {
          read = parse(cut);
        } catch (error) {
          expect(String(error)).toMatch(/the recording is empty|this is no recording/);
          return;
        }
        const held = [...read.cassette.exchanges].map(([key, all]) => [key, all.map(({ body }) => body)]);
        expect(held).toEqual(whole.slice(0, held.length));
        expect(read.cut === null || read.cut === held.length + 2).toBe(true);
        expect(parse(read.whole)).toMatchObject({ cut: null, whole: read.whole });
      }),
      { numRuns: 300 },
    );
  });

  it('is read back as it was written, whatever the bodies hold', () => {
    const exchange = fc.record({
      n: fc.nat(4),
      body: fc.string({ unit: 'binary' }),
      status: fc.constantFrom(200, 429, 500),
    });
    fc.assert(
      fc.property(fc.array(exchange), (all) => {
        const text = [head, ...all.map(({ n, body, status }) => line(n, answer(body, status)))].join('\n');
        const { exchanges } = parse(`${text}\n`).cassette;
        for (const n of [0, 1, 2, 3, 4])
          expect(exchanges.get(keyOf(n)) ?? []).toEqual(
            all.filter((each) => each.n === n).map(({ body, status }) => ({ status, body, latencyMs: 5 })),
          );
      }),
    );
  });

  it('throws nothing but usage errors, whatever stands in the file', () => {
    const any = fc.oneof(
      fc.uint8Array(),
      fc.json().map((text) => Buffer.from(`${head}\n${text}\n`)),
    );
    fc.assert(
      fc.property(any, (bytes) => {
        try {
          parse(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
    );
  });
});

const picture = { inlineData: { mimeType: 'image/png', data: Buffer.alloc(300, 7).toString('base64') } };
const ok = {
  headers: { 'set-cookie': 'session=secret', 'x-echo': KEY },
  body: { candidates: [{ content: { parts: [{ text: `Key: ${KEY}` }, picture] }, finishReason: 'STOP' }] },
};
const never = new AbortController().signal;

/** One attempt after another of the same call, recorded; what they came to. */
async function attempts(file: string, signal: AbortSignal, ...scenes: Scene[]) {
  await using server = await scriptedServer(...scenes);
  const store = openRecorder(file, gemini, now).recorded(memoryStore().store, signal);
  const provider = createGemini({ apiKey: KEY, baseUrl: server.url, emulated: false, store, timeoutMs: 3000 });
  const came = [];
  for (let i = 0; i < scenes.length; i += 1) came.push(await provider.generate(request, keyOf(1), signal));
  return came;
}

describe('recorded and replayed', () => {
  it('attempts come to the same again, and no key is in the file', async () => {
    const file = join(folder, 'new/tape.jsonl');
    const scenes: Scene[] = [
      { status: 429, body: { error: { code: 429, message: `${KEY}: slow down`, details: [{ retryDelay: '30s' }] } } },
      (response) => response.destroy(),
      () => undefined,
      { body: '{"candidates": [' },
      ok,
    ];
    const came = await attempts(file, never, ...scenes);
    const { cassette } = parseCassette(readFileSync(file), file);
    const player = new CassettePlayer(cassette);
    const provider = createGemini({
      apiKey: 'unused',
      baseUrl: 'http://replay.invalid',
      emulated: false,
      store: player,
    });
    for (const expected of came) {
      expect(player.has(keyOf(1))).toBe(true);
      expect(await provider.generate(request, keyOf(1), never)).toEqual({ ...expected, cached: true });
    }
    expect(came.map(({ reason }) => reason)).toMatchObject([
      expect.stringContaining('[key cut]: slow down'),
      expect.stringContaining('The connection broke'),
      'No complete answer came within 3 s.',
      'The answer (200) is cut off or garbled.',
      null,
    ]);
    // A picture stays, as it would in the cache: two cases may ask for the same.
    expect(await provider.generate(request, keyOf(1), never)).toMatchObject({ outcome: 'ok' });
    await expect(provider.generate(request, keyOf(2), never)).rejects.toThrow(
      `no further answer to request ${keyOf(2)}`,
    );
    const text = JSON.stringify([...cassette.exchanges]) + readFileSync(file, 'latin1');
    for (const hidden of [KEY, 'session=secret', 'set-cookie', 'x-goog-api-key']) expect(text).not.toContain(hidden);
  });

  it('leaves out what broke off because the run was stopped', async () => {
    const stop = new AbortController();
    const file = join(folder, 'tape.jsonl');
    const came = await attempts(file, stop.signal, () => {
      // Each line is on disk before the next thing happens, so that a kill loses only what is under way.
      expect(existsSync(file)).toBe(true);
      stop.abort();
    });
    expect(came).toMatchObject([{ reason: 'Interrupted.' }]);
    expect(readFileSync(file, 'utf8')).toBe(`${head}\n`);
  });

  it('writes what is sent with its pictures by hash, so that people can read it', async () => {
    const file = join(folder, 'tape.jsonl');
    await attempts(file, never, { ...ok, body: 'gone' });
    expect(JSON.parse(readFileSync(file, 'utf8').split('\n')[1] ?? '')).toMatchObject({
      at,
      request: { method: 'POST', body: { contents: [{ parts: [{ text: 'Combine A and B' }] }] } },
      answer: { status: 200, body: 'gone', headers: { 'x-echo': '[key cut]' } },
    });
  });

  it('goes on in a packed file whose last member was cut off', async () => {
    const file = join(folder, 'tape.jsonl.gz');
    const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = [`${head}\n${line(2)}\n`, `${line(3)}\n`].map((each) =>
      gzipSync(each),
    );
    writeFileSync(file, Buffer.concat([first, second.subarray(0, second.length - 20)]));
    expect(() => readCassette(file)).toThrow('tape.jsonl.gz:3: the line is cut off');
    await attempts(file, never, { body: 'more' });
    expect([...readCassette(file).exchanges.keys()]).toEqual([keyOf(2), keyOf(1)]);
  });
});
