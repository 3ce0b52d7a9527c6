import type { Raster } from '../image/raster.js';
import type { MetricInput } from './metric.js';

/** Pictures whose ratios differ by more than 2 % show different framings: a pixel comparison would mean nothing. */
export const RATIO_TOLERANCE = 0.02;

/** The approved picture to compare with, and whether the candidate must be resized to it; or why there is none. */
export function sameShape(
  image: Raster,
  approved: MetricInput['approved'],
): { approved: Raster; resize: boolean; reason?: never } | { reason: string } {
  if (!approved) return { reason: 'no approved picture' };
  const reference = approved.image;
  if (ratioDeviation(image, reference) > RATIO_TOLERANCE) {
    return {
      reason: `the shapes differ: ${image.width}x${image.height}, approved ${reference.width}x${reference.height}`,
    };
  }
  return { approved: reference, resize: image.width !== reference.width || image.height !== reference.height };
}

type Size = Pick<Raster, 'width' | 'height'>;

/** |log| of how much wider one picture is than the other for its height: 0 for the same shape, .02 is about 2 % off. */
export function ratioDeviation(a: Size, b: Size): number {
  return Math.abs(Math.log((a.width * b.height) / (a.height * b.width)));
}
