import { oklab } from '../image/oklab.js';
import type { Raster } from '../image/raster.js';

/** One of a figure's main colours, and how much of it a picture shows. */
export interface PaletteEntry {
  /** sRGB, 0-255. */
  rgb: [number, number, number];
  /** Of the figure, 0 to 1. */
  share: number;
  /** How much of it the picture shows, 0 to 1. */
  covered: number;
}

export interface Coverage {
  /** The mean over the figure of how much of its colours the picture shows, 0 to 1. */
  coverage: number;
  /** The figure's main colours, the largest first, at most 8. */
  entries: PaletteEntry[];
}

/** Colours of a picture with their shares of it; lightness counts half, as light changes it more than hue. */
export interface Palette {
  points: { l: number; a: number; b: number; share: number; rgb: [number, number, number] }[];
}

/** Below this an entry counts as lost. */
export const LOST_BELOW = 0.35;
/** How far apart two colours may be and still be taken for one, in OKLab with lightness halved. */
const NEAR = 0.06;
/** Colours within this are put together, for speed. */
const STEP = 0.02;
/** Of a colour's share of the figure, how much must be in the picture for all of it to count as shown: pose hides some. */
const ENOUGH = 0.2;
const LIGHTNESS = 0.5;
const ENTRIES = 8;
/** Colours of the figure this near are one entry. */
const SAME_ENTRY = 0.1;

/**
 * How much of a figure's colours a picture shows, whatever their places. A colour needs a share of the picture in
 * proportion to its share of the figure, so that one stray pixel of a busy background does not count. Palette coverage is weak where CLIP is strong and the other
 * way round: a part that turned another hue keeps its shape.
 */
export function paletteCoverage(figure: Palette, picture: Palette): Coverage {
  const covered = figure.points.map((point) =>
    Math.min(1, massNear(point, picture) / (ENOUGH * massNear(point, figure))),
  );
  const entries: { rgb: PaletteEntry['rgb']; share: number; covered: number; l: number; a: number; b: number }[] = [];
  const order = [...figure.points.keys()].sort(
    (i, j) => (figure.points[j]?.share ?? 0) - (figure.points[i]?.share ?? 0),
  );
  let coverage = 0;
  for (const i of order) {
    const point = figure.points[i];
    if (!point) continue;
    coverage += point.share * (covered[i] ?? 0);
    const [near] = entries.filter((entry) => squared(entry, point) < SAME_ENTRY ** 2);
    if (near) {
      near.covered += point.share * (covered[i] ?? 0);
      near.share += point.share;
    } else if (entries.length < ENTRIES) {
      entries.push({ ...point, covered: point.share * (covered[i] ?? 0) });
    }
  }
  return {
    coverage,
    entries: entries
      .map(({ rgb, share, covered: sum }) => ({ rgb, share, covered: sum / share }))
      .sort((one, other) => other.share - one.share),
  };
}

/** The colours of a figure whose background is transparent. */
export function paletteOf(cutout: Raster): Palette {
  return coloursOf(cutout, (p) => (cutout.data[4 * p + 3] ?? 0) / 255);
}

/** The colours of the place where a character was found: the middle, where the figure is, counts more than the rim. */
export function paletteAround(window: Raster): Palette {
  return coloursOf(window, (p) => {
    const [x, y] = [(p % window.width) / window.width - 0.5, Math.floor(p / window.width) / window.height - 0.5];
    return Math.exp((-4 * (x * x + y * y)) / 0.7);
  });
}

/** @param weight of a pixel, 0 to 1 */
function coloursOf({ data }: Raster, weight: (pixel: number) => number): Palette {
  // By the upper five bits of each channel first: a tenth of the conversions to OKLab.
  const sums = new Float64Array(4 * 32 ** 3);
  let total = 0;
  for (let p = 0; 4 * p < data.length; p += 1) {
    const share = weight(p);
    if (share <= 0.05) continue;
    const [r, g, b] = [data[4 * p] ?? 0, data[4 * p + 1] ?? 0, data[4 * p + 2] ?? 0];
    const at = 4 * (((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3));
    sums[at] = (sums[at] ?? 0) + share;
    sums[at + 1] = (sums[at + 1] ?? 0) + share * r;
    sums[at + 2] = (sums[at + 2] ?? 0) + share * g;
    sums[at + 3] = (sums[at + 3] ?? 0) + share * b;
    total += share;
  }
  const bins = new Map<string, Palette['points'][number]>();
  for (let at = 0; at < sums.length; at += 4) {
    const share = sums[at] ?? 0;
    if (share === 0) continue;
    const rgb = [1, 2, 3].map((i) => Math.round((sums[at + i] ?? 0) / share)) as [number, number, number];
    const [light, green, blue] = oklab(...rgb);
    const [l = 0, a = 0, b = 0] = [light * LIGHTNESS, green, blue].map((value) => Math.round(value / STEP) * STEP);
    const key = `${l} ${a} ${b}`;
    const bin = bins.get(key);
    if (bin) bin.share += share / total;
    else bins.set(key, { l, a, b, share: share / total, rgb });
  }
  return { points: [...bins.values()] };
}

/** The share of colours like this one, nearer ones counting more. */
function massNear(point: { l: number; a: number; b: number }, { points }: Palette): number {
  let mass = 0;
  for (const other of points) mass += other.share * Math.exp(-squared(point, other) / NEAR ** 2);
  return mass;
}

function squared(one: { l: number; a: number; b: number }, other: { l: number; a: number; b: number }): number {
  return (one.l - other.l) ** 2 + (one.a - other.a) ** 2 + (one.b - other.b) ** 2;
}
