import { borderColour, plainBackground } from '../../image/background.js';
import { luma } from '../../image/plane.js';
import { crop, flatten, type Raster } from '../../image/raster.js';
import type { Metric } from '../metric.js';
import { blockiness } from '../quality/blockiness.js';
import { colourfulness } from '../quality/colourfulness.js';
import { isBlank, isLetterboxed } from '../quality/defects.js';
import { detail } from '../quality/detail.js';
import { clipping, tone } from '../quality/tone.js';
import { reduced } from '../reduced.js';

/** What is measured on a picture; the units are those of the kernels. */
export interface QualityMeasures {
  contrast: number;
  sharpness: number;
  noise: number;
  clipped: number;
  blockiness: number;
}

/** How good each side of a picture is, 0-1. The constants were chosen on photos and illustrations; see the tests. */
export function qualityComponents(measured: QualityMeasures) {
  return {
    contrast: Math.min(1, (measured.contrast * 255) / 40),
    sharpness: measured.sharpness / (measured.sharpness + 150),
    noise: Math.exp(-measured.noise / 10),
    // Never quite 0: a white panel in a drawing is clipped too, and is no defect.
    clipping: Math.exp(-5 * measured.clipped),
    blocks: Math.exp(-3 * Math.max(0, measured.blockiness - 1.1)),
  };
}

/**
 * Technical quality without a reference, 0-1: the geometric mean of its components, so that one ruined side is not
 * made good by the others. It knows nothing of beauty. Taken at short side 512 px, block artefacts at native size.
 */
export const qualityMetric: Metric = {
  id: 'quality',
  version: '2',
  better: 'higher',
  against: 'nothing',
  encodes: false,
  async measure({ image }) {
    const small = await reduced(image);
    const light = tone(small.luma);
    const clip = clipping(small.raster, clippedBackground(small.raster));
    const measured = {
      ...light,
      ...detail(small.luma),
      clipped: clip.white + clip.black,
      blockiness: blockiness(luma(flatten(middle(image)))),
    };
    const components = qualityComponents(measured);
    const parts = Object.values(components);
    const value = parts.reduce((product, part) => product * part, 1) ** (1 / parts.length);
    const flags = [
      ...(isBlank(small.raster, light.contrast) ? ['blank'] : []),
      ...(isLetterboxed(small.luma) ? ['letterbox'] : []),
    ];
    return { value, evidence: { components, flags, ...measured, colourfulness: colourfulness(small.raster) } };
  },
};

/** The plain background of a sheet or a logo is meant to be white (or black): it is not looked at for clipping. */
function clippedBackground(raster: Raster): Uint8Array | undefined {
  const colour = borderColour(raster);
  const extreme = Math.min(...colour) >= 240 || Math.max(...colour) <= 15;
  return extreme ? plainBackground(raster, colour) : undefined;
}

/** At most 1024 x 1024 px from the middle, starting on the 8-pixel grid: enough to see block artefacts, also at 4K. */
function middle(image: Raster): Raster {
  const [width, height] = [Math.min(1024, image.width), Math.min(1024, image.height)];
  const start = (length: number, part: number) => Math.floor((length - part) / 16) * 8;
  return crop(image, { x: start(image.width, width), y: start(image.height, height), width, height });
}
