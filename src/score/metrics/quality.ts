import { backgroundMask } from '../../image/background.js';
import type { Metric } from '../metric.js';
import { colourfulness } from '../quality/colourfulness.js';
import { isBlank, isLetterboxed } from '../quality/defects.js';
import { detail, type Detail } from '../quality/detail.js';
import { clipping, tone, type Tone } from '../quality/tone.js';
import { reduced } from '../reduced.js';

/** How good each side of a picture is, 0-1; where each reaches .5 or 1 was chosen on photos and illustrations. */
export function components(measured: Tone & Detail & { clipped: number }): Record<string, number> {
  return {
    contrast: Math.min(1, (measured.contrast * 255) / 40),
    sharpness: measured.sharpness / (measured.sharpness + 150),
    noise: Math.exp(-measured.noise / 10),
    clipping: 1 - Math.min(1, 5 * measured.clipped),
  };
}

/**
 * Technical quality without a reference, 0-1: the geometric mean of its components, so that one ruined side is not
 * made good by the others. It knows nothing of beauty. Taken at short side 512 px.
 */
export const qualityMetric: Metric = {
  id: 'quality',
  version: '1',
  better: 'higher',
  against: 'nothing',
  encodes: false,
  async measure({ image, makesSheet }) {
    const { raster, luma } = await reduced(image);
    const light = tone(luma);
    // A sheet's plain background is meant to be white.
    const clip = clipping(raster, makesSheet ? backgroundMask(raster) : undefined);
    const sharp = detail(luma);
    const parts = components({ ...light, ...sharp, clipped: clip.white + clip.black });
    const values = Object.values(parts);
    const value = values.reduce((product, part) => product * part, 1) ** (1 / values.length);
    const flags = [...(isBlank(light.contrast) ? ['blank'] : []), ...(isLetterboxed(luma) ? ['letterbox'] : [])];
    return {
      value,
      evidence: { components: parts, flags, ...light, ...sharp, clip, colourfulness: colourfulness(raster) },
    };
  },
};
