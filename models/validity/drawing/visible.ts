import { oklab } from '../../../src/image/oklab.js';
import type { Box, Raster } from '../../../src/image/raster.js';

/** OKLab distance from which a pixel counts as changed: .02 is hardly noticed. */
const NOTICED = 0.03;
/** Share of the figure's pixels, and how many of them at least, that make a change one that can be seen. */
const SHARE = 0.004;
const PIXELS = 16;

/**
 * Whether a drift can be seen: the same figure, transparent around it, drawn without and with it. Where only one of both
 * covers a pixel, the change is seen against whatever lies behind.
 */
export function isVisible(without: Raster, withIt: Raster): boolean {
  let figure = 0;
  let changed = 0;
  for (let i = 0; i < without.data.length; i += 4) {
    const before = (without.data[i + 3] ?? 0) > 127;
    const after = (withIt.data[i + 3] ?? 0) > 127;
    if (before) figure += 1;
    if (before !== after || (before && distance(without.data, withIt.data, i) > NOTICED)) changed += 1;
  }
  return changed >= Math.max(PIXELS, SHARE * figure);
}

function distance(a: Uint8ClampedArray, b: Uint8ClampedArray, i: number): number {
  const of = (data: Uint8ClampedArray) => oklab(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0);
  if (a[i] === b[i] && a[i + 1] === b[i + 1] && a[i + 2] === b[i + 2]) return 0;
  const [x, y] = [of(a), of(b)];
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2]);
}

/** Tight around what is drawn, `null` for an empty picture. */
export function figureBox({ width, data }: Raster): Box | null {
  let [left, right, top, bottom] = [width, -1, Infinity, -1];
  for (let p = 0; p < data.length / 4; p += 1) {
    if ((data[4 * p + 3] ?? 0) < 128) continue;
    const x = p % width;
    const y = Math.floor(p / width);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = y;
  }
  return bottom < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}
