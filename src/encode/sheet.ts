import { resize } from '../image/codec.js';
import { crop, filled, flatten, padSquare, paste, type Box, type Raster } from '../image/raster.js';
import { figureInBox, findFigures, wholeOf, withoutFigures, type Figure } from './sheet-figures.js';
import { inkOf } from './sheet-ink.js';

/** A view to be found on a character sheet. */
export interface ViewSpec {
  name: string;
  /** Where it stands on the sheet, as shares of its width and height, 0 to 1: x, y, width, height; `null`: found by itself. */
  box: readonly [number, number, number, number] | null;
}

/** One figure of a character sheet. */
export interface SheetView {
  name: string;
  /** Tight around the figure, in px of the sheet. */
  box: Box;
  /** The figure with its background transparent, at the size where the sheet's short side is at most 512 px. */
  cutout: Raster;
  /** The figure on a white square with a 6 % margin: what an encoder looks at. */
  image: Raster;
}

/** Expected failures of reading a sheet are data. */
export type SheetSplit = { views: SheetView[]; reason?: never } | { views?: never; reason: string };

/** Figures are looked for on a copy of at most this short side, in px. */
const SHORT_SIDE = 512;
/** Around a view, as a share of its longer side. */
export const VIEW_MARGIN = 0.06;
const CLEAR = [255, 255, 255, 0] as const;

/**
 * Finds one figure of a sheet for each of `specs`. One with a box gets what stands in it. The others get the figures
 * that remain, row by row and from left to right. There must be as many, not counting details less than half as large
 * as the smallest figure. The only view of a picture without a plain background is the whole picture.
 */
export async function splitSheet(sheet: Raster, specs: readonly ViewSpec[]): Promise<SheetSplit> {
  if (specs.length === 0) return { reason: 'no view of the sheet is named' };
  const small = await shrunk(sheet);
  const ink = inkOf(small);
  const figures = new Map<ViewSpec, Figure>();
  for (const spec of specs) {
    const area = spec.box && pixelsOf(spec.box, small);
    const figure = area && (ink ? figureInBox(ink, area) : wholeOf(area));
    if (figure) figures.set(spec, figure);
    else if (spec.box)
      return { reason: `the box of the view '${spec.name}' holds no figure: [${spec.box.join(', ')}]` };
  }
  const sought = specs.filter(({ box }) => !box);
  if (sought.length > 0) {
    const found = ink
      ? findFigures(withoutFigures(ink, [...figures.values()]), sought.length)
      : specs.length === 1 && [wholeOf({ x: 0, y: 0, width: small.width, height: small.height })];
    if (!Array.isArray(found)) return { reason: lackOfFigures(found, sought) };
    sought.forEach((spec, i) => found[i] && figures.set(spec, found[i]));
  }
  return {
    views: specs.flatMap((spec) => {
      const figure = figures.get(spec);
      return figure ? [viewOf(spec.name, figure, small, sheet)] : [];
    }),
  };
}

/** `found` is how many figures remain, `false` where nothing can be told from the background. */
function lackOfFigures(found: number | false, sought: readonly ViewSpec[]): string {
  if (found === 0) return 'no view was found on the sheet: it shows no figure on a plain background';
  if (found === false)
    return 'no view was found on the sheet: it has no plain background to tell figures from; give each view its box, or name one view for the whole picture';
  const figures = found === 1 ? '1 figure was' : `${found} figures were`;
  const views = sought.length === 1 ? '1 view is' : `${sought.length} views are`;
  const names = sought.map(({ name }) => name).join(', ');
  return `${figures} found on the sheet, but ${views} asked for (${names}); name as many views as it shows, or give each its box`;
}

async function shrunk(sheet: Raster): Promise<Raster> {
  const scale = SHORT_SIDE / Math.min(sheet.width, sheet.height);
  if (scale >= 1) return sheet;
  return resize(sheet, Math.round(sheet.width * scale), Math.round(sheet.height * scale));
}

/** A box given in shares, in whole pixels; `null` where none of it lies on the sheet. */
function pixelsOf([x, y, width, height]: NonNullable<ViewSpec['box']>, sheet: Raster): Box | null {
  const [left, right] = [x, x + width].map((share) => Math.round(Math.min(1, Math.max(0, share)) * sheet.width));
  const [top, bottom] = [y, y + height].map((share) => Math.round(Math.min(1, Math.max(0, share)) * sheet.height));
  if (left === undefined || right === undefined || top === undefined || bottom === undefined) return null;
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : null;
}

function viewOf(name: string, { box, mask }: Figure, small: Raster, sheet: Raster): SheetView {
  const cutout = crop(small, box);
  mask.forEach((set, i) => {
    if (!set) cutout.data[4 * i + 3] = 0;
  });
  return {
    name,
    box: scaled(box, sheet.width / small.width, sheet.height / small.height),
    cutout,
    image: flatten(framed(cutout)),
  };
}

/** In the middle of a transparent square with a margin. */
function framed(cutout: Raster): Raster {
  const margin = Math.round(Math.max(cutout.width, cutout.height) * VIEW_MARGIN);
  const frame = filled(cutout.width + 2 * margin, cutout.height + 2 * margin, CLEAR);
  paste(frame, cutout, margin, margin);
  return padSquare(frame, CLEAR);
}

/** How much of each cell of the view's square the figure fills, 0 to 1: `grid * grid` cells, row by row. */
export function figureShares(cutout: Raster, grid: number): Float32Array {
  const { width: side, data } = framed(cutout);
  const filled = new Float32Array(grid * grid);
  const all = new Float32Array(grid * grid);
  for (let i = 0; i < side * side; i += 1) {
    const x = i % side;
    const cell = Math.floor((((i - x) / side) * grid) / side) * grid + Math.floor((x * grid) / side);
    all[cell] = (all[cell] ?? 0) + 1;
    filled[cell] = (filled[cell] ?? 0) + (data[4 * i + 3] ?? 0) / 255;
  }
  return filled.map((sum, cell) => (all[cell] ? sum / all[cell] : 0));
}

function scaled({ x, y, width, height }: Box, across: number, down: number): Box {
  const left = Math.round(x * across);
  const top = Math.round(y * down);
  return {
    x: left,
    y: top,
    width: Math.round((x + width) * across) - left,
    height: Math.round((y + height) * down) - top,
  };
}
