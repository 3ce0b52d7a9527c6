import type { Failure } from '../../provider.js';
import { parseJson } from './reply.js';
import { oneLine, readServerError, type ServerError } from './server-error.js';

/** `sentence (status): what the server said` */
export function say(sentence: string, message: string): string {
  return message ? `${sentence}: ${message}` : `${sentence}.`;
}

/** Why an answer with this status and body is of no use, and what to do about it. */
export function explainStatus(status: number, body: string, model: string): Failure {
  const json = parseJson(body);
  const error = readServerError(json);
  const message = error ? error.message || (error.status ?? '') : oneLine(body);
  const ended = (sentence: string): Failure => ({
    reason: say(`${sentence} (${status})`, message),
    retry: 'model-ended',
  });
  if (status === 429) {
    if (error?.quota === 'none') return ended(`The project has no quota for ${model}`);
    if (error?.quota === 'per-day') return ended(`The quota per day for ${model} is used up`);
    const reason = say(`The rate limit for ${model} is reached (429)`, message);
    return { reason, retry: { pauseMs: error?.retryMs ?? null } };
  }
  if (status === 408) return { reason: say('The server timed out (408)', message), retry: 'yes' };
  if (status >= 500) return { reason: say(`The server failed (${status})`, message), retry: 'yes' };
  if (status === 404) return ended(`The server knows no model ${model}; it is misspelled or shut down`);
  if (status === 401 || status === 403 || isKeyRefused(error)) return ended('The key is not accepted');
  if (/country|location|region|billing/i.test(message) && error?.status === 'FAILED_PRECONDITION')
    return ended(`${model} is not open to this key or in this place`);
  if (status >= 300 && status < 400) return ended('The base URL leads elsewhere; the key was not sent there');
  if (status === 200) {
    // Some gateways put an error into a 200.
    if (error?.code && error.code >= 300) return explainStatus(error.code, body, model);
    const kind = body.trim() === '' ? 'empty' : json === undefined ? 'cut off or garbled' : "not one of Gemini's";
    return { reason: `The answer (200) is ${kind}.`, retry: 'yes' };
  }
  if (status < 300) return { reason: `The server answered ${status} without a picture.`, retry: 'yes' };
  return { reason: say(`The server refused the request (${status})`, message), retry: 'no' };
}

/** Google answers 400, not 401, to a key it does not know. */
function isKeyRefused(error: ServerError | null): boolean {
  if (!error) return false;
  return (
    error.reasons.some((reason) => reason.startsWith('API_KEY_')) || /API key (not valid|expired)/i.test(error.message)
  );
}

/** Codes of failures before anything was sent: no name, no route, no listener, no trusted certificate. */
const UNREACHABLE =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|.*_CERT(_.*)?|UNABLE_TO_.*)$/;

/** Why no complete answer arrived, from what `fetch` threw; undici puts the cause of the cause in `cause`. */
export function explainLoss(thrown: unknown): Failure {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  const code = codeOf(cause) ?? codeOf(thrown);
  const message = oneLine(cause instanceof Error ? cause.message : String(cause));
  const unreachable = code !== null && UNREACHABLE.test(code);
  const sentence = unreachable ? 'The server cannot be reached' : 'The connection broke';
  return {
    reason: say(`${sentence}${code ? ` (${code})` : ''}`, message),
    retry: 'yes',
    ...(unreachable && { unreachable }),
  };
}

function codeOf(thrown: unknown): string | null {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null;
}
