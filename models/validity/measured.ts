import type { Encoder } from '../../src/encode/encoder.js';
import type { Raster } from '../../src/image/raster.js';
import type { MetricInput } from '../../src/score/metric.js';
import { metrics } from '../../src/score/metrics/index.js';
import type { Picture } from './design.js';
import { drifted, isDrift, isMissingPart } from './drawing/drift.js';
import { makeIdentity } from './drawing/identity.js';
import { drawScene, type Scene } from './drawing/scene.js';
import { drawSheet } from './drawing/sheet.js';

/** One picture with what is known of it and what the metrics say: a line of the dump. */
export interface Measured extends Omit<Picture, 'setting' | 'seed'>, Omit<Scene, 'image'> {
  view: string;
  background: string;
  /** At level 3 a small part is gone, where this drift takes one away from this character. */
  missing: boolean;
  /** `clip-cosine`, every channel of consistency on its calibrated scale, and `consistency` itself; `null`: unscored. */
  scores: Record<string, number | null>;
  /** Where the best window is, [x, y, width, height] in px, and whether the character counts as found. */
  window: number[];
  found: boolean;
}

/** Draws and measures the pictures of one character, one after another. */
export async function measurePictures(
  identity: number,
  pictures: readonly Picture[],
  encoder: Encoder,
): Promise<Measured[]> {
  const sheet = await drawSheet(makeIdentity(identity));
  const measured: Measured[] = [];
  for (const { setting, seed, ...picture } of pictures) {
    const { arm, level } = picture;
    const base = makeIdentity(picture.shown);
    const shown = isDrift(arm) && level !== 0 ? drifted(base, arm, level) : base;
    const { image, ...known } = await drawScene(shown, base, setting, seed);
    measured.push({
      ...picture,
      view: setting.view,
      background: setting.background,
      ...known,
      missing: isDrift(arm) && level === 3 && isMissingPart(base, arm),
      ...(await score(image, sheet, identity, encoder)),
    });
  }
  return measured;
}

/** Through the metrics themselves, so that what is shown to be valid is what users get. */
async function score(image: Raster, sheet: Raster, identity: number, encoder: Encoder) {
  const character = `character ${identity}`;
  const input: MetricInput = {
    image,
    sha256: 'not remembered',
    case: { name: character, text: [], checklist: [] },
    requested: { aspectRatio: null, imageSize: null },
    sheets: [
      { character, image: sheet, sha256: character, views: ['front', 'back'].map((name) => ({ name, box: null })) },
    ],
    withoutSheet: [],
    makesSheet: false,
    approved: null,
    kept: null,
    encoder,
    reader: { missing: 'only consistency is measured' },
    calibrations: null,
  };
  const plain = await metrics['clip-cosine'].measure(input);
  const full = await metrics.consistency.measure(input);
  const evidence = full.evidence as
    { channels: Record<string, number>; box: number[]; characterFound: boolean } | undefined;
  return {
    scores: { 'clip-cosine': plain.value, ...evidence?.channels, consistency: full.value },
    window: evidence?.box ?? [],
    found: evidence?.characterFound ?? false,
  };
}
