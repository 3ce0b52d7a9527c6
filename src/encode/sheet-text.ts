import type { Box } from '../image/raster.js';

/** Letters of a caption or title are lower than this share of the tallest thing on the sheet. */
const LETTER_HEIGHT = 0.6;
/** A line has at least as many letters. */
const LETTERS = 3;

/** Leaves out letters: three or more things beside each other, about equally tall and closer together than that. */
export function withoutText<T extends { box: Box }>(things: readonly T[]): T[] {
  const tallest = Math.max(0, ...things.map(({ box }) => box.height));
  const [low, high] = [things.filter(isLow), things.filter((thing) => !isLow(thing))];
  const lines = new Map<T, T[]>(low.map((thing) => [thing, [thing]]));
  low.forEach((a, i) => {
    for (const b of low.slice(i + 1)) {
      const [one, other] = [lines.get(a) ?? [], lines.get(b) ?? []];
      if (one === other || !inLine(a.box, b.box)) continue;
      const [into, from] = one.length > other.length ? [one, other] : [other, one];
      into.push(...from);
      for (const thing of from) lines.set(thing, into);
    }
  });
  return [...high, ...low.filter((thing) => (lines.get(thing)?.length ?? 0) < LETTERS)];

  function isLow({ box }: T): boolean {
    return box.height < LETTER_HEIGHT * tallest;
  }
}

function inLine(a: Box, b: Box): boolean {
  const [lower, higher] = [Math.min(a.height, b.height), Math.max(a.height, b.height)];
  const gap = Math.max(a.x - (b.x + b.width), b.x - (a.x + a.width));
  const shared = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return lower >= 0.5 * higher && gap <= 1.2 * higher && shared >= 0.5 * lower;
}
