import { areaSampler } from './area.js';
import type { Plane } from './plane.js';
import type { Raster } from './raster.js';

/** Where a picture lies in another one: its point (x, y) is at (left + across * x, top + down * y) there; px. */
export interface Lie {
  left: number;
  top: number;
  across: number;
  down: number;
}

/** Short sides in px of the copies that are aligned: large shifts are found in the smallest, small ones exactly in the largest. */
const SMALLEST = 48;
const LARGEST = 320;
const STEPS = 12;
/** px of the copy; a smaller step ends the search there. */
const SETTLED = 0.005;
/** Grey levels: a pixel that is off by more counts less (Cauchy's weight), for it shows a change and not a shift. */
const TYPICAL = 12;

/**
 * Moves and stretches `start` until `picture`, as far as `weights` (one a pixel) count it, lies as exactly as it can on
 * `other`, whatever the gain and offset of the light between them. Small moves only: some 2 % of the picture.
 * Source: Lucas & Kanade, "An iterative image registration technique with an application to stereo vision", IJCAI 1981;
 * coarse to fine, with gain and offset as two more unknowns. Our own, as no image library here registers pictures.
 */
export function align(picture: Plane, weights: Float32Array, other: Plane, start: Lie): Lie {
  const short = Math.min(picture.width, picture.height);
  const halvings = (side: number) => Math.max(0, Math.ceil(Math.log2(short / side)));
  let lie = start;
  for (let level = halvings(SMALLEST); level >= halvings(LARGEST); level -= 1) {
    const scale = 2 ** level;
    const small = halved(picture, scale);
    const counted = halved({ ...picture, values: weights }, scale).values;
    lie = settle(small, counted, halved(other, scale), lie, scale);
  }
  return lie;
}

function halved(plane: Plane, scale: number): Plane {
  if (scale === 1) return plane;
  const [width, height] = [Math.floor(plane.width / scale), Math.floor(plane.height / scale)];
  return areaSampler(plane).sample({ x: 0, y: 0, width: width * scale, height: height * scale }, width, height);
}

/** Gauss-Newton on planes that are smaller by `scale`. */
function settle(picture: Plane, weights: Float32Array, other: Plane, start: Lie, scale: number): Lie {
  const [halfWidth, halfHeight] = [picture.width / 2, picture.height / 2];
  let [lie, gain, offset] = [{ ...start, left: start.left / scale, top: start.top / scale }, 1, 0];
  for (let step = 0; step < STEPS; step += 1) {
    const equations = new Equations();
    for (let row = 0, i = 0; row < picture.height; row += 1) {
      for (let column = 0; column < picture.width; column += 1, i += 1) {
        const weight = weights[i] ?? 0;
        if (weight === 0) continue;
        const x = lie.left + lie.across * (column + 0.5);
        const y = lie.top + lie.down * (row + 0.5);
        if (x < 1 || y < 1 || x > other.width - 1 || y > other.height - 1) continue;
        const value = between(other, x, y);
        const error = (picture.values[i] ?? 0) - gain * value - offset;
        const right = gain * (between(other, x + 0.5, y) - between(other, x - 0.5, y));
        const below = gain * (between(other, x, y + 0.5) - between(other, x, y - 0.5));
        const [u, v] = [(column + 0.5) / halfWidth - 1, (row + 0.5) / halfHeight - 1];
        equations.add(right, below, right * u, below * v, value, error, weight / (1 + (error / TYPICAL) ** 2));
      }
    }
    const [dx, dy, wider, higher, dGain, dOffset] = equations.solve();
    const [across, down] = [lie.across + wider / halfWidth, lie.down + higher / halfHeight];
    lie = { left: lie.left + dx - wider, top: lie.top + dy - higher, across, down };
    gain += dGain;
    offset += dOffset;
    if (Math.max(...[dx, dy, wider, higher].map(Math.abs)) < SETTLED) break;
  }
  return { ...lie, left: lie.left * scale, top: lie.top * scale };
}

/** Bilinear; pixel centres lie at halves. */
function between({ width, height, values }: Plane, x: number, y: number): number {
  const [px, py] = [Math.max(0, Math.min(width - 1.001, x - 0.5)), Math.max(0, Math.min(height - 1.001, y - 0.5))];
  const at = Math.floor(py) * width + Math.floor(px);
  const [right, below] = [px - Math.floor(px), py - Math.floor(py)];
  const upper = (values[at] ?? 0) * (1 - right) + (values[at + 1] ?? 0) * right;
  const lower = (values[at + width] ?? 0) * (1 - right) + (values[at + width + 1] ?? 0) * right;
  return upper * (1 - below) + lower * below;
}

/** Weighed linear least squares in six unknowns, the last of which is a constant. */
class Equations {
  private readonly rows = Array.from({ length: 6 }, () => new Float64Array(7));
  private readonly factors = new Float64Array(7).fill(1);

  add(a: number, b: number, c: number, d: number, e: number, result: number, weight: number): void {
    const { factors, rows } = this;
    [factors[0], factors[1], factors[2], factors[3], factors[4], factors[6]] = [a, b, c, d, e, result];
    for (let i = 0; i < 6; i += 1) {
      const row = rows[i] as Float64Array;
      const weighed = (factors[i] ?? 0) * weight;
      for (let j = i; j < 7; j += 1) row[j] = (row[j] ?? 0) + weighed * (factors[j] ?? 0);
    }
  }

  /** What a plain picture leaves open comes out as 0: a little is added to the diagonal. */
  solve(): [number, number, number, number, number, number] {
    const rows = this.rows.map((row, i) => row.map((value, j) => (j < i ? (this.rows[j]?.[i] ?? 0) : value)));
    rows.forEach((row, i) => (row[i] = (row[i] ?? 0) * (1 + 1e-9) + 1e-3));
    for (const [i, row] of rows.entries()) {
      for (const [k, below] of rows.entries()) {
        if (k === i) continue;
        const factor = (below[i] ?? 0) / (row[i] ?? 1);
        for (let j = i; j < 7; j += 1) below[j] = (below[j] ?? 0) - factor * (row[j] ?? 0);
      }
    }
    return rows.map((row, i) => (row[6] ?? 0) / (row[i] ?? 1)) as ReturnType<Equations['solve']>;
  }
}

/**
 * What lies under a picture of `width` x `height` px, as pixels of its own; cubic (Catmull-Rom), so that a whole number
 * of px at its own size gives the very pixels. `inside` is 0 where the other picture ends, else 1.
 */
export function under(
  other: Raster,
  lie: Lie,
  width: number,
  height: number,
): { raster: Raster; inside: Float32Array } {
  const data = new Uint8ClampedArray(4 * width * height);
  const inside = new Float32Array(width * height);
  const columns = Array.from({ length: width }, (_, column) =>
    taps(lie.left + lie.across * (column + 0.5), other.width),
  );
  for (let row = 0, i = 0; row < height; row += 1) {
    const line = taps(lie.top + lie.down * (row + 0.5), other.height);
    for (let column = 0; column < width; column += 1, i += 1) {
      const across = columns[column] as Taps;
      for (let channel = 0; channel < 4; channel += 1) {
        let sum = 0;
        for (let j = 0; j < 4; j += 1) {
          const weight = line.weights[j] ?? 0;
          if (weight === 0) continue;
          for (let k = 0; k < 4; k += 1) {
            const at = 4 * ((line.at[j] ?? 0) * other.width + (across.at[k] ?? 0)) + channel;
            sum += weight * (across.weights[k] ?? 0) * (other.data[at] ?? 0);
          }
        }
        data[4 * i + channel] = sum;
      }
      inside[i] = line.inside && across.inside ? 1 : 0;
    }
  }
  return { raster: { width, height, data }, inside };
}

interface Taps {
  at: number[];
  weights: number[];
  inside: boolean;
}

/** The four pixels around a place of a line of `length` px, and what each counts. */
function taps(place: number, length: number): Taps {
  const first = Math.floor(place - 0.5);
  const t = place - 0.5 - first;
  const weights = [
    (-t + 2 * t ** 2 - t ** 3) / 2,
    (2 - 5 * t ** 2 + 3 * t ** 3) / 2,
    (t + 4 * t ** 2 - 3 * t ** 3) / 2,
    (-(t ** 2) + t ** 3) / 2,
  ];
  const at = [-1, 0, 1, 2].map((step) => Math.max(0, Math.min(length - 1, first + step)));
  return { at, weights, inside: place > 0 && place < length };
}
