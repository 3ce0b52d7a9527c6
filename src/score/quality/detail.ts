import type { Plane } from '../../image/plane.js';
import { quantile } from '../../stats/summary.js';

/** Tiles along each side: a shallow depth of field is no defect, so detail is looked for where it is. */
const TILES = 8;

export interface Detail {
  /** Variance of the 4-neighbour Laplacian in the sharpest tiles (90th percentile), what noise adds to it taken off. */
  sharpness: number;
  /** Standard deviation of the noise in the calmest tiles (10th percentile), in luma steps. */
  noise: number;
}

/** Variance of the 4-neighbour Laplacian over the inside of a rectangle (all of the plane by default). */
export function laplacianVariance(plane: Plane, left = 0, top = 0, right = plane.width, bottom = plane.height): number {
  return filtered(
    plane,
    [left, top, right, bottom],
    (at, row, v) => (v[at - 1] ?? 0) + (v[at + 1] ?? 0) + (v[at - row] ?? 0) + (v[at + row] ?? 0) - 4 * (v[at] ?? 0),
  ).variance;
}

/**
 * Noise by the difference of two Laplacians, which edges hardly excite: σ = √(π/2) · mean|Y * N| / 6.
 * Source: Immerkær, "Fast noise variance estimation", Computer Vision and Image Understanding 64(2), 1996.
 */
export function noiseDeviation(plane: Plane, left = 0, top = 0, right = plane.width, bottom = plane.height): number {
  const { meanAbsolute } = filtered(plane, [left, top, right, bottom], (at, row, v) => {
    const corners = (v[at - row - 1] ?? 0) + (v[at - row + 1] ?? 0) + (v[at + row - 1] ?? 0) + (v[at + row + 1] ?? 0);
    const sides = (v[at - row] ?? 0) + (v[at + row] ?? 0) + (v[at - 1] ?? 0) + (v[at + 1] ?? 0);
    return corners - 2 * sides + 4 * (v[at] ?? 0);
  });
  return (Math.sqrt(Math.PI / 2) * meanAbsolute) / 6;
}

/** Sharpness and noise over a grid of 8 x 8 tiles of a luma plane (0-255). */
export function detail(plane: Plane): Detail {
  const variances: number[] = [];
  const noises: number[] = [];
  for (let row = 0; row < TILES; row += 1) {
    for (let column = 0; column < TILES; column += 1) {
      const edge = (size: number, tile: number) => Math.floor((size * tile) / TILES);
      const tile = [
        edge(plane.width, column),
        edge(plane.height, row),
        edge(plane.width, column + 1),
        edge(plane.height, row + 1),
      ] as const;
      variances.push(laplacianVariance(plane, ...tile));
      noises.push(noiseDeviation(plane, ...tile));
    }
  }
  const noise = quantile(noises, 0.1);
  // White noise of variance σ² leaves the Laplacian with 20 σ²: the sum of its squared weights.
  return { sharpness: Math.max(0, quantile(variances, 0.9) - 20 * noise ** 2), noise };
}

function filtered(
  { width, values }: Plane,
  [left, top, right, bottom]: readonly [number, number, number, number],
  kernel: (at: number, row: number, values: Float32Array) => number,
): { variance: number; meanAbsolute: number } {
  let [n, sum, squares, absolute] = [0, 0, 0, 0];
  for (let y = top + 1; y < bottom - 1; y += 1) {
    for (let at = y * width + left + 1; at < y * width + right - 1; at += 1) {
      const response = kernel(at, width, values);
      n += 1;
      sum += response;
      squares += response * response;
      absolute += Math.abs(response);
    }
  }
  if (n === 0) return { variance: 0, meanAbsolute: 0 };
  return { variance: Math.max(0, squares / n - (sum / n) ** 2), meanAbsolute: absolute / n };
}
