import { createServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../lib/errors.js';
import { KEY, call, callKey, memoryStore, request } from './__fixtures__/call.js';
import { scriptedServer, type Scene } from './__fixtures__/scripted-server.js';
import { createGemini } from './gemini.js';

const pictureBytes = Buffer.from('picture');
const part = { inlineData: { mimeType: 'image/png', data: pictureBytes.toString('base64') } };
const ok = { body: { candidates: [{ content: { parts: [part] }, finishReason: 'STOP' }] } };
const okText = JSON.stringify(ok.body);
const never = new AbortController().signal;

describe('the request', () => {
  const bytes = new Uint8Array(Buffer.from('iVBORw0KGgo=', 'base64'));
  const images = [
    { name: 'a', mime: 'image/png', sha256: '', bytes },
    { name: 'b', mime: 'image/jpeg', sha256: '', bytes: new Uint8Array(Buffer.concat([bytes, bytes])).subarray(8) },
  ];

  it('is what the Gemini API takes', async () => {
    const { seen } = await call(ok, {
      request: {
        ...request,
        images,
        generation: {
          aspectRatio: '16:9',
          imageSize: '2K',
          responseModalities: ['TEXT', 'IMAGE'],
          thinkingLevel: 'high',
          temperature: 0.4,
          topP: 0.9,
        },
      },
    });
    expect(seen).toMatchObject([{ method: 'POST', url: '/v1beta/models/gemini-3-pro-image:generateContent' }]);
    expect(seen[0]?.headers).toMatchObject({ 'x-goog-api-key': KEY, 'content-type': 'application/json' });
    expect(seen[0]?.headers.authorization).toBeUndefined();
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      contents: [
        {
          parts: [
            { text: 'Combine A and B' },
            { inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } },
            { inlineData: { mimeType: 'image/jpeg', data: 'iVBORw0KGgo=' } },
          ],
          role: 'user',
        },
      ],
      generationConfig: {
        temperature: 0.4,
        topP: 0.9,
        seed: 42,
        responseModalities: ['TEXT', 'IMAGE'],
        thinkingConfig: { thinkingLevel: 'high' },
        imageConfig: { aspectRatio: '16:9', imageSize: '2K' },
      },
    });
  });

  it('leaves out what is not set', async () => {
    const { seen } = await call(ok, { request: { ...request, seed: 0, generation: { temperature: 0 } } });
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      contents: [{ parts: [{ text: 'Combine A and B' }], role: 'user' }],
      generationConfig: { temperature: 0, seed: 0 },
    });
  });

  it('goes to a gateway with its path and a bearer token', async () => {
    await using server = await scriptedServer(ok);
    const gateway = { apiKey: '', bearerToken: 'bearer-token-1', baseUrl: `${server.url}/proxy/gemini` };
    const gemini = createGemini({ ...gateway, emulated: false, store: memoryStore().store });
    expect((await gemini.generate(request, callKey, never)).outcome).toBe('ok');
    expect(server.seen[0]?.url).toBe('/proxy/gemini/v1beta/models/gemini-3-pro-image:generateContent');
    expect(server.seen[0]?.headers).toMatchObject({
      authorization: 'Bearer bearer-token-1',
      'x-goog-api-key': 'unused',
    });
  });
});

describe('the store', () => {
  it('has the answer, as it came, by the time that anybody else has it', async () => {
    const { answer, log, kept } = await call(ok);
    expect(log).toEqual(['put cccc']);
    expect(kept.get(callKey)).toEqual({ status: 200, body: okText, latencyMs: answer.exchange.latencyMs });
    expect(answer).toMatchObject({ outcome: 'ok', images: [pictureBytes], cached: false });
  });

  it('answers alone when it can: nothing is sent', async () => {
    const memory = memoryStore();
    memory.store.put(callKey, { status: 200, body: okText, latencyMs: 12_345 });
    const { answer, seen } = await call(ok, { store: memory.store });
    expect(seen).toEqual([]);
    expect(answer).toMatchObject({
      outcome: 'ok',
      cached: true,
      images: [pictureBytes],
      exchange: { latencyMs: 12_345 },
    });
  });

  it('gives back a stored answer that is of no use', async () => {
    const memory = memoryStore();
    memory.store.put(callKey, { status: 200, body: '{"cand', latencyMs: 1 });
    const { answer, seen } = await call(ok, { store: memory.store });
    expect(seen).toEqual([]);
    expect(answer).toMatchObject({ outcome: 'infra_error', retry: 'yes', cached: true });
    expect(memory.log).toEqual(['put cccc', 'discard cccc']);
  });

  it.each(['get', 'put'] as const)('is not the server: what its %s throws is thrown', async (method) => {
    const store = { ...memoryStore().store, [method]: () => { throw new Error('disk full'); } }; // prettier-ignore
    await expect(call(ok, { store })).rejects.toThrow('disk full');
  });

  it('keeps every part of an answer that the SDK continues', async () => {
    const token = { finishReason: 'CONTINUATION', continuationToken: 't1' };
    const usageMetadata = { promptTokenCount: 10, candidatesTokenCount: 5, totalTokenCount: 15 };
    const begun = { body: { candidates: [{ content: { parts: [{ text: 'One, ' }] }, ...token }], usageMetadata } };
    const rest = { body: { ...ok.body, usageMetadata } };
    const broken: Scene = { status: 503, body: '' };
    const first = await call([begun, broken]);
    expect(first.answer).toMatchObject({ outcome: 'infra_error', retry: 'yes', cached: false });
    expect(first.log).toEqual(['put cccc']);

    const second = await call([rest], { store: first.store });
    expect(second.seen).toHaveLength(1);
    expect(second.answer).toMatchObject({ outcome: 'ok', text: 'One, ', images: [pictureBytes], finishReason: 'STOP' });
    expect(second.answer.usage).toMatchObject({ prompt: { text: 20 }, total: 30 });
    expect(second.answer.exchange.body).toBe(`${JSON.stringify(begun.body)}\n${JSON.stringify(rest.body)}`);
    expect(first.kept.size).toBe(2);

    const third = await call([rest], { store: first.store });
    expect(third.seen).toEqual([]);
    expect(third.answer).toMatchObject({ outcome: 'ok', cached: true });
  });
});

describe('the connection', () => {
  it('may compress', async () => {
    const { answer } = await call((response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync(okText));
    });
    expect(answer).toMatchObject({ outcome: 'ok', exchange: { body: okText } });
  });

  it.each<[string, Scene]>([
    ['is reset', (response) => response.socket?.resetAndDestroy()],
    ['closes without a word', (response) => response.socket?.end()],
    [
      'closes before the promised length',
      (response) => {
        response.writeHead(200, { 'content-length': okText.length + 10 });
        response.write(okText);
        setTimeout(() => response.socket?.destroy(), 20);
      },
    ],
    [
      'closes inside a chunk',
      (response) => {
        response.write(okText.slice(0, 20));
        setTimeout(() => response.socket?.destroy(), 20);
      },
    ],
    ['speaks something else', (response) => response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n')],
  ])('%s: worth another try, nothing is kept', async (_what, scene) => {
    const { answer, log } = await call(scene);
    expect(answer).toMatchObject({ outcome: 'infra_error', retry: 'yes', usage: null, exchange: { status: null } });
    expect(answer.reason).toMatch(/^The connection broke/);
    expect(answer.unreachable).toBeUndefined();
    expect(log).toEqual([]);
  });

  it('tells when nobody listens', async () => {
    const port = await new Promise<number>((found) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => found(typeof address === 'object' && address ? address.port : 0));
      });
    });
    const { answer } = await call(ok, { baseUrl: `http://127.0.0.1:${port}` });
    expect(answer).toMatchObject({
      outcome: 'infra_error',
      retry: 'yes',
      unreachable: true,
      exchange: { status: null },
    });
    expect(answer.reason).toMatch(/^The server cannot be reached \(ECONNREFUSED\)/);
  });

  it.each<[string, Scene]>([
    ['at the start', () => undefined],
    ['in the middle of the body', (response) => response.write(okText.slice(0, 20))],
  ])('hangs %s: ends at the time-out', async (_where, scene) => {
    const { answer, log } = await call(scene, { timeoutMs: 150 });
    expect(answer).toMatchObject({ outcome: 'infra_error', retry: 'yes', exchange: { status: null } });
    expect(answer.reason).toBe('No complete answer came within 0.15 s.');
    expect(log).toEqual([]);
  });

  it('measures what it took', async () => {
    const times = [1_000, 8_500];
    const { answer } = await call(ok, { now: () => times.shift() ?? NaN });
    expect(answer.exchange.latencyMs).toBe(7_500);
  });

  it.each([0, 50])('is let go when the user says so after %i ms', async (ms) => {
    await using server = await scriptedServer(() => undefined);
    const gemini = createGemini({ apiKey: KEY, baseUrl: server.url, emulated: false, store: memoryStore().store });
    const stop = new AbortController();
    if (ms === 0) stop.abort();
    else setTimeout(() => stop.abort(), ms);
    const answer = await gemini.generate(request, callKey, stop.signal);
    expect(answer).toMatchObject({ outcome: 'infra_error', reason: 'Interrupted.', retry: 'no', cached: false });
  });
});

describe('the key', () => {
  it.each<[string, Scene]>([
    [
      'in an error',
      (response, { headers }) =>
        response.writeHead(400).end(JSON.stringify({ error: { message: `Bad key ${headers['x-goog-api-key']}` } })),
    ],
    ['in HTML', (response) => response.writeHead(502).end(`<p>${encodeURIComponent(KEY)}</p>`)],
    [
      'in an answer',
      { body: { candidates: [{ content: { parts: [{ text: KEY }] }, finishMessage: KEY }], responseId: KEY } },
    ],
    [
      'in an answer, escaped',
      { body: JSON.stringify({ candidates: [{ content: { parts: [{ text: KEY }] } }] }).replace('=', '\\u003d') },
    ],
    ['in words before HTTP', (response) => response.socket?.end(`${KEY}\r\n\r\n`)],
  ])('is cut when the server echoes it %s', async (_where, scene) => {
    const { answer, kept } = await call(scene);
    const everything = JSON.stringify([answer, ...kept.values()]);
    expect(everything).not.toContain('AIzaTestKey');
  });
});

describe('createGemini', () => {
  it.each([
    [{ apiKey: '' }, 'neither an API key nor a bearer token'],
    [{ apiKey: 'line\nbreak' }, 'API key holds'],
    [{ apiKey: KEY, bearerToken: 'two words' }, 'bearer token holds'],
    [{ apiKey: KEY, baseUrl: 'localhost:8080' }, "'localhost:8080' is not a web address"],
    [{ apiKey: KEY, baseUrl: 'nonsense' }, "'nonsense' is not a web address"],
    [{ apiKey: KEY, baseUrl: 'https://me:pass@host' }, 'user name or password'],
  ])('refuses %j', (connection, message) => {
    const create = () => createGemini({ ...connection, emulated: false, store: memoryStore().store });
    expect(create).toThrow(UsageError);
    expect(create).toThrow(message);
  });

  it('says what it is', () => {
    const options = { apiKey: KEY, store: memoryStore().store };
    expect(createGemini({ ...options, emulated: true })).toMatchObject({ id: 'gemini', emulated: true });
    expect(createGemini({ ...options, emulated: false })).toMatchObject({ id: 'gemini', emulated: false });
  });
});
