import type { Box } from '../../../image/raster.js';
import type { Picture, SampleRecord } from '../../../record.js';

const MARGIN = 0.15;

/**
 * Where the character was found: `consistency.evidence.box` as [x, y, width, height] in pixels, cut to the picture.
 * The nearest place of one that was not found shows nothing.
 */
export function foundBox(sample: SampleRecord): Box | null {
  const evidence = sample.scores['consistency']?.evidence;
  return sample.image && evidence?.['characterFound'] !== false ? cutTo(sample.image, evidence?.['box']) : null;
}

/** The same, or, for a sheet, every view that was found on it (`evidence.views[].box`). */
export function foundBoxes(sample: SampleRecord): Box[] {
  const box = foundBox(sample);
  const views = sample.scores['consistency']?.evidence?.['views'];
  if (box) return [box];
  return Array.isArray(views)
    ? views.flatMap((view: { box?: unknown } | null) => (sample.image && cutTo(sample.image, view?.box)) ?? [])
    : [];
}

function cutTo(picture: Picture, box: unknown): Box | null {
  if (!Array.isArray(box) || box.length !== 4) return null;
  const [x, y, width, height] = box.map(Number) as [number, number, number, number];
  if (![x, y, width, height].every(Number.isFinite)) return null;
  const left = Math.max(0, Math.round(x));
  const top = Math.max(0, Math.round(y));
  const right = Math.min(picture.width, Math.round(x + width));
  const bottom = Math.min(picture.height, Math.round(y + height));
  return right - left < 1 || bottom - top < 1 ? null : { x: left, y: top, width: right - left, height: bottom - top };
}

/** The square round a found character, with a margin, moved and at need cut to stay inside the picture. */
export function tileBox(picture: Pick<Picture, 'width' | 'height'>, found: Box): Box {
  const side = Math.round(Math.max(found.width, found.height) * (1 + 2 * MARGIN));
  const width = Math.min(side, picture.width);
  const height = Math.min(side, picture.height);
  const within = (middle: number, length: number, limit: number) =>
    Math.min(Math.max(0, Math.round(middle - length / 2)), limit - length);
  return {
    x: within(found.x + found.width / 2, width, picture.width),
    y: within(found.y + found.height / 2, height, picture.height),
    width,
    height,
  };
}
