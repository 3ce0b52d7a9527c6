import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smallDraw } from './__fixtures__/tiny.js';
import { startEmulator, type RequestEntry } from './server.js';

/** Clients that leave, or that speak badly. The emulator must outlive each of them. */
const PATH = '/v1beta/models/gemini-3-pro-image:generateContent';
let seen: RequestEntry[];
let emulator: Awaited<ReturnType<typeof startEmulator>>;
beforeEach(async () => {
  seen = [];
  emulator = await startEmulator({
    draw: smallDraw,
    onRequest: (entry) => seen.push(entry),
    latencyScale: 1,
  });
});
afterEach(async () => {
  const alive = await fetch(`${emulator.url}/v1beta/models?key=secret`);
  expect(alive.status).toBe(200);
  await expect.poll(() => seen.at(-1)).toMatchObject({ path: '/v1beta/models', status: 200 });
  expect(JSON.stringify(seen)).not.toContain('secret');
  await emulator.close();
});

/** Writes `text` on a bare socket and closes it when the peer answers, or after `ms`. */
const speak = (text: string, ms: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(emulator.port, '127.0.0.1', () => socket.write(text));
    let heard = '';
    const timer = setTimeout(() => socket.destroy(), ms);
    socket.on('data', (data) => {
      heard += data.toString();
      socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(heard);
    });
  });
const head = (length: number, path = PATH) =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\nx-goog-api-key: k\r\ncontent-length: ${length}\r\n\r\n`;

describe('the emulator outlives a client that', () => {
  it('leaves in the middle of its body', async () => {
    expect(await speak(`${head(1000)}{"contents": [`, 100)).toBe('');
    await expect.poll(() => seen.map((entry) => entry.status)).toEqual([null]);
  });
  it('leaves while it is being served, which ends the work', async () => {
    const body = JSON.stringify({ contents: [{ parts: [{ text: 'a' }] }] });
    expect(await speak(head(body.length) + body, 150)).toBe('');
    await expect.poll(() => seen.map((entry) => entry.status)).toEqual([null]);
  });
  it('asks for a path that is no URL', async () => {
    expect(await speak(head(0, '//[?%'), 2000)).toMatch(/^HTTP\/1.1 404 /);
  });
  it('asks for a model with a broken escape', async () => {
    expect(await speak(head(0, '/v1beta/models/%E0%A4%A:generateContent'), 2000)).toMatch(/^HTTP\/1.1 404 /);
  });
  it('does not speak HTTP', async () => {
    expect(await speak('\x00\x01\x02\r\n\r\n', 2000)).toMatch(/^HTTP\/1.1 400 /);
  });
});

it('closes with calls still open', async () => {
  const open = await startEmulator({ draw: smallDraw, faults: { rules: [{ fault: 'hang' }] } });
  const call = fetch(`${open.url}${PATH}`, {
    method: 'POST',
    headers: { 'x-goog-api-key': 'k' },
    body: JSON.stringify({ contents: [{ parts: [{ text: 'a' }] }] }),
  }).catch((error: Error) => error.message);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await open.close();
  expect(await call).toMatch(/fetch failed/);
});

it('says when its port is taken', async () => {
  await expect(startEmulator({ port: emulator.port, draw: smallDraw })).rejects.toThrow(/EADDRINUSE/);
});
