import { edges } from '../../image/raster.js';
import { readerName } from '../../read/tesseract.js';
import { findCaptions, type FoundCaption, plain } from '../captions.js';
import type { Metric } from '../metric.js';

/** Short sides of the copies that are read, px: as Gemini's 1K pictures are, and twice that for small letters. */
const SIDES = [768, 1536];
/** Letters do not get plainer beyond it. */
const MOST_ENLARGED = 3;

/**
 * Are the captions readable? The mean over them of 1 - CER: the share of a caption's characters that a text reader reads
 * right, in the place where most of them are. 1 is letter by letter, a wrong letter of ten takes .1 from its caption.
 * Where a caption is not right yet, an enlarged copy is read too, and the better reading counts.
 */
export const textMetric: Metric = {
  id: 'text',
  version: `2 (${readerName})`,
  better: 'higher',
  against: 'nothing',
  encodes: false,
  reads: true,
  async measure({ image, case: { text: captions }, reader }) {
    if (captions.length === 0) return { value: null, reason: 'no text is asked for' };
    const foreign = captions.find((caption) => /(?!\p{Script=Latin})\p{L}/u.test(caption));
    if (foreign !== undefined)
      return { value: null, reason: `the text reader knows Latin letters only, and '${foreign}' has others` };
    if ('missing' in reader) return { value: null, reason: reader.missing };
    let found: FoundCaption[] | undefined;
    const most = MOST_ENLARGED * Math.min(image.width, image.height);
    for (const side of new Set(SIDES.map((each) => Math.min(each, most)))) {
      const here = findCaptions(captions, await reader.lines(image, side));
      found = found ? found.map((before, i) => better(before, here[i])) : here;
      if (found.every(({ score }) => score === 1)) break;
    }
    return evaluated(found ?? []);
  },
};

function better(a: FoundCaption, b: FoundCaption | undefined): FoundCaption {
  return b && b.score > a.score ? b : a;
}

function evaluated(found: readonly FoundCaption[]) {
  const shown = found.map(({ caption, read, score, box }) => ({
    caption: plain(caption),
    read,
    score: Math.round(score * 1e4) / 1e4,
    box: box && edges(box),
  }));
  return { value: found.reduce((sum, { score }) => sum + score, 0) / found.length, evidence: { captions: shown } };
}
