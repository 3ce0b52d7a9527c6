import type { Box } from '../../../image/raster.js';
import type { SampleRecord } from '../../../record.js';
import { score } from '../../format.js';
import { cutTo, membersOf } from './found.js';

/** A character's part that is least like the sheet's, where it was found in the picture. */
export interface WeakestPart {
  box: Box;
  /** `lower 0.34` */
  label: string;
}

/** From `consistency.evidence.parts`, of whichever character has the lowest; `null` where nothing was found or said. */
export function weakestPart({ image, scores }: Pick<SampleRecord, 'image' | 'scores'>): WeakestPart | null {
  const evidence = scores['consistency']?.evidence;
  if (!image || !evidence || evidence['characterFound'] === false) return null;
  const parts = [evidence, ...membersOf(evidence['characters'])]
    .flatMap((each) => membersOf(each['parts']))
    .flatMap(({ name, cosine, box: at }) => {
      const box = cutTo(image, at);
      return box && typeof cosine === 'number' ? [{ name: String(name), cosine, box }] : [];
    })
    .sort((a, b) => a.cosine - b.cosine);
  const [worst] = parts;
  return worst ? { box: worst.box, label: `${worst.name} ${score(worst.cosine)}` } : null;
}
