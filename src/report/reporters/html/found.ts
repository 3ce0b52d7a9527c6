import type { Box } from '../../../image/raster.js';
import type { Picture, SampleRecord } from '../../../record.js';

const MARGIN = 0.15;

/** Where the character was found: `consistency.evidence.box` as [x, y, width, height] in pixels, cut to the picture. */
export function foundBox(sample: SampleRecord): Box | null {
  const box = sample.scores['consistency']?.evidence?.['box'];
  if (!sample.image || !Array.isArray(box) || box.length !== 4) return null;
  const [x, y, width, height] = box.map(Number) as [number, number, number, number];
  if (![x, y, width, height].every(Number.isFinite)) return null;
  const left = Math.max(0, Math.round(x));
  const top = Math.max(0, Math.round(y));
  const right = Math.min(sample.image.width, Math.round(x + width));
  const bottom = Math.min(sample.image.height, Math.round(y + height));
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
