import { dot } from '../searchable.js';
import { mean } from '../../stats/summary.js';
import { lackOfSheets, type Metric } from '../metric.js';
import { reduced } from '../reduced.js';

/**
 * The plain cosine of sheet and picture as wholes, -1 to 1 (CLIP-I of DreamBooth and ImagenHub), with several characters
 * the mean over their sheets: for comparison with figures from elsewhere. Background and style weigh more in it than the
 * character does; do not gate on it.
 */
export const clipCosineMetric: Metric = {
  id: 'clip-cosine',
  version: '2',
  better: 'higher',
  against: 'sheet',
  encodes: true,
  async measure(input) {
    const { image, sheets, encoder } = input;
    const reason = lackOfSheets(input);
    if (reason !== null) return { value: null, reason };
    if (!encoder) return { value: null, reason: 'no encoder' };
    const pictures = await Promise.all(
      [image, ...sheets.map((sheet) => sheet.image)].map(async (picture) => (await reduced(picture)).raster),
    );
    const [own, ...references] = await encoder.embed(pictures);
    if (!own || references.length < sheets.length)
      throw new Error(`the encoder '${encoder.id}' gave fewer vectors than pictures`);
    return { value: mean(references.map((reference) => dot(own, reference))) };
  },
};
