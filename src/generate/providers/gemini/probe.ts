import { openClient } from './client.js';
import { checkConnection, type Connection } from './connection.js';

/** What the emulator puts on each of its answers. */
const EMULATOR_HEADER = 'x-evaluate-emulator';
const PROBE_TIMEOUT_MS = 5_000;

/**
 * Whether an emulator answers at this address, told by a header on the list of models. Only this machine is asked:
 * what a stranger's server says about itself decides nothing. `false` too when nobody answers.
 */
export async function probeEmulated(connection: Connection): Promise<boolean> {
  if (!connection.baseUrl || !isLoopback(connection.baseUrl)) return false;
  let emulated = false;
  try {
    checkConnection(connection);
    const { models, send } = await openClient(connection);
    const fetch: typeof globalThis.fetch = async (url, init) => {
      const response = await send(String(url), init ?? {});
      emulated = response.headers.has(EMULATOR_HEADER);
      return new Response(await response.text(), { headers: { 'content-type': 'application/json' } });
    };
    await models.list({ config: { httpOptions: { fetch }, abortSignal: AbortSignal.timeout(PROBE_TIMEOUT_MS) } });
    return emulated;
  } catch {
    return false;
  }
}

function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return hostname === '[::1]' || /^(127(\.\d+){3}|(.+\.)?localhost)$/.test(hostname);
}
