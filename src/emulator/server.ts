import { randomInt } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock, type Clock } from '../lib/clock.js';
import { sha256 } from '../lib/hash.js';
import { BatchJobs } from './batch-jobs.js';
import { BODY_LIMIT, readBody } from './body.js';
import type { Emulator, Route, Surface } from './call.js';
import { FaultPicker, type FaultPlan } from './faults.js';
import { asGoogleError, GoogleError } from './google-error.js';
import { checkKey } from './key.js';
import { RateLimiter, type RateLimits } from './limiter.js';
import { resourceOf } from './path.js';
import { errorReply, send, type Reply } from './reply.js';
import { routes } from './routes/index.js';
import { StoredFiles } from './stored-files.js';
import { draw } from './studio/studio.js';

export interface EmulatorOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  host?: string;
  /** Real latency times this; 0, the default, answers at once. */
  latencyScale?: number;
  faults?: FaultPlan;
  limits?: RateLimits;
  /** Largest body in bytes. */
  bodyLimit?: number;
  draw?: Emulator['draw'];
  clock?: Clock;
  /** Seeds for requests without one; random by default. */
  freshSeed?: () => number;
  /** Told of every request once it is over. */
  onRequest?: (entry: RequestEntry) => void;
}

/** One request that the emulator has dealt with. */
export interface RequestEntry {
  method: string;
  /** Without the query, which may hold a key. */
  path: string;
  model: string | null;
  /** `null`: the client never got a status (reset, hang, or it left). */
  status: number | null;
  bodySha256: string;
  /** ms since 1970. */
  startedAt: number;
  finishedAt: number;
}

/** Starts the emulator on loopback. It serves any number of clients until `close`, which cuts whatever is still open. */
export async function startEmulator(
  options: EmulatorOptions = {},
): Promise<{ url: string; port: number; close(): Promise<void> }> {
  const clock = options.clock ?? systemClock;
  const closing = new AbortController();
  const work: Omit<Emulator, 'batches'> = {
    draw: options.draw ?? draw,
    clock,
    freshSeed: options.freshSeed ?? (() => randomInt(2 ** 31)),
    latencyScale: options.latencyScale ?? 0,
    faults: new FaultPicker(options.faults ?? { rules: [] }),
    limiter: new RateLimiter(options.limits ?? {}, clock.now),
    files: new StoredFiles(),
  };
  const emulator: Emulator = { ...work, batches: new BatchJobs(work, closing.signal) };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '/' } = request;
    const { pathname, searchParams } = splitUrl(url);
    const gone = new AbortController();
    const entry = { method, path: pathname, model: modelOf(pathname), bodySha256: '', startedAt: clock.now() };
    response.on('close', () => {
      gone.abort();
      options.onRequest?.({
        ...entry,
        status: response.headersSent ? response.statusCode : null,
        finishedAt: clock.now(),
      });
    });
    let reply: Reply;
    try {
      checkKey(request.headers, searchParams);
      const body = await readBody(request, options.bodyLimit ?? BODY_LIMIT);
      entry.bodySha256 = sha256(body);
      const { route, ...place } = findRoute(method, pathname);
      const call = { ...place, query: searchParams, headers: request.headers, body, signal: gone.signal };
      reply = await route.handle(call, emulator);
    } catch (error) {
      if (gone.signal.aborted) return;
      request.resume();
      reply = errorReply(asGoogleError(error));
    }
    await send(reply, response, clock, gone.signal);
  }

  const server = createServer((request, response) => void serve(request, response));
  // A call may take minutes and its reader may be slow: no limit of the server's own ends it.
  server.requestTimeout = 0;
  // A client that was busy may send on a connection just as it is closed for being idle, and see it broken.
  server.keepAliveTimeout = 0;
  const host = options.host ?? '127.0.0.1';
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${port}`,
    port,
    close: () =>
      new Promise((resolve, reject) => {
        closing.abort();
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function findRoute(
  method: string,
  pathname: string,
): { route: Route; surface: Surface; names: Record<string, string> } {
  const place = resourceOf(pathname);
  for (const route of place ? routes : []) {
    const match = route.method === method ? route.path.exec(place?.resource ?? '') : null;
    if (place && match) return { route, surface: place.surface, names: { ...match.groups } };
  }
  throw new GoogleError(404, 'NOT_FOUND', `The emulator has no ${method} ${pathname}.`);
}

/** By hand, because `URL` throws on some of what a socket may bring. */
function splitUrl(url: string): { pathname: string; searchParams: URLSearchParams } {
  const mark = url.indexOf('?');
  return mark < 0
    ? { pathname: url, searchParams: new URLSearchParams() }
    : { pathname: url.slice(0, mark), searchParams: new URLSearchParams(url.slice(mark + 1)) };
}

const modelOf = (pathname: string): string | null => /\/models\/([^:]+)/.exec(pathname)?.[1] ?? null;
