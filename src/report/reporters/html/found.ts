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

/**
 * The same; or every one of several characters that was found (`evidence.characters[].box`); or, for a sheet, every view
 * that was found on it (`evidence.views[].box`).
 */
export function foundBoxes(sample: SampleRecord): Box[] {
  const { image } = sample;
  const box = foundBox(sample);
  if (box || !image) return box ? [box] : [];
  const evidence = sample.scores['consistency']?.evidence;
  return [...membersOf(evidence?.['characters']), ...membersOf(evidence?.['views'])]
    .filter((each) => each['characterFound'] !== false)
    .flatMap((each) => cutTo(image, each['box']) ?? []);
}

/** Who should be seen and was not found, and who is there once more. */
export function castNotes(sample: SampleRecord): string[] {
  const evidence = sample.scores['consistency']?.evidence;
  const nameOf = (each: Record<string, unknown>) =>
    typeof each['character'] === 'string' ? each['character'] : 'character';
  const missing = [evidence ?? {}, ...membersOf(evidence?.['characters'])]
    .filter((each) => each['characterFound'] === false)
    .map((each) => `${nameOf(each)} not found`);
  return [...missing, ...membersOf(evidence?.['extra']).map((each) => `${nameOf(each)} there once more`)];
}

/** What evidence lists, as far as it is what it should be: a record may come from elsewhere. */
export function membersOf(list: unknown): Record<string, unknown>[] {
  const isMember = (each: unknown): each is Record<string, unknown> => typeof each === 'object' && each !== null;
  return Array.isArray(list) ? list.filter(isMember) : [];
}

/** [x, y, width, height] cut to the picture; `null` for anything else. */
export function cutTo(picture: Picture, box: unknown): Box | null {
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
