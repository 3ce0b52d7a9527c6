import type { Raster } from '../../image/raster.js';
import { type Random, seededRandom } from '../../lib/random.js';

/** What the last pass does to the flat drawing. */
export interface Finish {
  /** Multiplies red, green and blue. */
  tint: readonly [number, number, number];
  /** Darkening of the corners, 0..1. */
  vignette: number;
  /** Strength of the fibres; 1 as a felt close-up shows them. */
  fibre: number;
  /** Keeps pure white pure, for sheets and cutouts. */
  keepWhite: boolean;
}

const BITS = 9;
const SIDE = 1 << BITS;
const MASK = SIDE - 1;
let tile: { fibre: Int8Array; stray: Int8Array } | null = null;

/** One seamless tile of wool: fibre light and dark, and how far each point is pulled off its place. Made once. */
function wool(): { fibre: Int8Array; stray: Int8Array } {
  if (tile) return tile;
  const random = seededRandom(20251);
  const fine = strands(random, 19_000, [7, 24], 1.3);
  const long = strands(random, 900, [26, 60], 2.6);
  const fibre = new Int8Array(SIDE * SIDE);
  const stray = new Int8Array(SIDE * SIDE);
  const waves = Array.from(
    { length: 9 },
    () => [1 + Math.floor(random() * 6), 1 + Math.floor(random() * 6), random() * 6.283] as const,
  );
  for (let i = 0; i < fibre.length; i += 1) {
    const [x, y] = [((i & MASK) / SIDE) * 6.283, ((i >> BITS) / SIDE) * 6.283];
    let mottle = 0;
    for (const [fx, fy, phase] of waves) mottle += Math.sin(fx * x + phase) * Math.cos(fy * y + phase * 2);
    const light = (fine[i] ?? 0) * 22 + (long[i] ?? 0) * 12 + mottle * 2.2 + (random() - 0.5) * 24;
    fibre[i] = Math.max(-127, Math.min(127, light));
    const pull = (fine[(i + 9000) % fine.length] ?? 0) * 0.95 + (random() - 0.5) * 1.6;
    stray[i] = Math.max(-2, Math.min(2, Math.round(pull)));
  }
  tile = { fibre, stray };
  return tile;
}

/** Sums curved strands over a tile whose edges meet. */
function strands(
  random: Random,
  count: number,
  [shortest, longest]: readonly [number, number],
  strength: number,
): Float32Array {
  const sum = new Float32Array(SIDE * SIDE);
  for (let strand = 0; strand < count; strand += 1) {
    let [x, y, turn] = [random() * SIDE, random() * SIDE, random() * 6.283];
    const bend = (random() - 0.5) * 0.24;
    const tone = (random() - 0.48) * strength;
    const length = shortest + random() * (longest - shortest);
    for (let step = 0; step < length; step += 1) {
      const index = ((y & MASK) << BITS) | (x & MASK);
      sum[index] = (sum[index] ?? 0) + tone;
      x += Math.cos(turn) + SIDE;
      y += Math.sin(turn) + SIDE;
      turn += bend;
    }
  }
  return sum;
}

/**
 * Turns a clean drawing into felt in one pass: edges fray along the fibres, fibres catch the light, steps in
 * brightness get a soft relief (lit from the top left), then colour of the light and vignette.
 */
export function feltFinish(source: Raster, { tint, vignette, fibre: strength, keepWhite }: Finish): Raster {
  const { width, height, data } = source;
  const { fibre, stray } = wool();
  const out = new Uint8ClampedArray(data.length);
  const step = Math.max(1, Math.round(height / 500));
  const [red, green, blue] = tint;
  for (let y = 0; y < height; y += 1) {
    const ny = (y / height - 0.5) * 2;
    const row = (y & MASK) << BITS;
    const strayRow = ((y + 101) & MASK) << BITS;
    for (let x = 0; x < width; x += 1) {
      const dx = stray[strayRow | ((x + 37) & MASK)] ?? 0;
      const dy = stray[row | ((x + 171) & MASK)] ?? 0;
      const sx = Math.min(width - 1, Math.max(0, x + dx));
      const sy = Math.min(height - 1, Math.max(0, y + dy));
      const from = (sy * width + sx) << 2;
      const to = (y * width + x) << 2;
      const r = data[from] ?? 0;
      const g = data[from + 1] ?? 0;
      const b = data[from + 2] ?? 0;
      if (keepWhite && r > 252 && g > 252 && b > 252) {
        out[to] = out[to + 1] = out[to + 2] = out[to + 3] = 255;
        continue;
      }
      const before = (Math.max(0, sy - step) * width + Math.max(0, sx - step)) << 2;
      const after = (Math.min(height - 1, sy + step) * width + Math.min(width - 1, sx + step)) << 2;
      const relief = Math.max(-34, Math.min(34, (data[after + 1] ?? 0) - (data[before + 1] ?? 0)));
      const light = 1 + ((fibre[row | (x & MASK)] ?? 0) * strength) / 760 - relief * (keepWhite ? 0 : 0.0028);
      const nx = (x / width - 0.5) * 2;
      const corner = nx * nx + ny * ny;
      const gain = light * (1 - vignette * corner * corner * 0.25);
      out[to] = r * gain * red;
      out[to + 1] = g * gain * green;
      out[to + 2] = b * gain * blue;
      out[to + 3] = 255;
    }
  }
  return { width, height, data: out };
}
