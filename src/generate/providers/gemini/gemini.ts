import type { Answer, Exchange, ExchangeStore, Failure, Provider, WordsWanted } from '../../provider.js';
import { readAnswer } from './answer.js';
import { createBatches } from './batches.js';
import { openClient, type Client } from './client.js';
import { checkConnection, type Connection } from './connection.js';
import { signingFailure } from './credentials.js';
import { openDeadline } from './deadline.js';
import { recorder, withoutKeys, type Hop } from './exchanges.js';
import { explainLoss, explainStatus } from './failure.js';
import { parseJson, replySchema } from './reply.js';
import { toSdk } from './request.js';
import { saidUnder } from './said.js';
import { readServerError } from './server-error.js';

export interface GeminiOptions extends Connection {
  /** The address answers as an emulator: its pictures are not Gemini's. */
  emulated: boolean;
  store: ExchangeStore;
  /** Per attempt, in ms; 180 s when absent, and 360 s at 4K. */
  timeoutMs?: number;
  now?: () => number;
}

/** The Gemini API or Vertex AI through the SDK of both. Throws a UsageError for a connection that cannot be; afterwards only for bugs. */
export function createGemini(options: GeminiOptions): Provider {
  checkConnection(options);
  const now = options.now ?? Date.now;
  let opened: Promise<Client> | undefined;
  const open = () => (opened ??= openClient(options));

  return {
    id: 'gemini',
    emulated: options.emulated,
    ...(options.vertex === undefined && { batches: createBatches(open, { store: options.store, now }) }),
    said: (key) => saidUnder(key, options.store),
    async generate(request, key, signal) {
      const client = await open();
      const { models, send, cut } = client;
      const timeoutMs = options.timeoutMs ?? (request.generation.imageSize === '4K' ? 360_000 : 180_000);
      const deadline = openDeadline(signal, timeoutMs);
      const unsigned = await signingFailure(client, deadline.signal);
      const unless = (other: Failure) =>
        signal.aborted ? interrupted : deadline.passed() ? late(timeoutMs) : withoutKeys(other, cut);
      if (unsigned) {
        deadline.close();
        const failure = unless(unsigned);
        return { ...failed(failure), exchange: { status: null, failure, body: '', latencyMs: 0 }, cached: false };
      }
      const explain = (lost: unknown) => unless(explainLoss(lost));
      const record = recorder(key, { store: options.store, send, cut, explain, now });
      const { config, ...turn } = toSdk(request);
      const wiring = { abortSignal: deadline.signal, httpOptions: { fetch: record.fetch } };
      const ended = await models
        .generateContent({ ...turn, config: { ...config, ...wiring } })
        .then((response) => ({ response }))
        .catch((thrown: unknown) => ({ thrown }))
        .finally(deadline.close);
      if (record.broken) throw record.broken.thrown;
      const last = record.hops.at(-1);
      // Nothing was asked of the network: the SDK found fault with the call itself.
      if (!last) throw 'thrown' in ended ? ended.thrown : new Error('The SDK answered without asking.');
      const exchange = joined(record.hops, last);
      const cached = record.hops.every((hop) => hop.stored);
      if (last.exchange.status === null) return { ...failed(last.exchange.failure), exchange, cached };
      const complete = 'response' in ended ? readComplete(ended.response, last.exchange, request.words) : null;
      // What is asked for again must not lie there the next time.
      if (complete && complete.retry !== 'no') for (const hop of record.hops) options.store.discard(hop.key);
      // Parts that were put together may make a key that none of them held.
      if (complete)
        return {
          ...complete,
          text: complete.text && cut(complete.text),
          reason: complete.reason && cut(complete.reason),
          exchange,
          cached,
        };
      if (last.exchange.status === 200) options.store.discard(last.key);
      const failure = explainStatus(last.exchange.status, last.exchange.body, request.model);
      return { ...failed(withoutKeys(failure, cut)), exchange, cached };
    },
  };
}

/** The answer, unless the body is not one: then `null`. */
function readComplete(response: unknown, exchange: Exchange, words?: WordsWanted): Omit<Answer, 'exchange'> | null {
  const raw = parseJson(exchange.body);
  const last = replySchema.safeParse(raw);
  const whole = replySchema.safeParse(response);
  if (!last.success || !whole.success || readServerError(raw)) return null;
  return readAnswer(whole.data, last.data, words);
}

const interrupted: Failure = { reason: 'Interrupted.', retry: 'no' };

function late(timeoutMs: number): Failure {
  return { reason: `No complete answer came within ${timeoutMs / 1000} s.`, retry: 'yes' };
}

function failed(failure: Failure): Omit<Answer, 'exchange'> {
  const nothing = { images: [], text: null, usage: null, modelVersion: null, responseId: null, finishReason: null };
  return { outcome: 'infra_error', ...nothing, ...failure };
}

/** Several hops as one exchange: a body a line, the time of all of them. */
function joined(hops: readonly Hop[], last: Hop): Exchange {
  const exchanges = hops.map((hop) => hop.exchange);
  return {
    ...last.exchange,
    body: exchanges.map((exchange) => exchange.body).join('\n'),
    latencyMs: exchanges.reduce((sum, exchange) => sum + exchange.latencyMs, 0),
  };
}
