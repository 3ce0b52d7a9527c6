import type { Clock } from '../lib/clock.js';
import { messageOf } from '../lib/errors.js';

export interface Outgoing {
  method: 'POST' | 'PUT';
  url: URL;
  headers: Record<string, string>;
  body: Uint8Array | string;
}

export interface SendTools {
  clock: Pick<Clock, 'sleep'>;
  /** Of one try, in ms. */
  timeoutMs: number;
}

const TRIES = 3;

/**
 * Sends a request, at most three times: after 1 s and 2 s more when nothing came, or 408, 429 or 5xx. Redirects are
 * not followed, since an Authorization header would go with them. `makeRequest` is called for each try, as signatures
 * hold the time.
 * @returns why it failed, without the address; `null` when it was taken
 */
export async function send(
  makeRequest: () => Outgoing | Promise<Outgoing>,
  { clock, timeoutMs }: SendTools,
): Promise<string | null> {
  for (let tried = 1; ; tried += 1) {
    const failure = await sendOnce(await makeRequest(), timeoutMs);
    if (failure === null) return null;
    if (!failure.again) return failure.reason;
    if (tried === TRIES) return `${failure.reason} (${TRIES} tries)`;
    await clock.sleep(1000 * 2 ** (tried - 1));
  }
}

async function sendOnce(
  { url, method, headers, body }: Outgoing,
  timeoutMs: number,
): Promise<{ reason: string; again: boolean } | null> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      headers,
      body: typeof body === 'string' ? body : new Uint8Array(body),
      redirect: 'manual',
      signal,
    });
    const text = await response.text();
    if (response.ok) return null;
    return { reason: `HTTP ${response.status}${codeIn(text)}`, again: mayPass(response.status) };
  } catch (error) {
    if (signal.aborted) return { reason: `no answer within ${timeoutMs / 1000} s`, again: true };
    return { reason: `no answer: ${causeOf(error)}`, again: true };
  }
}

const mayPass = (status: number) => status === 408 || status === 429 || status >= 500;

/** S3 says in one word what is wrong: AccessDenied, NoSuchBucket. Nothing else of an answer is repeated. */
function codeIn(body: string): string {
  const code = /<Code>([A-Za-z0-9.]{1,60})<\/Code>/.exec(body)?.[1];
  return code === undefined ? '' : ` (${code})`;
}

/** What fetch throws says "fetch failed"; its cause has the system's code. Texts are left out: they may hold addresses. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = (cause as { code?: unknown }).code;
  return typeof code === 'string' ? code : (messageOf(cause).split(/[\n:]/)[0] ?? '');
}
