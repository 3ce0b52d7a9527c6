import { DEFAULT_HUB_ENCODER } from '../encode/source.js';
import { UsageError } from '../lib/errors.js';
import type { Cassette } from '../generate/cassette.js';
import type { ExchangeStore, Provider } from '../generate/provider.js';
import { credentialsFailure, probeEmulated, providers } from '../generate/providers/index.js';
import type { RunFlags } from './commands/run.js';
import type { CommandContext } from './context.js';
import { emulatorOrigin, OFFLINE_LATENCY, readFaults, serve } from './emulating.js';
import { wayIn } from './way-in.js';

/** A way to image models, open for the length of a command. */
export interface Connection {
  emulated: boolean;
  origin: string;
  defaultEncoder: string;
  provider(store: ExchangeStore): Provider;
  close(): Promise<void>;
}

/**
 * A cassette where one is replayed, the emulator for `--offline`, else the way in of the environment. It never falls
 * back from one to another.
 */
export async function connect(
  flags: RunFlags,
  context: CommandContext,
  cassette: Cassette | null,
): Promise<Connection> {
  if (cassette) return replaying(cassette);
  const timeout = flags.timeout === undefined ? {} : { timeoutMs: flags.timeout * 1000 };
  if (flags.offline) {
    const server = await serve({ port: 0, latencyScale: OFFLINE_LATENCY, ...readFaults(flags.faults, context) });
    return {
      emulated: true,
      origin: emulatorOrigin,
      defaultEncoder: defaultEncoder(true),
      provider: (store) =>
        providers.gemini({ apiKey: 'offline', baseUrl: server.url, emulated: true, store, ...timeout }),
      close: () => server.close(),
    };
  }
  if (flags.faults !== undefined) throw new UsageError('--faults is for the emulator', { fix: 'Add --offline.' });
  const { connection, origin } = wayIn(context);
  const failure = await credentialsFailure(connection);
  if (failure !== null) throw new UsageError(failure, { fix: credentialsFix });
  const emulated = await probeEmulated(connection);
  return {
    emulated,
    origin: emulated ? emulatorOrigin : origin,
    defaultEncoder: defaultEncoder(emulated),
    provider: (store) => providers.gemini({ ...connection, emulated, store, ...timeout }),
    close: () => Promise.resolve(),
  };
}

/** Reads answers as the service that gave them is read. Nothing is sent, and the address leads nowhere (RFC 2606). */
function replaying({ header: { origin, emulated } }: Cassette): Connection {
  const service = /^vertex\b/.test(origin) ? { vertex: 'express' as const } : {};
  return {
    emulated,
    origin,
    defaultEncoder: defaultEncoder(emulated),
    provider: (store) =>
      providers.gemini({ apiKey: 'unused', baseUrl: 'http://replay.invalid', ...service, emulated, store }),
    close: () => Promise.resolve(),
  };
}

export function defaultEncoder(emulated: boolean): string {
  return emulated ? 'pocket' : DEFAULT_HUB_ENCODER;
}

/** What to do when Google's credentials are not there, or not taken. */
export const credentialsFix =
  'Set GOOGLE_APPLICATION_CREDENTIALS to the path of a credentials file, or run: gcloud auth application-default login';
