import { canonicalJson, hash31, sha256 } from '../lib/hash.js';
import type { Generation } from '../suite/suite.js';

/**
 * Where a sample stands, blind to the prompt and the model: case, sample index, turn of a conversation.
 * Samples of two variants in the same slot are a pair.
 */
export function slotOf(caseName: string, sample: number, turn?: number): string {
  return turn === undefined ? `${caseName}#${sample}` : `${caseName}#${sample}.${turn}`;
}

/** The seed a request carries: the same for a slot in every variant, so pairs share their luck where a model honours it. */
export function seedOf(runSeed: number, slot: string, generation: Generation): number {
  return generation.seed ?? hash31([runSeed, slot]);
}

/** The seed of a later try at the same slot, whose first one was not kept: another one, also where the suite sets it. */
export function seedOfTry(seed: number, number: number): number {
  return number === 1 ? seed : hash31([seed, 'try', number]);
}

/** Everything that decides an answer. Equal content gives an equal key, and an equal key is never bought twice. */
export interface KeyContent {
  /** `gemini`, or the emulator with the version of its pictures: the two must never answer for each other. */
  origin: string;
  model: string;
  prompt: string;
  /** Of a later turn: what was said before, with the hash of each whole answer. */
  history?: readonly { prompt: string; answer: { sha256: string } }[] | undefined;
  /** In the order sent. */
  images: { mime: string; sha256: string }[];
  generation: Generation;
  seed: number;
  /** Of a judge, the number of the vote. */
  sample: number;
  /** Of a later try at the slot, from 2. */
  try?: number | undefined;
  /** Of a question that is answered in words: the form of the answer. */
  words?: { schema: unknown } | undefined;
  /** Asked for in a batch job: such answers never stand in for those of calls, nor the other way round. */
  batch?: true | undefined;
}

/**
 * 64 hex digits. A child's key holds its parents' picture hashes, and a turn's those of the answers before it, so a new
 * parent makes a new child.
 */
export function keyOf(content: KeyContent): string {
  const { origin, model, prompt, history, images, generation, seed, sample, try: number, words, batch } = content;
  const hashed = {
    version: 1,
    origin,
    model,
    prompt,
    // Left out where nothing was said before: what was bought under such a key stays bought.
    ...(history && { history: history.map((turn) => ({ prompt: turn.prompt, answer: turn.answer.sha256 })) }),
    images: images.map(({ mime, sha256: hash }) => ({ mime, sha256: hash })),
    generation,
    seed,
    sample,
    ...(number !== undefined && { try: number }),
    ...(words && { words: words.schema }),
    ...(batch && { batch }),
  };
  return sha256(canonicalJson(hashed));
}
