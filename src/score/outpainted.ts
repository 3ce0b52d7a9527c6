import type { Box } from '../image/raster.js';
import type { KeptPicture } from './metric.js';

type Direction = NonNullable<KeptPicture['outpaint']>;

/** Share of the picture that has to be there. */
const WHOLE = 0.9;
/** Share of the wider picture that has to be new. */
const ADDED = 0.03;
/** Share of what is new that has to lie on the side that was asked for. */
const ON_SIDE = 0.75;

const sides = { left: 'left', right: 'right', up: 'top', down: 'bottom' } as const;

/**
 * Why a picture that lies at `box` (px) of a wider one was not extended as asked; `null` when it was. On all sides means
 * that neither of two opposite sides has three quarters of what was added there.
 */
export function misplaced(direction: Direction, box: Box, wider: { width: number; height: number }): string | null {
  const [right, bottom] = [wider.width - box.x - box.width, wider.height - box.y - box.height];
  const cut = (start: number, end: number, length: number) => 1 + (Math.min(0, start) + Math.min(0, end)) / length;
  const there = cut(box.x, right, box.width) * cut(box.y, bottom, box.height);
  if (there < WHOLE) return `${Math.round(100 * (1 - there))} % of the picture is cut off`;
  const added = {
    left: Math.max(0, box.x) / wider.width,
    right: Math.max(0, right) / wider.width,
    up: Math.max(0, box.y) / wider.height,
    down: Math.max(0, bottom) / wider.height,
  };
  const all = Object.values(added).reduce((sum, share) => sum + share, 0);
  if (all < ADDED) return 'nothing was added: the picture fills the new one';
  if (direction !== 'all') {
    if (added[direction] / all >= ON_SIDE) return null;
    const most = (Object.keys(added) as (keyof typeof added)[]).sort((a, b) => added[b] - added[a])[0] ?? 'left';
    return most === direction
      ? `it was extended at the ${sides[direction]}, but not there only`
      : `it was extended at the ${sides[most]}, not at the ${sides[direction]}`;
  }
  const opposite = [
    ['left', 'right'],
    ['up', 'down'],
  ] as const;
  const heavy = opposite.find(
    (pair) =>
      added[pair[0]] + added[pair[1]] >= ADDED &&
      Math.max(...pair.map((side) => added[side])) >= ON_SIDE * (added[pair[0]] + added[pair[1]]),
  );
  if (!heavy) return null;
  const most = added[heavy[0]] > added[heavy[1]] ? heavy[0] : heavy[1];
  return `it was extended mostly at the ${sides[most]}, not on all sides`;
}
