import { cielab, ciede2000 } from '../image/ciede2000.js';
import { luma } from '../image/plane.js';
import type { Raster } from '../image/raster.js';
import { median, quantile } from '../stats/summary.js';
import { ssim } from './metrics/ssim.js';

/** How much of a picture is still there in a copy of the same size, over the pixels that count. */
export interface KeptDifference {
  /** Mean and 95th percentile of CIEDE2000, D65; 1 is just noticeable. */
  mean: number;
  p95: number;
  /** Structural similarity of the luma, -1 to 1. */
  ssim: number;
  /** Share of the pixels that count whose CIEDE2000 is above `PLAIN`. */
  changed: number;
  /** By which red, green and blue of the copy were multiplied first. */
  gain: [red: number, green: number, blue: number];
}

/** A CIEDE2000 that anybody sees, side by side or not. */
const PLAIN = 10;
/** No copy is corrected by more: what is so much lighter or darker was changed. */
const MOST_GAIN = 1.25;
/** Channel values, 0-255, outside of which a gain cannot be told: they are cut off, or rounding is most of them. */
const CLEAR = [24, 250] as const;
/** Pixels of which a gain is told. */
const ENOUGH = 20_000;

/**
 * Compares the pixels with a weight above 0, after a gain for each channel. A model sends the whole picture through its
 * own encoder, which shifts light and colour a little everywhere; that is no edit.
 * @throws RangeError when no pixel counts
 */
export function keptDifference(picture: Raster, copy: Raster, weights: Float32Array): KeptDifference {
  const gain = gainOf(picture, copy, weights);
  const data = copy.data.map((value, i) => (i % 4 === 3 ? value : value * (gain[i % 4] ?? 1)));
  const differences: number[] = [];
  for (let i = 0, at = 0; i < weights.length; i += 1, at += 4) {
    if ((weights[i] ?? 0) === 0) continue;
    differences.push(ciede2000(labAt(picture.data, at), labAt(data, at)));
  }
  const sum = differences.reduce((total, value) => total + value, 0);
  return {
    mean: sum / differences.length,
    p95: quantile(differences, 0.95),
    ssim: ssim(luma(picture), luma({ ...copy, data }), weights),
    changed: differences.filter((value) => value > PLAIN).length / differences.length,
    gain,
  };
}

function labAt(data: Uint8ClampedArray, at: number) {
  return cielab(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
}

/** The median ratio of each channel: what was painted over, as long as it is less than half, does not move it. */
function gainOf(picture: Raster, copy: Raster, weights: Float32Array): KeptDifference['gain'] {
  const step = Math.max(1, Math.floor(weights.length / ENOUGH));
  return [0, 1, 2].map((channel) => {
    const ratios: number[] = [];
    for (let i = 0; i < weights.length; i += step) {
      if ((weights[i] ?? 0) === 0) continue;
      const [own, other] = [picture.data[4 * i + channel] ?? 0, copy.data[4 * i + channel] ?? 0];
      if (Math.min(own, other) >= CLEAR[0] && Math.max(own, other) <= CLEAR[1]) ratios.push(own / other);
    }
    if (ratios.length === 0) return 1;
    return Math.max(1 / MOST_GAIN, Math.min(MOST_GAIN, median(ratios)));
  }) as KeptDifference['gain'];
}
