import { messageOf } from '../../../lib/errors.js';
import { sha256 } from '../../../lib/hash.js';
import type { Exchange, ExchangeStore, Failure, WireRequest } from '../../provider.js';
import type { Send } from './client.js';

/** One POST of a call. The SDK makes hidden ones when a model breaks off with CONTINUATION. */
export interface Hop {
  key: string;
  exchange: Exchange;
  /** Read from the store; nothing was sent. */
  stored: boolean;
}

export interface Recorder {
  fetch: typeof globalThis.fetch;
  hops: Hop[];
  /** What the store threw, if it did: never the server's fault. */
  broken: { thrown: unknown } | null;
}

/** The store's key of the n-th POST of a call; the first has the call's own. */
export function hopKey(key: string, index: number): string {
  return index === 0 ? key : sha256(`${key} continued ${index}`);
}

/**
 * A `fetch` for one call of the SDK: it answers from the store where it can, and else sends, reads the whole body,
 * cuts the secrets and stores a complete 200 before anybody else sees it, in the turn in which it became complete.
 */
export function recorder(
  key: string,
  tools: {
    store: ExchangeStore;
    send: Send;
    cut: (text: string) => string;
    /** Why no complete answer arrived, from what was thrown, without keys. */
    explain: (lost: unknown) => Failure;
    now: () => number;
  },
): Recorder {
  const { store, send, cut, explain, now } = tools;
  const recorded: Recorder = { fetch: fetchHop, hops: [], broken: null };
  const keep = <T>(use: () => T): T => {
    try {
      return use();
    } catch (thrown) {
      recorded.broken = { thrown };
      throw thrown;
    }
  };

  async function fetchHop(url: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const own = hopKey(key, recorded.hops.length);
    const known = keep(() => store.get(own));
    if (known) {
      recorded.hops.push({ key: own, exchange: known, stored: true });
      return reply(known);
    }
    const ended = keep(() => store.sending?.(wireRequest(own, String(url), init, cut)));
    const sentAt = now();
    let exchange: Exchange & { status: number };
    let headers: Iterable<[string, string]>;
    try {
      const response = await send(String(url), init);
      const body = await response.text();
      headers = response.headers;
      exchange = { status: response.status, body: cut(body), latencyMs: now() - sentAt };
    } catch (lost) {
      const loss = { status: null, failure: explain(lost), latencyMs: now() - sentAt };
      recorded.hops.push({ key: own, exchange: { ...loss, body: '' }, stored: false });
      keep(() => ended?.({ ...loss, error: cut(messagesOf(lost)) }));
      throw lost;
    }
    if (exchange.status === 200) keep(() => store.put(own, exchange));
    keep(() => ended?.({ ...exchange, headers: shownHeaders(headers, cut) }));
    recorded.hops.push({ key: own, exchange, stored: false });
    return reply(exchange);
  }
  return recorded;
}

/** Anything but a 200 is read from the exchange later, so the SDK, which loses most of an error, just stops. */
function reply({ status, body }: Exchange): Response {
  if (status !== 200) throw new Error(`HTTP ${status}`);
  return new Response(body, { headers: { 'content-type': 'application/json' } });
}

/** Where keys travel. */
const SECRET_HEADERS = new Set(['authorization', 'proxy-authorization', 'x-goog-api-key', 'cookie', 'set-cookie']);

export function shownHeaders(
  headers: Iterable<[string, string]>,
  cut: (text: string) => string,
): Record<string, string> {
  const shown = [...headers].filter(([name]) => !SECRET_HEADERS.has(name.toLowerCase()));
  return Object.fromEntries(shown.map(([name, value]) => [name, cut(value)]));
}

export function wireRequest(key: string, url: string, init: RequestInit, cut: (text: string) => string): WireRequest {
  return {
    key,
    method: init.method ?? 'GET',
    url: cut(url),
    headers: shownHeaders(new Headers(init.headers), cut),
    body: typeof init.body === 'string' ? cut(init.body) : '',
  };
}

export function withoutKeys(failure: Failure, cut: (text: string) => string): Failure {
  return { ...failure, reason: failure.reason && cut(failure.reason) };
}

/** What fetch throws says little; its cause tells the rest. */
function messagesOf(thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return cause === undefined ? messageOf(thrown) : `${messageOf(thrown)}: ${messageOf(cause)}`;
}
