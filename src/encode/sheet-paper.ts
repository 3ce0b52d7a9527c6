import { oklab } from '../image/oklab.js';
import type { Raster } from '../image/raster.js';
import { borderOf } from './sheet-mask.js';
import { distanceFrom, fitSurface, type Spot, type Surface } from './sheet-surface.js';

/** What a sheet would look like with nothing on it. */
export interface Paper {
  /** Of OKLab; a constant for paper of one colour. */
  surface: Surface;
  /** Shares of the outermost pixels that surely are it, and that may be, 0-1. */
  exact: number;
  plain: number;
  /** OKLab distance below which a pixel is surely paper, and above which it surely is not; noise moves both up. */
  surely: number;
  surelyNot: number;
}

/** OKLab distances: pale figures on a clean sheet begin at the first, faint shadows and smudges end at the second. */
const SURELY = 0.015;
const SURELY_NOT = 0.05;
/** OKLab distance from a pixel to the next in a soft shadow, and how much more it may be the darker that is. */
const SOFT = 0.006;
const DARKER = 0.1;
/** A smooth change of colour must be this much more of the border than one colour; a band across the top is not. */
const SMOOTH = 0.2;
/** A fit looks at no more of a mask's pixels than this. */
const SPOTS = 8000;

/**
 * The paper of an opaque sheet, most of whose outermost pixels must be paper: one colour or, where that explains more of
 * them, a smooth change of colour as of gradients and vignettes.
 */
export function findPaper(sheet: Raster): Paper {
  const spots = borderOf(sheet).map((i) => spotOf(i, sheet));
  const one = paperOf(
    [0, 1, 2].map((c) => [median(spots.map(({ colour }) => colour[c] ?? 0))]),
    spots,
    sheet,
  );
  const smooth = paperOf(fitSurface(spots), spots, sheet);
  return smooth.exact > one.exact + SMOOTH ? smooth : one;
}

/** The paper fitted once more, to all the pixels set in `mask`: the border says little of a vignette's middle. */
export function refinePaper(sheet: Raster, mask: Uint8Array): Paper {
  const border = borderOf(sheet).map((i) => spotOf(i, sheet));
  return paperOf(fitSurface(someOf(mask).map((i) => spotOf(i, sheet))), border, sheet);
}

function paperOf(surface: Surface, border: readonly Spot[], sheet: Raster): Paper {
  const surely = Math.min(0.06, Math.max(SURELY, 3 * noiseOf(sheet)));
  const surelyNot = Math.max(SURELY_NOT, 1.5 * surely);
  const distances = border.map(({ x, y, colour }) => distanceFrom(surface, x, y, colour));
  const within = (limit: number) => distances.filter((distance) => distance <= limit).length / border.length;
  return { surface, exact: within(surely), plain: within(surelyNot), surely, surelyNot };
}

/** How far a pixel typically is from its mean, by the differences of outermost neighbours; OKLab. */
function noiseOf(sheet: Raster): number {
  const { width, height } = sheet;
  const steps = borderOf(sheet).flatMap((i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const next = x === 0 || x === width - 1 ? y < height - 1 && i + width : i + 1;
    return next === false
      ? []
      : [Math.hypot(...labOf(i, sheet).map((value, c) => value - (labOf(next, sheet)[c] ?? 0)))];
  });
  return median(steps) / Math.SQRT2;
}

function median(values: readonly number[]): number {
  return Float64Array.from(values).sort()[values.length >> 1] ?? 0;
}

/** OKLab distance of every pixel from the paper, row by row. */
export function distancesFrom({ surface }: Paper, sheet: Raster): Float32Array {
  const even = surface.every((factors) => factors.length === 1);
  const { width, height, data } = sheet;
  const distances = new Float32Array(width * height);
  let colour = labOf(0, sheet);
  for (let i = 0, p = 0; i < distances.length; i += 1, p += 4) {
    // Neighbours are mostly alike on a sheet: no cube roots for them.
    const same = data[p] === data[p - 4] && data[p + 1] === data[p - 3] && data[p + 2] === data[p - 2];
    if (!same) colour = labOf(i, sheet);
    const x = i % width;
    if (same && even) distances[i] = distances[i - 1] ?? 0;
    else distances[i] = distanceFrom(surface, scaled(x, width), scaled((i - x) / width, height), colour);
  }
  return distances;
}

/**
 * Whether a pixel shades off as softly as a shadow or vignette does; the edges of pale figures are steeper. On all sides,
 * not only on the way to it: along a shallow curve even a sharp edge is climbed in small steps.
 */
export function isSoft(i: number, distances: Float32Array, width: number): boolean {
  const here = distances[i] ?? 0;
  const limit = SOFT + DARKER * here;
  const near = (to: number) => Math.abs(here - (distances[to] ?? here)) <= limit;
  return near(i - 1) && near(i + 1) && near(i - width) && near(i + width);
}

/** Indices of set pixels, evenly spread; of as many as a fit needs. */
function someOf(mask: Uint8Array): number[] {
  const every = Math.ceil(mask.length / SPOTS);
  const some: number[] = [];
  for (let i = 0; i < mask.length; i += every) if (mask[i]) some.push(i);
  return some;
}

function spotOf(i: number, sheet: Raster): Spot {
  const { width, height } = sheet;
  return { x: scaled(i % width, width), y: scaled(Math.floor(i / width), height), colour: labOf(i, sheet) };
}

/** The middle of a pixel on a scale from -1 to 1. */
function scaled(pixel: number, pixels: number): number {
  return (2 * pixel + 1) / pixels - 1;
}

function labOf(i: number, { data }: Raster): [number, number, number] {
  return oklab(data[4 * i] ?? 0, data[4 * i + 1] ?? 0, data[4 * i + 2] ?? 0);
}
