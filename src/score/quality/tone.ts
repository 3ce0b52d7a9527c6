import type { Plane } from '../../image/plane.js';
import type { Raster } from '../../image/raster.js';

export interface Tone {
  /** Mean luma, 0-1. */
  brightness: number;
  /** RMS contrast: standard deviation of luma, 0-1 (at most .5). */
  contrast: number;
  /** 1st to 99th percentile of luma, 0-1. */
  range: number;
  /** Entropy of the 256-bin luma histogram, 0-1 of its maximum of 8 bits. */
  entropy: number;
}

/** How light is spread over a luma plane (0-255). */
export function tone({ values }: Plane): Tone {
  const histogram = new Float64Array(256);
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    const level = Math.min(255, Math.round(value));
    histogram[level] = (histogram[level] ?? 0) + 1;
    sum += value;
    squares += value * value;
  }
  const n = values.length;
  const level = (share: number) => {
    let left = share * n;
    return histogram.findIndex((count) => (left -= count) <= 0);
  };
  const entropy = histogram.reduce((bits, count) => (count > 0 ? bits - (count / n) * Math.log2(count / n) : bits), 0);
  return {
    brightness: sum / n / 255,
    contrast: Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2)) / 255,
    range: (level(0.99) - level(0.01)) / 255,
    entropy: entropy / 8,
  };
}

/** Shares of pixels, 0-1, with no detail left: all three channels ≥ 253, or all ≤ 2. `ignored` marks pixels left out. */
export function clipping({ data }: Raster, ignored?: Uint8Array): { white: number; black: number } {
  let [white, black, counted] = [0, 0, 0];
  for (let i = 0, p = 0; p < data.length; i += 1, p += 4) {
    if (ignored?.[i]) continue;
    counted += 1;
    const [r, g, b] = [data[p] ?? 0, data[p + 1] ?? 0, data[p + 2] ?? 0];
    if (r >= 253 && g >= 253 && b >= 253) white += 1;
    else if (r <= 2 && g <= 2 && b <= 2) black += 1;
  }
  return { white: white / Math.max(1, counted), black: black / Math.max(1, counted) };
}
