import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { messageOf, UsageError } from '../lib/errors.js';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileAtomic } from '../lib/files.js';
import { sha256 } from '../lib/hash.js';
import { type ExchangeLine, type Header, parseCassette, refuseOther } from './cassette.js';
import type { ExchangeStore, WireEnd, WireRequest } from './provider.js';
import { withoutData } from './without-data.js';

/** A cassette that exchanges are written to as they end: a process that is killed loses those under way. */
export interface CassetteRecorder {
  /** The store, recorded: what is sent, and what is taken from it. `signal` is the run's. */
  recorded(store: ExchangeStore, signal: AbortSignal): ExchangeStore;
}

/**
 * Opens a cassette to record into. One that is there is gone on with: its lines stay, but for a last one that is cut off.
 * @throws UsageError when the file is something else, or cannot be written
 */
export function openRecorder(
  file: string,
  { origin, emulated }: Pick<Header, 'origin' | 'emulated'>,
  now: () => number,
): CassetteRecorder {
  const at = () => new Date(now()).toISOString();
  const write = (line: Header | ExchangeLine) => {
    appendFileSync(file, packed(`${JSON.stringify(line)}\n`, file));
  };
  /** key -> digest of what the file holds last of it. */
  let last: Map<string, string>;
  try {
    mkdirSync(dirname(file), { recursive: true });
    last = existsSync(file) ? lastAnswers(file, { origin, emulated }) : new Map();
    write({ evaluate: 'cassette', version: 1, at: at(), origin, emulated });
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`--record: the file cannot be read or written: ${messageOf(cause)}`, {
      place: { file },
      cause,
    });
  }
  return {
    recorded: (store, signal) => ({
      get(key) {
        const known = store.get(key);
        // A replay has no cache, so what lay there belongs into the cassette, once.
        if (known && known.status !== null && last.get(key) !== digest(known)) {
          last.set(key, digest(known));
          write({ key, at: at(), request: null, answer: { ...known, headers: {} } });
        }
        return known;
      },
      put: (key, exchange) => {
        store.put(key, exchange);
      },
      discard: (key) => {
        store.discard(key);
      },
      sending(request) {
        const ended = store.sending?.(request);
        return (end) => {
          ended?.(end);
          // That a run was stopped says nothing about what the server would have answered.
          if (end.status === null && signal.aborted) return;
          last.set(request.key, digest(end));
          write(lineOf(at(), request, end));
        };
      },
    }),
  };
}

/** What the file holds last of each request. It is written anew, so that what is appended follows a whole line. */
function lastAnswers(file: string, here: Pick<Header, 'origin' | 'emulated'>): Map<string, string> {
  const { cassette, whole } = parseCassette(readFileSync(file), file);
  refuseOther(cassette.header, here, { file, line: 1 });
  writeFileAtomic(file, packed(whole, file));
  return new Map(
    [...cassette.exchanges].flatMap(([key, all]) => all.slice(-1).map((exchange) => [key, digest(exchange)])),
  );
}

function digest(answer: { status: number; body: string } | { status: null }): string {
  return sha256(answer.status === null ? 'none' : `${answer.status} ${answer.body}`);
}

function packed(text: string | Uint8Array, file: string): string | Uint8Array {
  return file.endsWith('.gz') ? gzipSync(text) : text;
}

function lineOf(at: string, { key, method, url, headers, body }: WireRequest, end: WireEnd): ExchangeLine {
  const request = { method, url, headers, body: withoutData(body) };
  if (end.status !== null) {
    const { status, headers: answered, body: text, latencyMs } = end;
    return { key, at, request, answer: { status, headers: answered, body: text, latencyMs } };
  }
  const { reason, retry, unreachable } = end.failure;
  const failure = { reason, retry, ...(unreachable !== undefined && { unreachable }) };
  return { key, at, request, answer: { status: null, failure, latencyMs: end.latencyMs } };
}
