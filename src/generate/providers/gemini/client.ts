import type { GoogleGenAI, GoogleGenAIOptions } from '@google/genai';
import type { Response as UndiciResponse } from 'undici';
import { addressOf, type Connection } from './connection.js';
import { secretCutter } from './secrets.js';

/** One request on the wire, without anything the SDK or undici may add. */
export type Send = (url: string, init: RequestInit) => Promise<UndiciResponse>;

export interface Client {
  models: GoogleGenAI['models'];
  /** The SDK, all of whose requests go through `fetch`: uploads take none of a call's own. */
  sdk: (fetch: typeof globalThis.fetch) => GoogleGenAI;
  send: Send;
  /** Gets the access token that calls will need, unless there is one already. Rejects when none can be had. */
  authorize: () => Promise<void>;
  /** Cuts the key, and each token that was used so far, from text that came from outside. */
  cut: (text: string) => string;
}

/**
 * Loads the SDK (half a second, so only when something is to be sent) without its retries and without its looks into
 * the environment: what is passed in decides. `v1` has refused the picture settings, so the version is pinned.
 * Redirects are not followed, because a key in a header of its own would follow them to another host.
 */
export async function openClient(connection: Connection): Promise<Client> {
  const [{ GoogleGenAI: Sdk }, { Agent, fetch }] = await Promise.all([import('@google/genai'), import('undici')]);
  // undici gives up on headers after 300 s by itself, and a 4K picture may take longer.
  const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  const { models } = quietly(() => new Sdk(optionsFor(connection)));
  const secrets = new Set([connection.apiKey, connection.bearerToken ?? '']);
  let cut = secretCutter([...secrets]);
  // Access tokens come and go; Google's library asks for them, and they are first seen here.
  const learn = (headers: RequestInit['headers']): void => {
    const token = /^Bearer (.+)$/i.exec(new Headers(headers).get('authorization') ?? '')?.[1];
    if (token === undefined || secrets.has(token)) return;
    secrets.add(token);
    cut = secretCutter([...secrets]);
  };
  return {
    models,
    sdk: (fetch) => {
      const options = optionsFor(connection);
      return quietly(() => new Sdk({ ...options, httpOptions: { ...options.httpOptions, fetch } }));
    },
    cut: (text) => cut(text),
    authorize: async () => {
      if (typeof connection.vertex !== 'object') return;
      // The SDK signs a request before it hands it on to be sent: this one is not.
      const stay: typeof globalThis.fetch = (_, init) => {
        learn(init?.headers);
        return Promise.resolve(new Response('{}', { headers: { 'content-type': 'application/json' } }));
      };
      await models.list({ config: { httpOptions: { fetch: stay } } });
    },
    send: (url, init) => {
      learn(init.headers);
      return fetch(url, {
        method: init.method ?? 'GET',
        headers: [...new Headers(init.headers)],
        body: typeof init.body === 'string' || init.body instanceof Uint8Array ? init.body : null,
        signal: init.signal ?? null,
        redirect: 'manual',
        dispatcher,
      });
    },
  };
}

function optionsFor(connection: Connection): GoogleGenAIOptions {
  const { apiKey, bearerToken, vertex } = connection;
  const headers = bearerToken ? { headers: { Authorization: `Bearer ${bearerToken}` } } : {};
  const options = {
    apiVersion: vertex === undefined ? 'v1beta' : 'v1beta1',
    enterprise: vertex !== undefined,
    httpOptions: { baseUrl: addressOf(connection), ...headers },
  };
  // Without any key the SDK goes looking for Google Cloud credentials.
  if (typeof vertex !== 'object') return { ...options, apiKey: apiKey || 'unused' };
  const { project, location, credentialsFile } = vertex;
  const file = credentialsFile === undefined ? {} : { googleAuthOptions: { keyFilename: credentialsFile } };
  return { ...options, project, location, ...file };
}

/** The SDK tells, on standard output, which of several variables of the environment it will not follow. */
function quietly<T>(make: () => T): T {
  const { debug } = console;
  console.debug = () => undefined;
  try {
    return make();
  } finally {
    console.debug = debug;
  }
}
