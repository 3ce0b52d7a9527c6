import type { GoogleGenAI } from '@google/genai';
import { sha256 } from '../../../lib/hash.js';
import type { ExchangeStore, Failure, GenerateRequest } from '../../provider.js';
import type { Client } from './client.js';
import { openDeadline } from './deadline.js';
import { shownHeaders, wireRequest, withoutKeys } from './exchanges.js';
import { explainLoss } from './failure.js';
import { toSdk } from './request.js';

/** For one HTTP exchange; files of a batch go in pieces of 8 MB, and come back whole. */
const TIMEOUT_MS = 300_000;

/** The last answer to a call of the SDK that makes no picture, as it came; or why there is none. */
export type Asked =
  | {
      status: number;
      text(): string;
      /** Of JSON Lines, which may be longer together than a string can be. */
      lines(): string[];
    }
  | { status: null; failure: Failure };

export interface Asker {
  ask(name: string, work: (ai: GoogleGenAI) => Promise<unknown>, signal: AbortSignal): Promise<Asked>;
  /** The body of the call of its own that the request would be: what a line of a batch file holds. */
  bodyOf(request: GenerateRequest): Promise<string>;
  cut(text: string): string;
}

/**
 * Has the SDK write requests, and reads the answers itself: the SDK loses much of an error, and fields of an answer that
 * it does not know. `name` is what the exchanges of a debug folder stand under.
 */
export function openAsker(
  open: () => Promise<Client>,
  { store, now }: { store: ExchangeStore; now: () => number },
): Asker {
  let cut = (text: string): string => text;

  return {
    cut: (text) => cut(text),
    async ask(name, work, signal) {
      const client = await open();
      cut = client.cut;
      const deadline = openDeadline(signal, TIMEOUT_MS);
      let last: { status: number; bytes: Buffer } | undefined;
      let lost: { failure: Failure } | undefined;
      const fetch: typeof globalThis.fetch = async (url, init = {}) => {
        const sentAt = now();
        last = undefined;
        lost = undefined;
        const ended = store.sending?.(wireRequest(sha256(name), String(url), init, cut));
        try {
          const body = init.body instanceof Blob ? Buffer.from(await init.body.arrayBuffer()) : (init.body ?? null);
          const response = await client.send(String(url), { ...init, body, signal: deadline.signal });
          const bytes = Buffer.from(await response.arrayBuffer());
          last = { status: response.status, bytes };
          const isFile = /:download(\?|$)/.test(String(url));
          const shown = isFile ? `${bytes.length} bytes` : cut(bytes.toString('utf8'));
          ended?.({
            status: response.status,
            headers: shownHeaders(response.headers, cut),
            body: shown,
            latencyMs: now() - sentAt,
          });
          // What is downloaded is read here, and need not lie on the disk as well.
          if (isFile || response.status !== 200) throw new Error(`HTTP ${response.status}`);
          return new Response(bytes, { headers: [...response.headers] });
        } catch (thrown) {
          if (last) throw thrown;
          const failure = withoutKeys(explainLoss(thrown), cut);
          lost = { failure };
          ended?.({ status: null, error: failure.reason ?? '', failure, latencyMs: now() - sentAt });
          throw thrown;
        }
      };
      const thrown = await work(client.sdk(fetch))
        .then(() => undefined)
        .catch((error: unknown) => ({ error }))
        .finally(deadline.close);
      if (lost) return { status: null, failure: lost.failure };
      // Nothing was asked of the network: the SDK found fault with the call itself.
      if (!last) throw thrown?.error ?? new Error('The SDK answered without asking.');
      const { status, bytes } = last;
      return { status, text: () => cut(bytes.toString('utf8')), lines: () => linesOf(bytes) };
    },
    async bodyOf(request) {
      const client = await open();
      let body = '';
      const keep: typeof globalThis.fetch = (_, init) => {
        body = typeof init?.body === 'string' ? init.body : '';
        return Promise.resolve(new Response('{}', { headers: { 'content-type': 'application/json' } }));
      };
      await client.sdk(keep).models.generateContent(toSdk(request));
      return body;
    },
  };
}

function linesOf(bytes: Buffer): string[] {
  const lines: string[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end === -1 ? bytes.length : end;
    if (stop > start) lines.push(bytes.toString('utf8', start, stop));
    start = stop + 1;
  }
  return lines;
}
