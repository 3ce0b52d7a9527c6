import type { Raster } from '../../image/raster.js';
import type { Metric } from '../metric.js';

export interface GuideScore {
  score: number;
  /** Standard deviation of all channel values, 0 to .5. */
  contrast: number;
  /** Variance of the gradient magnitude of the mean grey, 0 and up, unbounded. */
  sharpness: number;
  /** Different colours a pixel, 0 to 1. */
  diversity: number;
}

/**
 * The number that guides to image models compute: .3 contrast + .3 sharpness / 1000 + .4 diversity, at the picture's own
 * size. It rises with noise (white noise has .98) and falls with flat colours (a clean cartoon has .08) and with size,
 * so nothing should hang on it; it is here to compare with figures from elsewhere.
 */
export function guideScore({ width, height, data }: Raster): GuideScore {
  const grey = new Float64Array(width * height);
  const seen = new Uint32Array(2 ** 19);
  let sum = 0;
  let squares = 0;
  let colours = 0;
  for (let p = 0; p < grey.length; p += 1) {
    const r = data[4 * p] ?? 0;
    const g = data[4 * p + 1] ?? 0;
    const b = data[4 * p + 2] ?? 0;
    grey[p] = (r + g + b) / 3;
    sum += r + g + b;
    squares += r * r + g * g + b * b;
    const colour = (r << 16) | (g << 8) | b;
    const word = colour >>> 5;
    const bit = 1 << (colour & 31);
    if (((seen[word] ?? 0) & bit) !== 0) continue;
    seen[word] = (seen[word] ?? 0) | bit;
    colours += 1;
  }
  const count = 3 * grey.length;
  const contrast = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)) / 255;
  const sharpness = gradientVariance(grey, width, height);
  const diversity = colours / grey.length;
  return { score: 0.3 * contrast + 0.3 * (sharpness / 1000) + 0.4 * diversity, contrast, sharpness, diversity };
}

/** Forward differences, on the pixels that have a neighbour on both sides; population variance. */
function gradientVariance(grey: Float64Array, width: number, height: number): number {
  const count = (width - 1) * (height - 1);
  if (count === 0) return 0;
  let sum = 0;
  let squares = 0;
  for (let y = 0; y < height - 1; y += 1) {
    for (let x = 0; x < width - 1; x += 1) {
      const at = y * width + x;
      const here = grey[at] ?? 0;
      const across = (grey[at + 1] ?? 0) - here;
      const down = (grey[at + width] ?? 0) - here;
      // Not Math.hypot, which guards against overflow for twenty times the time.
      const square = across * across + down * down;
      sum += Math.sqrt(square);
      squares += square;
    }
  }
  return Math.max(0, squares / count - (sum / count) ** 2);
}

export const guideScoreMetric: Metric = {
  id: 'guide-score',
  version: '1',
  better: 'higher',
  against: 'nothing',
  encodes: false,
  measure({ image }) {
    const { score, ...evidence } = guideScore(image);
    return Promise.resolve({ value: score, evidence });
  },
};
