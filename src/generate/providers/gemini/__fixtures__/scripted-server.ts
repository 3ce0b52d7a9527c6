import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Seen {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What the server does with one request: a status and a body, or anything by hand. */
export type Scene =
  | { status?: number; body: string | object; headers?: Record<string, string> }
  | ((response: ServerResponse, seen: Seen) => void);

/** A server on this machine that plays one scene a request, in order, and the last one again and again. */
export async function scriptedServer(...scenes: Scene[]) {
  const seen: Seen[] = [];
  const play: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const entry = { method, url, headers, body: Buffer.concat(chunks).toString() };
      const scene = scenes[Math.min(seen.push(entry), scenes.length) - 1];
      if (typeof scene === 'function') return scene(response, entry);
      const body = typeof scene?.body === 'object' ? JSON.stringify(scene.body) : scene?.body;
      response.writeHead(scene?.status ?? 200, { 'content-type': 'application/json', ...scene?.headers });
      response.end(body);
    });
  };
  const server = createServer(play);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return { url, seen, close, [Symbol.asyncDispose]: close };
}
