import type { Exchange, ExchangeStore, GenerateRequest } from '../../../provider.js';
import { createGemini, type GeminiOptions } from '../gemini.js';
import { scriptedServer, type Scene } from './scripted-server.js';

export const KEY = 'AIzaTestKey_0123456789-abcdefghijklmno/=';
export const callKey = 'c'.repeat(64);

/** A store in memory that tells what was done with it, in order. */
export function memoryStore() {
  const kept = new Map<string, Exchange>();
  const log: string[] = [];
  const store: ExchangeStore = {
    get: (key) => kept.get(key) ?? null,
    put: (key, exchange) => {
      log.push(`put ${key.slice(0, 4)}`);
      kept.set(key, exchange);
    },
    discard: (key) => {
      log.push(`discard ${key.slice(0, 4)}`);
      kept.delete(key);
    },
  };
  return { store, kept, log };
}

export const request: GenerateRequest = {
  model: 'gemini-3-pro-image',
  prompt: 'Combine A and B',
  images: [],
  generation: {},
  seed: 42,
};

/** One call against a scripted server, with all that it left behind. */
export async function call(
  scene: Scene | Scene[],
  options: Partial<GeminiOptions> & { request?: GenerateRequest } = {},
) {
  await using server = await scriptedServer(...[scene].flat());
  const memory = memoryStore();
  const gemini = createGemini({ apiKey: KEY, baseUrl: server.url, emulated: false, store: memory.store, ...options });
  const answer = await gemini.generate(options.request ?? request, callKey, new AbortController().signal);
  return { answer, ...memory, seen: server.seen };
}
