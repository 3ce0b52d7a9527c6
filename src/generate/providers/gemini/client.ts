import type { GoogleGenAI } from '@google/genai';
import type { Response as UndiciResponse } from 'undici';
import { UsageError } from '../../../lib/errors.js';

/** How to reach the Gemini API, or something that speaks like it. */
export interface Connection {
  apiKey: string;
  /** Google's own address when absent; may carry a path. */
  baseUrl?: string;
  /** For gateways that want `Authorization: Bearer`. */
  bearerToken?: string;
}

/** One request on the wire, without anything the SDK or undici may add. */
export type Send = (url: string, init: RequestInit) => Promise<UndiciResponse>;

export interface Client {
  models: GoogleGenAI['models'];
  send: Send;
}

const GOOGLE = 'https://generativelanguage.googleapis.com';

/** Throws a UsageError for an address or a key that cannot be sent at all. */
export function checkConnection({ apiKey, baseUrl, bearerToken }: Connection): void {
  const parsed = URL.canParse(baseUrl ?? GOOGLE) ? new URL(baseUrl ?? GOOGLE) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new UsageError(`The base URL '${baseUrl}' is not a web address.`, {
      fix: 'Write it like https://host/path.',
    });
  }
  if (parsed.username || parsed.password) {
    throw new UsageError('The base URL carries a user name or password.', { fix: 'Give a bearer token instead.' });
  }
  for (const [name, secret] of [['API key', apiKey] as const, ['bearer token', bearerToken ?? ''] as const]) {
    if (!/^[\x21-\x7e]*$/.test(secret)) {
      throw new UsageError(`The ${name} holds a space, a line break or another character that no header may hold.`);
    }
  }
  if (!apiKey && !bearerToken) throw new UsageError('There is neither an API key nor a bearer token.');
}

/**
 * Loads the SDK (half a second, so only when something is to be sent) without its retries and without its looks into
 * the environment: what is passed in decides. `v1` has refused the picture settings, so the version is pinned.
 * Redirects are not followed, because a key in a header of its own would follow them to another host.
 */
export async function openClient({ apiKey, baseUrl, bearerToken }: Connection): Promise<Client> {
  const [{ GoogleGenAI: Sdk }, { Agent, fetch }] = await Promise.all([import('@google/genai'), import('undici')]);
  // undici gives up on headers after 300 s by itself, and a 4K picture may take longer.
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  const sdk = new Sdk({
    // Without any key the SDK goes looking for Google Cloud credentials.
    apiKey: apiKey || 'unused',
    apiVersion: 'v1beta',
    enterprise: false,
    httpOptions: {
      baseUrl: baseUrl ?? GOOGLE,
      ...(bearerToken ? { headers: { Authorization: `Bearer ${bearerToken}` } } : {}),
    },
  });
  return {
    models: sdk.models,
    send: (url, init) =>
      fetch(url, {
        method: init.method ?? 'GET',
        headers: [...new Headers(init.headers)],
        body: typeof init.body === 'string' ? init.body : null,
        signal: init.signal ?? null,
        redirect: 'manual',
        dispatcher,
      }),
  };
}
