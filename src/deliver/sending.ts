import { once } from 'node:events';
import * as http from 'node:http';
import * as https from 'node:https';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Clock } from '../lib/clock.js';
import { messageOf } from '../lib/errors.js';

export interface Outgoing {
  method: 'POST' | 'PUT';
  url: URL;
  headers: Record<string, string>;
  body: Uint8Array | string;
}

/** For one server; what is sent to it at a time or in turn shares them. */
export interface SendTools {
  clock: Clock;
  /** ms after which a try is broken off: from one part of its body to the next, and from the last to the end of the answer. */
  timeoutMs: number;
  /** How often the server hung. Grows; requests that were under way together hung together, which counts once. */
  hangs: { count: number };
  /** Tells, in a line without its end, what is waited for. */
  say: (what: string) => void;
}

interface Failure {
  reason: string;
  again: boolean;
  hung?: true;
}

const TRIES = 3;
/** Bytes that are progress. */
const PART = 64 * 1024;
/** A server that hung so often is not waited for again: a run must end soon after its result. */
const MOST_HANGS = 2;

/**
 * Sends a request, at most three times: after 1 s and 2 s more when nothing came, or 408, 429 or 5xx. Redirects are
 * not followed, since an Authorization header would go with them. `makeRequest` is called for each try, as signatures
 * hold the time.
 * @returns why it failed, without the address; `null` when it was taken
 */
export async function send(
  makeRequest: () => Outgoing | Promise<Outgoing>,
  { clock, timeoutMs, hangs, say }: SendTools,
): Promise<string | null> {
  for (let tried = 1; ; tried += 1) {
    const request = await makeRequest();
    const hangsBefore = hangs.count;
    const failure = await sendOnce(request, timeoutMs);
    if (failure === null) return null;
    const { reason, again, hung } = failure;
    const isNews = hung && hangs.count === hangsBefore;
    if (isNews) hangs.count += 1;
    if (!again) return reason;
    if (tried === TRIES || (hung && hangs.count >= MOST_HANGS))
      return tried === 1 ? reason : `${reason} (${tried} tries)`;
    if (isNews) say(`${request.url.host}: ${reason}, trying once more`);
    await clock.sleep(1000 * 2 ** (tried - 1));
  }
}

/** By node:http, as a fetch does not tell how much of a body is on its way: a slow line is not a server that hangs. */
async function sendOnce({ url, method, headers, body }: Outgoing, timeoutMs: number): Promise<Failure | null> {
  const bytes = Buffer.from(body);
  let hung = false;
  let sending: http.ClientRequest | undefined;
  const silence = setTimeout(() => {
    hung = true;
    sending?.destroy();
  }, timeoutMs);
  try {
    const { request } = url.protocol === 'https:' ? https : http;
    sending = request(url, { method, headers: { ...headers, 'content-length': bytes.length } });
    // Both waits below throw what goes wrong while they last; what goes wrong later changes no answer.
    sending.on('error', () => undefined);
    // A part is asked for when the one before it has left.
    Readable.from(
      partsOf(bytes, () => silence.refresh()),
      { highWaterMark: 1 },
    ).pipe(sending);
    const [response] = (await once(sending, 'response')) as [http.IncomingMessage];
    const said = await text(response);
    const { statusCode: status = 0 } = response;
    if (status >= 200 && status < 300) return null;
    return { reason: `HTTP ${status}${codeIn(said)}`, again: mayPass(status) };
  } catch (error) {
    if (hung) return { reason: `no answer within ${timeoutMs / 1000} s`, again: true, hung };
    return { reason: `no answer: ${causeOf(error)}`, again: true };
  } finally {
    clearTimeout(silence);
    // Answered before it was all read: the rest would keep the command waiting.
    if (sending?.writableFinished === false) sending.destroy();
  }
}

function* partsOf(bytes: Uint8Array, onPart: () => void): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PART) {
    onPart();
    yield bytes.subarray(at, at + PART);
  }
}

const mayPass = (status: number) => status === 408 || status === 429 || status >= 500;

/** S3 says in one word what is wrong: AccessDenied, NoSuchBucket. Nothing else of an answer is repeated. */
function codeIn(body: string): string {
  const code = /<Code>([A-Za-z0-9.]{1,60})<\/Code>/.exec(body)?.[1];
  return code === undefined ? '' : ` (${code})`;
}

/** The system's code. Texts are left out where there is one: they may hold addresses. */
function causeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : (messageOf(error).split(/[\n:]/)[0] ?? '');
}
