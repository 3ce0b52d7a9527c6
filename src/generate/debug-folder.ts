import { UsageError } from '../lib/errors.js';
import { createFile, mkdirSync, readdirSync, writeFileAtomic } from '../lib/files.js';
import type { ExchangeStore, WireEnd, WireRequest } from './provider.js';
import { withoutData } from './without-data.js';

/** @throws UsageError when the folder cannot be made */
export function openDebugFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch (cause) {
    throw new UsageError('--debug: there can be no folder here', { place: { file: folder }, cause });
  }
}

/**
 * The store, with each HTTP exchange beside it as a JSON file of the folder: `0001-<model>.json` and on, in the order
 * in which they were sent. A file is there from the moment of sending and gets its answer when it comes, so that what
 * hangs shows. Data is replaced by its type, size and hash, which is the name of the picture in the run's folder.
 */
export function debugged(store: ExchangeStore, folder: string, now: () => number): ExchangeStore {
  const attempts = new Map<string, number>();
  let number = Math.max(0, ...readdirSync(folder).map((name) => Number(/^(\d{4,})-/.exec(name)?.[1] ?? 0)));
  return {
    get: (key) => store.get(key),
    put: (key, exchange) => {
      store.put(key, exchange);
    },
    discard: (key) => {
      store.discard(key);
    },
    sending(request) {
      const ended = store.sending?.(request);
      const attempt = (attempts.get(request.key) ?? 0) + 1;
      attempts.set(request.key, attempt);
      const sent = { version: 1, at: new Date(now()).toISOString(), attempt, ...shownRequest(request) };
      let file: string;
      // Another process may count in the same folder.
      do {
        number += 1;
        file = `${folder}/${String(number).padStart(4, '0')}-${modelIn(request.url)}.json`;
      } while (!createFile(file, textOf({ ...sent, answer: null })));
      return (end) => {
        ended?.(end);
        writeFileAtomic(file, textOf({ ...sent, answer: shownEnd(end) }));
      };
    },
  };
}

const textOf = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

function modelIn(url: string): string {
  return /\/models\/([A-Za-z0-9._-]+):/.exec(url)?.[1] ?? 'call';
}

function shownRequest({ key, body, ...request }: WireRequest) {
  return { key, request: { ...request, body: withoutData(body) } };
}

function shownEnd(end: WireEnd) {
  if (end.status !== null) return { ...end, body: withoutData(end.body) };
  const { status, error, latencyMs } = end;
  return { status, error, latencyMs };
}
