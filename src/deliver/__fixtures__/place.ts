import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Arrived {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What the place does with a request: takes it, answers with a status and a body, breaks off, or says nothing. */
export type Reaction = 'take' | 'reset' | 'hang' | { status: number; body?: string; location?: string };

/** A server on this machine that takes whatever it is sent. `react` decides by the request and its number, from 1. */
export async function takingPlace(react: (arrived: Arrived, number: number) => Reaction = () => 'take') {
  const arrived: Arrived[] = [];
  const atOnce = { now: 0, most: 0 };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    atOnce.now += 1;
    atOnce.most = Math.max(atOnce.most, atOnce.now);
    response.on('close', () => (atOnce.now -= 1));
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const each = { method, url, headers, body: Buffer.concat(chunks) };
      const reaction = react(each, arrived.push(each));
      if (reaction === 'hang') return;
      if (reaction === 'reset') return void request.socket.destroy();
      if (reaction === 'take') return void response.writeHead(201).end();
      const { status, body = '', location } = reaction;
      response.writeHead(status, location === undefined ? {} : { location }).end(body);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { url: `http://127.0.0.1:${port}`, port, arrived, atOnce, close, [Symbol.asyncDispose]: close };
}

/** A server that reads a part (bytes), does nothing for a while (ms), and so on to the end, when it takes it all. */
export async function readingSlowly(part: number, restMs: number) {
  const place = { read: 0 };
  const server = createServer((request, response) => {
    let rested = 0;
    request.on('data', (chunk: Buffer) => {
      place.read += chunk.length;
      if (place.read - rested < part) return;
      rested = place.read;
      request.pause();
      setTimeout(() => request.resume(), restMs);
    });
    request.on('end', () => response.writeHead(201).end());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return Object.assign(place, { url: `http://127.0.0.1:${port}`, [Symbol.asyncDispose]: close });
}

/** Time that passes at once, and what was slept and said. */
export function quickTools(timeoutMs = 5000) {
  const slept: number[] = [];
  const said: string[] = [];
  const now = () => slept.reduce((sum, ms) => sum + ms, 0);
  const sleep = (ms: number) => Promise.resolve(void slept.push(ms));
  return {
    slept,
    said,
    clock: { now, sleep },
    timeoutMs,
    hangs: { count: 0 },
    say: (text: string) => void said.push(text),
  };
}

/** Ways in which a server may fail, and what is to be said of them. */
export const failures: [string, Reaction, RegExp, number][] = [
  ['errors that stay', { status: 500, body: 'secret text' }, /^HTTP 500 \(3 tries\)$/, 3],
  ['a refusal', { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' }, /^HTTP 403 \(AccessDenied\)$/, 1],
  ['a redirect', { status: 307, location: '/elsewhere' }, /^HTTP 307$/, 1],
  ['a connection that breaks', 'reset', /^no answer: ECONNRESET \(3 tries\)$/, 3],
  ['silence', 'hang', /^no answer within 0.15 s \(2 tries\)$/, 2],
];
