import type { Picture, RunRecord, SampleRecord } from '../record.js';
import { count } from './format.js';

/** Pictures that were asked for again, and did not stay. */
export function triedPictures({ discarded = [] }: Pick<SampleRecord, 'discarded'>): Picture[] {
  return discarded.map(({ image }) => image);
}

/**
 * How many pictures of a run are not the first of their slot: what was discarded before them says as much about a prompt
 * as they do. `null` where the suite has no retry policy.
 */
export function triesText({ samples, settings }: Pick<RunRecord, 'samples' | 'settings'>): string | null {
  if (settings['retry'] === undefined) return null;
  const later = samples.filter(({ image, discarded = [] }) => image && discarded.length > 0).length;
  const pictures = samples.filter(({ image }) => image).length;
  const discarded = samples.reduce((sum, sample) => sum + triedPictures(sample).length, 0);
  const of = `${later.toLocaleString('en-US')} of ${count(pictures, 'picture')}`;
  return `${of} ${later === 1 ? 'is a' : 'are'} second or later ${later === 1 ? 'try' : 'tries'}, ${discarded} discarded`;
}
