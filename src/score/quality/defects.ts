import { ciede2000, cielab, type Lab } from '../../image/ciede2000.js';
import type { Plane } from '../../image/plane.js';
import type { Raster } from '../../image/raster.js';

/** CIEDE2000 up to which two pixels look alike at a glance. */
const ALIKE = 3;

/**
 * Nothing to see: luma hardly varies (standard deviation below 4 of 255), or more than 99 % of an opaque picture is one
 * colour to the eye, however the rest stands out.
 * @param contrast standard deviation of luma, 0-1
 */
export function isBlank(raster: Raster, contrast: number): boolean {
  return contrast * 255 < 4 || isOneColour(raster);
}

/** The colour is the median of each channel: where nearly all pixels are alike, that is one of them. */
function isOneColour({ data }: Raster): boolean {
  const common = cielab(medianOf(data, 0), medianOf(data, 1), medianOf(data, 2));
  const known = new Map<number, boolean>();
  let different = 0;
  for (let p = 0; p < data.length; p += 4) {
    const [r, g, b] = [data[p] ?? 0, data[p + 1] ?? 0, data[p + 2] ?? 0];
    const colour = (r << 16) | (g << 8) | b;
    let alike = known.get(colour);
    if (alike === undefined) known.set(colour, (alike = isAlike(common, cielab(r, g, b))));
    if (alike) continue;
    different += 4;
    if (different >= 0.01 * data.length) return false;
  }
  return true;
}

const isAlike = (one: Lab, other: Lab) => ciede2000(one, other) <= ALIKE;

/** Of channel 0-2 of RGBA bytes: the upper one of two middle values. */
function medianOf(data: Uint8ClampedArray, channel: number): number {
  const counts = new Uint32Array(256);
  for (let p = channel; p < data.length; p += 4) counts[data[p] ?? 0] = (counts[data[p] ?? 0] ?? 0) + 1;
  let left = data.length / 8;
  return counts.findIndex((count) => (left -= count) < 0);
}

/**
 * A picture inside a picture: bars of one colour on opposite sides, each at least 3 % of the height or width, that end
 * with a straight edge. White paper around a drawing is no bar: it ends where something is drawn.
 */
export function isLetterboxed(plane: Plane): boolean {
  const { width, height } = plane;
  const rows = { count: height, length: width, start: width, step: 1 };
  const columns = { count: width, length: height, start: 1, step: width };
  return [rows, columns].some((lines) => {
    const [first, last] = [bar(plane, lines, false), bar(plane, lines, true)];
    return first !== null && last !== null && Math.abs(first - last) < 2 * BAR.deviation;
  });
}

/**
 * `deviation` and `contrast` in luma steps, `depth` as a share of the picture; `edge`: the share of a line that must stand
 * out where the bar ends, within `blur` lines (compression rings that far).
 */
const BAR = { deviation: 3, depth: 0.03, contrast: 10, edge: 0.7, blur: 8 };

/** The rows or the columns of a plane: where each starts, counted from the one before, and the step along it. */
interface Lines {
  count: number;
  length: number;
  start: number;
  step: number;
}

/** The luma of the bar on one side, or `null`. */
function bar({ values }: Plane, { count, length, start, step }: Lines, fromEnd: boolean): number | null {
  const pixel = (line: number, i: number) => values[(fromEnd ? count - 1 - line : line) * start + i * step] ?? 0;
  const look = (line: number) => {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < length; i += 1) {
      sum += pixel(line, i);
      squares += pixel(line, i) ** 2;
    }
    return { level: sum / length, deviation: Math.sqrt(Math.max(0, squares / length - (sum / length) ** 2)) };
  };
  const { level } = look(0);
  let depth = 0;
  for (; depth < count / 2; depth += 1) {
    const line = look(depth);
    if (line.deviation >= BAR.deviation || Math.abs(line.level - level) >= BAR.deviation) break;
  }
  if (depth < BAR.depth * count || depth >= count / 2) return null;
  for (let line = depth; line < depth + BAR.blur && line < count; line += 1) {
    let standsOut = 0;
    for (let i = 0; i < length; i += 1) if (Math.abs(pixel(line, i) - level) > BAR.contrast) standsOut += 1;
    if (standsOut >= BAR.edge * length) return level;
  }
  return null;
}
