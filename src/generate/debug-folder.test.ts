import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../lib/hash.js';
import { parseCassette } from './cassette.js';
import { openRecorder } from './cassette-recorder.js';
import { debugged, openDebugFolder } from './debug-folder.js';
import { callKey, KEY, memoryStore, request } from './providers/gemini/__fixtures__/call.js';
import { type Scene, scriptedServer } from './providers/gemini/__fixtures__/scripted-server.js';
import { createGemini } from './providers/gemini/gemini.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evaluate-debug-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const TOKEN = 'bearer-token-0123456789';
const picture = Buffer.alloc(3000, 7);
const part = { inlineData: { mimeType: 'image/png', data: picture.toString('base64') } };
const signature = { text: 'here', thoughtSignature: Buffer.alloc(900, 1).toString('base64') };
const ok = {
  headers: { 'x-request-id': 'r1', 'set-cookie': 'session=secret', 'x-echo': KEY },
  body: { candidates: [{ content: { parts: [signature, part] }, finishReason: 'STOP' }] },
};
const sentPicture = { name: 'a', mime: 'image/jpeg', sha256: '', bytes: new Uint8Array([1, 2, 3]) };

const at = () => Date.parse('2026-11-20T12:00:00Z');
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>;
const text = () =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join();

/** One attempt after another of the same call, until the scenes are over. */
async function attempts(...scenes: Scene[]): Promise<void> {
  await using server = await scriptedServer(...scenes);
  const store = debugged(memoryStore().store, folder, at);
  const connection = { apiKey: KEY, bearerToken: TOKEN, baseUrl: `${server.url}/${KEY}` };
  const gemini = createGemini({ ...connection, emulated: false, store, timeoutMs: 400 });
  for (let i = 0; i < scenes.length; i += 1)
    await gemini.generate({ ...request, images: [sentPicture] }, callKey, new AbortController().signal);
}

describe('--debug', () => {
  it('writes the request and the answer, with pictures by their hashes and no key in any form', async () => {
    await attempts(ok);
    expect(readdirSync(folder)).toEqual(['0001-gemini-3-pro-image.json']);
    expect(read('0001-gemini-3-pro-image.json')).toEqual({
      version: 1,
      at: '2026-11-20T12:00:00.000Z',
      attempt: 1,
      key: callKey,
      request: {
        method: 'POST',
        url: expect.stringMatching(/\/\[key cut\]\/v1beta\/models\/gemini-3-pro-image:generateContent$/) as string,
        headers: expect.objectContaining({ 'content-type': 'application/json' }) as object,
        body: {
          contents: [
            {
              role: 'user',
              parts: [
                { text: 'Combine A and B' },
                {
                  inlineData: {
                    mimeType: 'image/jpeg',
                    data: `<image/jpeg, 3 bytes, sha256 ${sha256(sentPicture.bytes)}>`,
                  },
                },
              ],
            },
          ],
          generationConfig: { seed: 42 },
        },
      },
      answer: {
        status: 200,
        latencyMs: expect.any(Number) as number,
        headers: expect.objectContaining({ 'x-request-id': 'r1', 'x-echo': '[key cut]' }) as object,
        body: {
          candidates: [
            {
              content: {
                parts: [
                  { text: 'here', thoughtSignature: `<base64, 900 bytes, sha256 ${sha256(Buffer.alloc(900, 1))}>` },
                  { inlineData: { mimeType: 'image/png', data: `<image/png, 3000 bytes, sha256 ${sha256(picture)}>` } },
                ],
              },
              finishReason: 'STOP',
            },
          ],
        },
      },
    });
    for (const secret of [KEY, encodeURIComponent(KEY), TOKEN, 'session=secret']) expect(text()).not.toContain(secret);
    expect(text()).not.toMatch(/authorization|x-goog-api-key|cookie/i);
  });

  it('numbers attempts in their order, with what each came to', async () => {
    await attempts(
      { status: 503, body: `<html>${KEY} is not welcome</html>` },
      { body: `{"candidates": [{"content": {"parts": [{"inlineData": {"data": "${picture.toString('base64')}` },
      (response) => response.destroy(),
      () => undefined,
      ok,
    );
    const files = readdirSync(folder).map(read);
    expect(files.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5]);
    expect(files.map(({ answer }) => answer)).toMatchObject([
      { status: 503, body: '<html>[key cut] is not welcome</html>' },
      { status: 200, body: expect.stringMatching(/"data": "<base64, 3000 bytes, sha256 [0-9a-f]{64}>$/) as string },
      { status: null, error: expect.stringMatching(/fetch failed: ./) as string },
      { status: null, error: expect.stringMatching(/abort|time/i) as string },
      { status: 200 },
    ]);
    expect(text()).not.toContain(KEY);
  });

  it('has the request on disk while the answer is awaited, and counts on in a folder that is not empty', async () => {
    writeFileSync(join(folder, '0041-some-model.json'), '{}');
    let waiting: unknown;
    await attempts((response) => {
      waiting = read('0042-gemini-3-pro-image.json');
      response.end('{}');
    });
    expect(waiting).toMatchObject({ attempt: 1, answer: null, request: { method: 'POST' } });
    expect(read('0042-gemini-3-pro-image.json')).toMatchObject({ answer: { status: 200, body: {} } });
  });

  it('passes on what is sent to the recording that it stands before', async () => {
    const file = join(folder, 'recording.jsonl');
    await using server = await scriptedServer(ok);
    const recorder = openRecorder(file, { origin: 'gemini', emulated: false }, at);
    const never = new AbortController().signal;
    const store = debugged(recorder.recorded(memoryStore().store, never), folder, at);
    await createGemini({ apiKey: KEY, baseUrl: server.url, emulated: false, store }).generate(request, callKey, never);
    expect([...parseCassette(readFileSync(file), file).cassette.exchanges.keys()]).toEqual([callKey]);
    expect(read('0001-gemini-3-pro-image.json')).toMatchObject({ answer: { status: 200 } });
  });

  it('writes nothing for an answer that is in the store', async () => {
    await using server = await scriptedServer(ok);
    const { store } = memoryStore();
    const options = { apiKey: KEY, baseUrl: server.url, emulated: false };
    const never = new AbortController().signal;
    await createGemini({ ...options, store }).generate(request, callKey, never);
    const again = createGemini({ ...options, store: debugged(store, folder, at) });
    expect((await again.generate(request, callKey, never)).cached).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses a place where no folder can be', () => {
    writeFileSync(join(folder, 'file'), '');
    mkdirSync(join(folder, 'there'));
    expect(openDebugFolder(join(folder, 'there'))).toBe(join(folder, 'there'));
    expect(() => openDebugFolder(join(folder, 'file'))).toThrow(/file: --debug: there can be no folder here/);
    expect(() => openDebugFolder(join(folder, 'file/below'))).toThrow(/--debug: there can be no folder here/);
  });
});
