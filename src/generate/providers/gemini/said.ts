import { z } from 'zod';
import { canonicalJson, sha256 } from '../../../lib/hash.js';
import type { ExchangeStore, ModelTurn } from '../../provider.js';
import { hopKey } from './exchanges.js';
import { parseJson } from './reply.js';

/** The parts of an answer, with all that they hold. */
const partsSchema = z.object({
  candidates: z
    .array(
      z.object({
        content: z.object({ parts: z.array(z.record(z.string(), z.unknown())).nullish() }).nullish(),
        finishReason: z.string().nullish(),
      }),
    )
    .min(1),
});

/**
 * The model's turn in the answer stored under a call's key: every part as it came, thoughts and their signatures too,
 * which is what the chat of the SDK sends back. An answer that broke off with CONTINUATION lies in several pieces.
 */
export function saidUnder(key: string, store: Pick<ExchangeStore, 'get'>): ModelTurn | null {
  const parts: Record<string, unknown>[] = [];
  for (let index = 0; ; index += 1) {
    const exchange = store.get(hopKey(key, index));
    const reply = partsSchema.safeParse(exchange && parseJson(exchange.body));
    if (!reply.success) return null;
    const [candidate] = reply.data.candidates;
    parts.push(...(candidate?.content?.parts ?? []));
    if (candidate?.finishReason !== 'CONTINUATION') break;
  }
  const texts = parts.map(({ text }) => (typeof text === 'string' ? text.length : 0));
  return {
    sha256: sha256(canonicalJson(parts)),
    content: { role: 'model', parts },
    images: parts.filter(({ inlineData }) => inlineData !== undefined && inlineData !== null).length,
    characters: texts.reduce((sum, length) => sum + length, 0),
  };
}
