import type { Encoder } from '../../encode/encoder.js';
import { splitSheet } from '../../encode/sheet.js';
import type { Box, Raster } from '../../image/raster.js';
import { FOUND_FROM } from '../cast.js';
import { compareViews, encodeView, findLikeness } from '../likeness.js';
import { lackOfSheets, type Metric, type Score } from '../metric.js';
import { referenceOf, type Reference, type Scale } from '../reference.js';
import { reduced } from '../reduced.js';
import { searchable } from '../searchable.js';

/**
 * Is it the same character? 0 is how alike another character looks, 1 how alike the character's own figure looks in
 * another picture; values beyond both ends are kept, as cutting them off would cost the statistics their power.
 * Scenes: the best window with the best view of the sheet, and that view's parts with their best windows. Sheets: view
 * against view. Cosines of embeddings centred on the encoder's mean. That a maximum over local matches agrees with people much
 * better than one cosine of whole pictures was shown by MaSC (arXiv 2605.22469), with patches in the place of windows.
 */
export const consistencyMetric: Metric = {
  id: 'consistency',
  version: '1',
  better: 'higher',
  against: 'sheet',
  encodes: true,
  async measure(input) {
    const { image, sheets, makesSheet, encoder } = input;
    const lack = lackOfSheets(input);
    if (lack !== null) return { value: null, reason: lack };
    const [sheet, ...others] = sheets;
    if (!sheet || others.length > 0) return { value: null, reason: 'several characters are not compared yet' };
    if (!encoder) return { value: null, reason: 'no encoder' };
    const { reference, reason } = await referenceOf(sheet, encoder);
    if (!reference) return { value: null, reason };
    return makesSheet ? compareSheets(image, reference, encoder) : findInScene(image, reference, encoder);
  },
};

type Measured = Omit<Score, 'version'>;

async function findInScene(image: Raster, reference: Reference, encoder: Encoder): Promise<Measured> {
  const small = (await reduced(image)).raster;
  const found = await findLikeness(searchable(small, encoder), reference.views, encoder.size);
  const scale = await reference.sceneScale();
  if (scale.ceiling <= scale.floor) return noScale(scale);
  const value = calibrated(found.raw, scale);
  const box = inPixels(found.box, image.width / small.width, image.height / small.height);
  const { view, raw, whole, parts } = found;
  return {
    value,
    evidence: { characterFound: value >= FOUND_FROM, box, view, raw, ...scale, parts: { whole, parts } },
  };
}

/** A view missing from the candidate is compared with whichever of its figures comes nearest. */
async function compareSheets(image: Raster, reference: Reference, encoder: Encoder): Promise<Measured> {
  const specs = reference.views.map(({ name }) => ({ name, box: null }));
  const split = await splitSheet(image, specs);
  if (!split.views) return { value: null, reason: `in the sample, ${split.reason}` };
  const candidates = await Promise.all(split.views.map((view) => encodeView(view, encoder)));
  const scales = await reference.viewScales();
  const views = reference.views.map((view, i) => {
    const scale = scales[i] ?? { floor: 0, ceiling: 0 };
    const raw = compareViews(view, candidates[i] ?? view);
    const { x = 0, y = 0, width = 0, height = 0 } = split.views[i]?.box ?? {};
    return { view: view.name, box: [x, y, width, height], value: calibrated(raw, scale), raw, ...scale };
  });
  const bad = scales.find((scale) => scale.ceiling <= scale.floor);
  if (bad) return noScale(bad);
  const value = views.reduce((sum, view) => sum + view.value, 0) / views.length;
  return { value, evidence: { characterFound: value >= FOUND_FROM, views } };
}

function noScale({ floor, ceiling }: Scale): Measured {
  return {
    value: null,
    reason: `the encoder cannot tell this character from others (itself ${ceiling.toFixed(3)}, others ${floor.toFixed(3)})`,
  };
}

function calibrated(raw: number, { floor, ceiling }: Scale): number {
  return (raw - floor) / (ceiling - floor);
}

function inPixels(box: Box, across: number, down: number): number[] {
  return [box.x * across, box.y * down, box.width * across, box.height * down].map(Math.round);
}
