import { DEFAULT_HUB_ENCODER } from '../encode/source.js';
import { UsageError } from '../lib/errors.js';
import type { ExchangeStore, Provider } from '../generate/provider.js';
import { probeEmulated, providers } from '../generate/providers/index.js';
import type { RunFlags } from './commands/run.js';
import type { CommandContext } from './context.js';
import { emulatorOrigin, OFFLINE_LATENCY, readFaults, serve } from './emulating.js';

/** A way to image models, open for the length of a command. */
export interface Connection {
  emulated: boolean;
  origin: string;
  defaultEncoder: string;
  provider(store: ExchangeStore): Provider;
  close(): Promise<void>;
}

/** The emulator for `--offline`; else Gemini with the key of the environment. It never falls back from one to the other. */
export async function connect(flags: RunFlags, context: CommandContext): Promise<Connection> {
  const timeout = flags.timeout === undefined ? {} : { timeoutMs: flags.timeout * 1000 };
  if (flags.offline) {
    const server = await serve({ port: 0, latencyScale: OFFLINE_LATENCY, ...readFaults(flags.faults, context) });
    return {
      emulated: true,
      origin: emulatorOrigin,
      defaultEncoder: 'pocket',
      provider: (store) =>
        providers.gemini({ apiKey: 'offline', baseUrl: server.url, emulated: true, store, ...timeout }),
      close: () => server.close(),
    };
  }
  if (flags.faults !== undefined) throw new UsageError('--faults is for the emulator', { fix: 'Add --offline.' });
  const { apiKey, bearerToken, baseUrl, vertex } = context.env;
  if (vertex) throw new UsageError('GOOGLE_GENAI_USE_VERTEXAI: Vertex AI is not supported yet');
  if (apiKey === undefined && bearerToken === undefined) {
    throw new UsageError('there is no key for Gemini', {
      fix: 'Set GEMINI_API_KEY (or GOOGLE_API_KEY) here or in .env, or add --offline to use the emulator: no key, no network.',
    });
  }
  const way = {
    apiKey: apiKey ?? '',
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(bearerToken === undefined ? {} : { bearerToken }),
  };
  const emulated = await probeEmulated(way);
  return {
    emulated,
    origin: emulated ? emulatorOrigin : originOf(baseUrl),
    defaultEncoder: emulated ? 'pocket' : DEFAULT_HUB_ENCODER,
    provider: (store) => providers.gemini({ ...way, emulated, store, ...timeout }),
    close: () => Promise.resolve(),
  };
}

/** Whose answers these are: what one host made up must not stand in the cache for what another would have made. */
function originOf(baseUrl: string | undefined): string {
  const host = baseUrl !== undefined && URL.canParse(baseUrl) ? new URL(baseUrl).hostname : null;
  return host === null || host === 'generativelanguage.googleapis.com' ? 'gemini' : `gemini at ${host}`;
}
