import type { Encoder } from '../../encode/encoder.js';
import { splitSheet, type ViewSpec } from '../../encode/sheet.js';
import { edges, type Box, type Raster } from '../../image/raster.js';
import { mean } from '../../stats/summary.js';
import { castOf, FOUND_FROM, OWN_PLACE, scoreOf, type Sighting } from '../cast.js';
import { composite, compositeVersion } from '../composite.js';
import { around, copiedFrom } from '../copy-paste.js';
import { placeEvidence } from '../evidence.js';
import { compareViews, likenessAt } from '../likeness.js';
import { lackOfSheets, type Metric, type Score } from '../metric.js';
import { referenceOf, type Reference } from '../reference.js';
import { reduced } from '../reduced.js';
import { distinct, overlap, search, type Match } from '../search.js';
import { searchable, type Searchable } from '../searchable.js';
import { encodeView } from '../view.js';

/**
 * Is it the same character? 0 is how alike another character looks, 1 how alike the character's own figure looks in
 * another picture; values beyond both ends are kept, as cutting them off would cost the statistics their power.
 * Scenes: the best window with the best view of the sheet, that view's parts with their best windows, and, where the
 * encoder gives patches, that view's patches with theirs; each on its own scale, then weighed. Sheets: view against view.
 * Several characters: each with a place of its own, the mean over them. That a maximum over local matches agrees with
 * people much better than one cosine of whole pictures was shown by MaSC (arXiv 2605.22469).
 */
export const consistencyMetric: Metric = {
  id: 'consistency',
  version: compositeVersion,
  better: 'higher',
  against: 'sheet',
  encodes: true,
  async measure(input) {
    const { image, sheets, makesSheet, encoder, calibrations } = input;
    const lack = lackOfSheets(input);
    if (lack !== null) return { value: null, reason: lack };
    if (!encoder) return { value: null, reason: 'no encoder' };
    if (Math.min(image.width, image.height) < SMALLEST)
      return { value: null, reason: `${image.width}x${image.height} px are too few to see anybody in` };
    const sought: Sought[] = [];
    for (const sheet of sheets) {
      const { reference, reason } = await referenceOf(sheet, encoder, calibrations);
      if (!reference) return unscored(reason, sheet, sheets);
      sought.push({ character: sheet.character, views: sheet.views, reference });
    }
    return makesSheet ? compareSheets(image, sought, encoder) : findInScene(image, sought, encoder);
  },
};

/** px. Enlarged to what the encoder sees, less than this is a blur in which everybody looks alike. */
const SMALLEST = 32;

/** Where one of several characters cannot be scored, the picture has no value; the reason says which. */
function unscored(reason: string, { character }: Pick<Sought, 'character'>, { length }: readonly unknown[]): Measured {
  return { value: null, reason: length > 1 ? `of the character '${character}': ${reason}` : reason };
}

type Measured = Omit<Score, 'version'>;

interface Sought {
  character: string;
  /** As the suite names them; a new sheet is split in the same way. */
  views: readonly ViewSpec[];
  reference: Reference;
}

const CANNOT_TELL = 'the encoder cannot tell this character from others: its own pictures look no more like it';
/** Places that are looked at for each character, beside one for each character sought: it may be there twice. */
const MORE_PLACES = 1;
/** A copy is more like the sheet than any other picture of the character; below this no copy is looked for. */
const COPY_FROM = 0.8;

async function findInScene(image: Raster, sought: readonly Sought[], encoder: Encoder): Promise<Measured> {
  const small = (await reduced(image)).raster;
  const picture = searchable(small, encoder);
  const scale = { x: image.width / small.width, y: image.height / small.height };
  const all = [];
  for (const one of sought) {
    const sightings = await sightingsOf(one.reference, picture, scale, encoder, sought.length + MORE_PLACES);
    if (!sightings) return unscored(CANNOT_TELL, one, sought);
    all.push({ character: one.character, sightings });
  }
  const [only] = all;
  if (all.length > 1 || !only) return scoreOf(castOf(all));
  const [at, ...others] = only.sightings;
  if (!at) throw new Error('a search found no place at all');
  const extra = others.filter(({ value, box }) => value >= FOUND_FROM && overlap(box, at.box) <= OWN_PLACE);
  return {
    value: at.value,
    evidence: {
      characterFound: at.value >= FOUND_FROM,
      box: edges(at.box),
      ...at.evidence,
      ...(extra.length > 0 ? { extra: extra.map(({ value, box }) => ({ value, box: edges(box) })) } : {}),
    },
  };
}

/** The best places for one character, the best first; `null` when the encoder cannot tell it from others. */
async function sightingsOf(
  { views, sceneScale }: Reference,
  picture: Searchable,
  scale: { x: number; y: number },
  encoder: Encoder,
  places: number,
): Promise<Sighting[] | null> {
  const inPixels = ({ x, y, width, height }: Box): Box => ({
    x: x * scale.x,
    y: y * scale.y,
    width: width * scale.x,
    height: height * scale.y,
  });
  const calibration = await sceneScale();
  const matches = await search(picture, views, encoder.size, places);
  const sightings: Sighting[] = [];
  const [best] = matches;
  const [floor, ceiling] = [calibration.floor['window'] ?? -1, calibration.ceiling['window'] ?? 1];
  const secondFrom = floor + (FOUND_FROM / 2) * (ceiling - floor);
  /** Where one character is sought, another place matters only as a second copy: one that will count as found. */
  const worthALook = ({ box, cosine }: Match) =>
    places > 1 + MORE_PLACES ||
    box === best?.box ||
    (cosine > secondFrom && overlap(box, best?.box ?? box) <= OWN_PLACE);
  for (const place of distinct(matches, places)) {
    if (!worthALook(place)) continue;
    const likeness = await likenessAt(picture, place, matches, views);
    const measured = composite(likeness.channels, calibration);
    const view = views[likeness.view];
    if (!measured || !view) return null;
    const evidence = placeEvidence(likeness, view, calibration, (box) => edges(inPixels(box)));
    const copy = measured.value >= COPY_FROM && copiedFrom(view.cutout, around(place.box, picture.raster));
    if (copy && copy.copied) evidence['copied'] = { distance: copy.distance, similarity: copy.similarity };
    sightings.push({ box: inPixels(place.box), value: measured.value, evidence });
  }
  return sightings;
}

/** Several characters may stand on one sheet: the mean over them. */
async function compareSheets(image: Raster, sought: readonly Sought[], encoder: Encoder): Promise<Measured> {
  const compared = [];
  for (const one of sought) {
    const { views, reason } = await comparedViews(image, one, encoder);
    if (!views) return unscored(reason, one, sought);
    const value = mean(views.map((view) => view.value));
    compared.push({ character: one.character, characterFound: value >= FOUND_FROM, value, views });
  }
  const [only, ...others] = compared;
  if (only && others.length === 0) {
    const { value, characterFound, views } = only;
    return { value, evidence: { characterFound, views } };
  }
  return {
    value: mean(compared.map(({ value }) => value)),
    evidence: {
      characters: compared.map(({ character, characterFound, value }) => ({ character, characterFound, value })),
      views: compared.flatMap(({ character, views }) => views.map((view) => ({ character, ...view }))),
    },
  };
}

async function comparedViews(image: Raster, { reference, views: named }: Sought, encoder: Encoder) {
  const split = await splitSheet(image, named);
  if (!split.views) return { reason: `in the sample, ${split.reason}` };
  const scales = await reference.viewScales();
  const views = [];
  for (const [i, view] of reference.views.entries()) {
    const [candidate, scale] = [split.views[i], scales[i]];
    if (!candidate || !scale) throw new Error(`the view '${view.name}' was lost`);
    const likeness = compareViews(view, await encodeView(candidate, encoder));
    const measured = composite(likeness.channels, scale);
    if (!measured) return { reason: CANNOT_TELL };
    const evidence = placeEvidence(likeness, view, scale, edges);
    views.push({ ...evidence, box: edges(candidate.box), value: measured.value });
  }
  return { views };
}
