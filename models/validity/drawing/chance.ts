import type { Random } from '../../../src/lib/random.js';

/** A number from `low` up to `high`. */
export function between(random: Random, low: number, high: number): number {
  return low + random() * (high - low);
}

/** A number about 0 with standard deviation `sd` (Box & Muller, 1958). */
export function normal(random: Random, sd: number): number {
  return sd * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** One of the list, each as likely as it appears in it. */
export function pick<T>(random: Random, list: readonly [T, ...T[]]): T {
  return list[Math.floor(random() * list.length)] ?? list[0];
}

export function chance(random: Random, share: number): boolean {
  return random() < share;
}

/** The list in another order. */
export function shuffled<T>(random: Random, list: readonly T[]): T[] {
  return list
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** An independent stream for each use of a seed, so that a change of one thing leaves the others as they were. */
export function streamOf(...keys: readonly number[]): number {
  let hash = 0x811c9dc5;
  for (const key of keys) {
    hash = Math.imul(hash ^ (key & 0xffff), 0x01000193);
    hash = Math.imul(hash ^ (key >>> 16), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  }
  return (hash ^ (hash >>> 13)) >>> 0;
}
