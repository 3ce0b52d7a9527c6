import pixelmatch from 'pixelmatch';
import { resize } from '../../image/codec.js';
import type { Raster } from '../../image/raster.js';
import type { Metric } from '../metric.js';
import { sameShape } from '../same-shape.js';

/**
 * How many pixels of two equally sized rasters differ visibly, anti-aliased edges left out. pixelmatch 7.2.0 (YIQ
 * difference above 35215 x .1²), pinned: later versions count differently.
 */
export function differingPixels(a: Raster, b: Raster): number {
  return pixelmatch(a.data, b.data, undefined, a.width, a.height, { threshold: 0.1, includeAA: false });
}

/** Share of pixels, 0-1, that differ from the approved picture. */
export const pixelDiffMetric: Metric = {
  id: 'pixel-diff',
  version: '1',
  better: 'lower',
  against: 'approved',
  encodes: false,
  async measure({ image, approved }) {
    const pair = sameShape(image, approved);
    if (pair.reason !== undefined) return { value: null, reason: pair.reason };
    const { width, height } = pair.approved;
    const candidate = pair.resize ? await resize(image, width, height) : image;
    const differing = differingPixels(candidate, pair.approved);
    return { value: differing / (width * height), evidence: { differing, width, height, resized: pair.resize } };
  },
};
