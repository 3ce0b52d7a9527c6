import { canonicalJson, hash31, sha256 } from '../lib/hash.js';
import type { Generation } from '../suite/suite.js';

/**
 * Where a sample stands, blind to the prompt and the model: case, step of a conversation, sample index.
 * Samples of two variants in the same slot are a pair.
 */
export function slotOf(caseName: string, sample: number, step?: number): string {
  return step === undefined ? `${caseName}#${sample}` : `${caseName}.${step}#${sample}`;
}

/** The seed a request carries: the same for a slot in every variant, so pairs share their luck where a model honours it. */
export function seedOf(runSeed: number, slot: string, generation: Generation): number {
  return generation.seed ?? hash31([runSeed, slot]);
}

/** Everything that decides an answer. Equal content gives an equal key, and an equal key is never bought twice. */
export interface KeyContent {
  /** `gemini`, or the emulator with the version of its pictures: the two must never answer for each other. */
  origin: string;
  model: string;
  prompt: string;
  /** In the order sent. */
  images: { mime: string; sha256: string }[];
  generation: Generation;
  seed: number;
  sample: number;
}

/** 64 hex digits. A child's key holds its parents' picture hashes, so a new parent makes a new child. */
export function keyOf({ origin, model, prompt, images, generation, seed, sample }: KeyContent): string {
  const pictures = images.map(({ mime, sha256: hash }) => ({ mime, sha256: hash }));
  return sha256(canonicalJson({ version: 1, origin, model, prompt, images: pictures, generation, seed, sample }));
}
