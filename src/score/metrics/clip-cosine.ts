import { dot } from '../likeness.js';
import type { Metric } from '../metric.js';
import { reduced } from '../reduced.js';

/**
 * The plain cosine of sheet and picture as wholes, -1 to 1 (CLIP-I of DreamBooth and ImagenHub): for comparison with
 * figures from elsewhere. Background and style weigh more in it than the character does; do not gate on it.
 */
export const clipCosineMetric: Metric = {
  id: 'clip-cosine',
  version: '1',
  better: 'higher',
  against: 'sheet',
  encodes: true,
  async measure({ image, sheet, makesSheet, encoder }) {
    if (!sheet) return { value: null, reason: makesSheet ? 'no approved sheet' : 'the case shows no character' };
    if (!encoder) return { value: null, reason: 'no encoder' };
    const pictures = await Promise.all([image, sheet.image].map(async (picture) => (await reduced(picture)).raster));
    const [own, reference] = await encoder.embed(pictures);
    if (!own || !reference) throw new Error(`the encoder '${encoder.id}' gave fewer vectors than pictures`);
    return { value: dot(own, reference) };
  },
};
