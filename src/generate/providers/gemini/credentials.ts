import type { Failure } from '../../provider.js';
import { openClient, type Client } from './client.js';
import { checkConnection, type Connection } from './connection.js';
import { within } from './deadline.js';
import { say } from './failure.js';
import { oneLine } from './server-error.js';

const TOKEN_TIMEOUT_MS = 30_000;
/** Signed claims, such as those that a token is asked for with. */
const SIGNED = /\beyJ[\w-]+(\.[\w-]*)+/g;

/** Why Google's library has no access token to give, from what it threw. Nothing was sent to a model. */
export function explainCredentials(thrown: unknown): Failure {
  const status = Number(Object(thrown)['status']) || null;
  const message = oneLine(thrown instanceof Error ? thrown.message : String(thrown)).replace(SIGNED, '[claims cut]');
  return {
    reason: say(`Google's credentials give no access token${status === null ? '' : ` (${status})`}`, message),
    // Whoever is turned down once will be turned down again.
    retry: status !== null && status >= 400 && status < 500 && status !== 429 ? 'model-ended' : 'yes',
    unreachable: true,
  };
}

/** Why calls cannot be signed, or `null` when they can. */
export function signingFailure({ authorize }: Client, signal: AbortSignal): Promise<Failure | null> {
  return within(signal, authorize()).then(() => null, explainCredentials);
}

/**
 * Why no call could be made with these credentials, or `null` when one could: they are asked for an access token, so
 * that this is known before anything is spent. Keys are not asked about. Throws a UsageError for a connection that
 * cannot be.
 */
export async function credentialsFailure(connection: Connection): Promise<string | null> {
  checkConnection(connection);
  if (typeof connection.vertex !== 'object') return null;
  const client = await openClient(connection);
  const timeout = AbortSignal.timeout(TOKEN_TIMEOUT_MS);
  const failure = await signingFailure(client, timeout);
  if (failure === null) return null;
  if (timeout.aborted) return `Google's credentials gave no access token within ${TOKEN_TIMEOUT_MS / 1000} s.`;
  return client.cut(failure.reason ?? '');
}
