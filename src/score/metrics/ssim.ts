import type { Plane } from '../../image/plane.js';
import { luma } from '../../image/plane.js';
import { resize } from '../../image/codec.js';
import type { Metric } from '../metric.js';
import { reduced } from '../reduced.js';
import { sameShape } from '../same-shape.js';

const RADIUS = 5;
/** Weights of the middle of the window and of the pairs 1 to 5 px away. */
const [w0, w1, w2, w3, w4, w5] = (() => {
  const raw = (distance: number) => Math.exp(-(distance ** 2) / (2 * 1.5 ** 2));
  const sum = 1 + 2 * (raw(1) + raw(2) + raw(3) + raw(4) + raw(5));
  return [1 / sum, raw(1) / sum, raw(2) / sum, raw(3) / sum, raw(4) / sum, raw(5) / sum] as const;
})();
const C1 = (0.01 * 255) ** 2;
const C2 = (0.03 * 255) ** 2;

/** Convolves with the Gaussian along rows, then columns; only where the whole 11x11 window fits. */
function smooth(values: Float32Array, width: number, height: number): Float32Array {
  const across = weigh(values, width, height, width - 2 * RADIUS, 1);
  return weigh(across, width - 2 * RADIUS, height - 2 * RADIUS, width - 2 * RADIUS, width - 2 * RADIUS);
}

/** One pass over `rows` rows of `stride` values, the first `count` of each; neighbours are `step` values apart. */
function weigh(from: Float32Array, stride: number, rows: number, count: number, step: number): Float32Array {
  const out = new Float32Array(rows * count);
  const [s2, s3, s4, s5, s6, s7, s8, s9, s10] = [2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => n * step) as Steps;
  // Written out, as this is most of the work: the window is symmetric, so its ends are added before they are weighed.
  for (let row = 0, to = 0; row < rows; row += 1) {
    for (let i = row * stride, end = i + count; i < end; i += 1, to += 1) {
      out[to] =
        w0 * (from[i + s5] ?? 0) +
        w1 * ((from[i + s4] ?? 0) + (from[i + s6] ?? 0)) +
        w2 * ((from[i + s3] ?? 0) + (from[i + s7] ?? 0)) +
        w3 * ((from[i + s2] ?? 0) + (from[i + s8] ?? 0)) +
        w4 * ((from[i + step] ?? 0) + (from[i + s9] ?? 0)) +
        w5 * ((from[i] ?? 0) + (from[i + s10] ?? 0));
    }
  }
  return out;
}

type Steps = [number, number, number, number, number, number, number, number, number];

/**
 * Mean structural similarity of two equally sized luma planes (0-255), -1 to 1, 1 when equal. Gaussian window 11x11 of
 * sigma 1.5, K1 .01, K2 .03, population variance, mean over the positions where the window fits; with `weights` (one a
 * pixel) weighed by that of its middle.
 * Source: Wang, Bovik, Sheikh, Simoncelli, "Image quality assessment", IEEE TIP 13(4), 2004.
 * @throws RangeError when the sizes differ or a side is shorter than the window
 */
export function ssim(a: Plane, b: Plane, weights?: Float32Array): number {
  const { width, height } = a;
  if (width !== b.width || height !== b.height)
    throw new RangeError(`ssim of ${width}x${height} and ${b.width}x${b.height}`);
  if (Math.min(width, height) <= 2 * RADIUS) throw new RangeError(`ssim needs 11x11 pixels, got ${width}x${height}`);
  const product = new Float32Array(a.values.length);
  // Only the sum of the two variances enters the formula, so one plane serves both.
  const squares = new Float32Array(a.values.length);
  for (let i = 0; i < product.length; i += 1) {
    const x = a.values[i] ?? 0;
    const y = b.values[i] ?? 0;
    product[i] = x * y;
    squares[i] = x * x + y * y;
  }
  const meanA = smooth(a.values, width, height);
  const meanB = smooth(b.values, width, height);
  const meanProduct = smooth(product, width, height);
  const meanSquares = smooth(squares, width, height);
  let total = 0;
  let weight = 0;
  const across = width - 2 * RADIUS;
  for (let row = 0, i = 0; row < height - 2 * RADIUS; row += 1) {
    for (let middle = (row + RADIUS) * width + RADIUS, end = middle + across; middle < end; middle += 1, i += 1) {
      const counts = weights ? (weights[middle] ?? 0) : 1;
      const x = meanA[i] ?? 0;
      const y = meanB[i] ?? 0;
      const covariance = (meanProduct[i] ?? 0) - x * y;
      const variances = (meanSquares[i] ?? 0) - x * x - y * y;
      total += (counts * (2 * x * y + C1) * (2 * covariance + C2)) / ((x * x + y * y + C1) * (variances + C2));
      weight += counts;
    }
  }
  return total / weight;
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
