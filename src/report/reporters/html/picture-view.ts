import type { Box } from '../../../image/raster.js';
import type { Picture } from '../../../record.js';
import type { Thumbnails } from './thumbnails.js';
import type { WeakestPart } from './weakest.js';

/** A picture on a page. Paths are relative to the run's folder; the template puts the page's own way there before them. */
export interface PictureView {
  /** `null` when the file cannot be shown: `problem` says why. */
  src: string | null;
  problem: string;
  /** The picture as received; `null` in a report that leaves it out. */
  full: string | null;
  alt: string;
  width: number;
  height: number;
  /** Where the character was found and which part of it is weakest, in pixels of the picture. */
  overlay: { boxes: Box[]; dim: string; weakest: WeakestPart[] } | null;
}

/** `size`: `whole` is a copy small enough for a grid, `full` the picture as received, where the report has it. */
export function pictureView(
  thumbs: Thumbnails,
  picture: Picture,
  alt: string,
  size: 'whole' | 'full',
  found: Box[] = [],
  weakest: WeakestPart | null = null,
): PictureView {
  const { width, height } = picture;
  const problem = thumbs.problem(picture);
  const full = thumbs.full(picture);
  return {
    src: problem === null ? ((size === 'full' ? full : null) ?? thumbs.whole(picture)) : null,
    problem: problem ?? '',
    full,
    alt,
    width,
    height,
    overlay:
      found.length === 0
        ? null
        : {
            weakest: weakest ? [weakest] : [],
            boxes: found,
            dim: `M0 0H${width}V${height}H0Z${apart(found)
              .map((box) => `M${box.x} ${box.y}v${box.height}h${box.width}v${-box.height}Z`)
              .join('')}`,
          },
  };
}

/** The same area as boxes that do not overlap, which an even-odd fill would paint again. */
export function apart(boxes: readonly Box[]): Box[] {
  const edges = [...new Set(boxes.flatMap(({ x, width }) => [x, x + width]))].sort((a, b) => a - b);
  return edges.slice(1).flatMap((right, i) => {
    const x = edges[i] ?? right;
    const column: Box[] = [];
    const covering = boxes.filter((box) => box.x <= x && box.x + box.width >= right).sort((a, b) => a.y - b.y);
    for (const { y, height } of covering) {
      const last = column.at(-1);
      if (last && y <= last.y + last.height) last.height = Math.max(last.height, y + height - last.y);
      else column.push({ x, y, width: right - x, height });
    }
    return column;
  });
}
