import type { Edit } from '../suite/suite.js';
import type { PictureFile, ScoreTask } from './thread.js';

/** What an edit is compared with, as its own request carried it; `null` where the request did not. */
export function keptPicture(
  { picture, marked, outpaint }: Omit<Edit, 'keeps'>,
  carried: (name: string) => PictureFile | null,
): ScoreTask['kept'] {
  const [before, copy] = [carried(picture), marked === null ? null : carried(marked)];
  return before && (copy || marked === null) ? { ...before, marked: copy, outpaint } : null;
}
