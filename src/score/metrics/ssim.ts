import type { Plane } from '../../image/plane.js';
import { luma } from '../../image/plane.js';
import { resize } from '../../image/codec.js';
import type { Metric } from '../metric.js';
import { reduced } from '../reduced.js';
import { sameShape } from '../same-shape.js';

const RADIUS = 5;
const kernel = (() => {
  const weights = Array.from({ length: 2 * RADIUS + 1 }, (_, i) => Math.exp(-((i - RADIUS) ** 2) / (2 * 1.5 ** 2)));
  const sum = weights.reduce((a, b) => a + b);
  return Float64Array.from(weights, (weight) => weight / sum);
})();
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/** Convolves with the Gaussian along rows, then columns; only where the whole 11x11 window fits. */
function smooth(values: Float32Array, width: number, height: number): Float32Array {
  const outWidth = width - 2 * RADIUS;
  const outHeight = height - 2 * RADIUS;
  const across = new Float32Array(outWidth * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < outWidth; x += 1) {
      let sum = 0;
      for (let k = 0, at = y * width + x; k < kernel.length; k += 1) sum += (kernel[k] ?? 0) * (values[at + k] ?? 0);
      across[y * outWidth + x] = sum;
    }
  }
  const out = new Float32Array(outWidth * outHeight);
  for (let y = 0; y < outHeight; y += 1) {
    for (let x = 0; x < outWidth; x += 1) {
      let sum = 0;
      for (let k = 0, at = y * outWidth + x; k < kernel.length; k += 1, at += outWidth) {
        sum += (kernel[k] ?? 0) * (across[at] ?? 0);
      }
      out[y * outWidth + x] = sum;
    }
  }
  return out;
}

/**
 * Mean structural similarity of two equally sized luma planes (0-255), -1 to 1, 1 when equal. Gaussian window 11x11 of
 * sigma 1.5, K1 .01, K2 .03, population variance, mean over the positions where the window fits.
 * Source: Wang, Bovik, Sheikh, Simoncelli, "Image quality assessment", IEEE TIP 13(4), 2004.
 * @throws RangeError when the sizes differ or a side is shorter than the window
 */
export function ssim(a: Plane, b: Plane): number {
  const { width, height } = a;
  if (width !== b.width || height !== b.height)
    throw new RangeError(`ssim of ${width}x${height} and ${b.width}x${b.height}`);
  if (Math.min(width, height) <= 2 * RADIUS) throw new RangeError(`ssim needs 11x11 pixels, got ${width}x${height}`);
  const product = a.values.map((value, i) => value * (b.values[i] ?? 0));
  // Only the sum of the two variances enters the formula, so one plane serves both.
  const squares = a.values.map((value, i) => value ** 2 + (b.values[i] ?? 0) ** 2);
  const meanA = smooth(a.values, width, height);
  const meanB = smooth(b.values, width, height);
  const meanProduct = smooth(product, width, height);
  const meanSquares = smooth(squares, width, height);
  let total = 0;
  for (let i = 0; i < meanA.length; i += 1) {
    const [x, y] = [meanA[i] ?? 0, meanB[i] ?? 0];
    const covariance = (meanProduct[i] ?? 0) - x * y;
    const variances = (meanSquares[i] ?? 0) - x * x - y * y;
    total += ((2 * x * y + C1) * (2 * covariance + C2)) / ((x * x + y * y + C1) * (variances + C2));
  }
  return total / meanA.length;
}

/** Structural likeness to the approved picture, both at short side 512 px: what counts must not depend on 1K or 4K. */
export const ssimMetric: Metric = {
  id: 'ssim',
  version: '1',
  better: 'higher',
  against: 'approved',
  encodes: false,
  async measure({ image, approved }) {
    const pair = sameShape(image, approved);
    if (pair.reason !== undefined) return { value: null, reason: pair.reason };
    const reference = (await reduced(pair.approved)).luma;
    const own = await reduced(image);
    const { width, height } = reference;
    const fits = own.luma.width === width && own.luma.height === height;
    const candidate = fits ? own.luma : luma(await resize(own.raster, width, height));
    return { value: ssim(candidate, reference), evidence: { width, height, resized: pair.resize } };
  },
};
