import { areaSampler } from './area.js';
import type { Plane } from './plane.js';

/** The picture is looked at in this size ... */
const SIDE = 32;
/** ... and of its frequencies the lowest 8 x 8 count. */
const KEPT = 8;

/** Row k: the k-th cosine of a type II DCT of 32 values, without its scale, which no median sees. */
const cosines = Array.from({ length: KEPT }, (_, k) =>
  Float64Array.from({ length: SIDE }, (_, n) => Math.cos((Math.PI * k * (2 * n + 1)) / (2 * SIDE))),
);

/**
 * Perceptual hash of a plane, 64 bits as 0 and 1: which of the 8 x 8 lowest frequencies of the 32 x 32 px copy lie
 * above their median. Source: Zauner, "Implementation and benchmarking of perceptual image hash functions", 2010; bits
 * in the order of the Python package ImageHash 4, rows of vertical frequency.
 */
export function phash(plane: Plane): Uint8Array {
  const { width, height } = plane;
  const { values } = areaSampler(plane).sample({ x: 0, y: 0, width, height }, SIDE, SIDE);
  const rows = cosines.map((wave) =>
    Float64Array.from({ length: SIDE }, (_, x) => wave.reduce((sum, c, y) => sum + c * (values[y * SIDE + x] ?? 0), 0)),
  );
  const low = rows.flatMap((row) => cosines.map((wave) => wave.reduce((sum, c, x) => sum + c * (row[x] ?? 0), 0)));
  const sorted = [...low].sort((a, b) => a - b);
  const median = ((sorted[31] ?? 0) + (sorted[32] ?? 0)) / 2;
  return Uint8Array.from(low, (value) => (value > median ? 1 : 0));
}

/** In how many of the 64 bits two hashes differ. */
export function hashDistance(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((count, bit, i) => count + (bit === b[i] ? 0 : 1), 0);
}
