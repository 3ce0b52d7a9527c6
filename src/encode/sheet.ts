import { backgroundMask, borderColour, drawnMask } from '../image/background.js';
import { connectedComponents, type Component } from '../image/components.js';
import { crop, filled, flatten, padSquare, paste, type Box, type Raster } from '../image/raster.js';
import { reduce } from '../image/reduce.js';

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

/** Captions and dust are shorter than this share of the sheet's height. */
const CAPTION_HEIGHT = 0.06;
/** Figures are at least this share as tall as the tallest; anything smaller belongs to the figure it touches. */
const FIGURE_HEIGHT = 0.35;
const MARGIN = 0.06;

/** Finds the figures of a sheet, from left to right, one for each of `specs`. */
export async function splitSheet(sheet: Raster, specs: readonly ViewSpec[]): Promise<SheetSplit> {
  const small = await reduce(sheet, Math.min(512, sheet.width, sheet.height));
  const { width, height } = small;
  const background = borderColour(small);
  const mask = drawnMask(small, background);
  const { labels, components } = connectedComponents(mask, width, height);
  const kept = ofFigures(components, height);
  if (!kept.includes(true))
    return { reason: 'no view was found on the sheet: it shows no figure on a plain background' };

  const drawn = Uint8Array.from(labels, (label) => (kept[label - 1] ? 1 : 0));
  const columns = new Float64Array(width);
  drawn.forEach((set, i) => (columns[i % width] = (columns[i % width] ?? 0) + set / height));
  const cuts = cutColumns(columns, specs.length);
  const views: SheetView[] = [];
  for (const [i, { name }] of specs.entries()) {
    const box = tightBox(drawn, width, cuts[i] ?? 0, cuts[i + 1] ?? width);
    if (!box) return { reason: `the view '${name}' was not found on the sheet` };
    const cutout = cutOut(small, box, background);
    views.push({ name, box: scaled(box, sheet.width / width, sheet.height / height), cutout, image: framed(cutout) });
  }
  return { views };
}

/** True for everything tall, and for smaller pieces (a floating antenna, an eye) that lie in a tall one's box. */
function ofFigures(components: readonly Component[], sheetHeight: number): boolean[] {
  const tallest = Math.max(0, ...components.map(({ box }) => box.height));
  const tall = components.filter(
    ({ box }) => box.height >= CAPTION_HEIGHT * sheetHeight && box.height >= FIGURE_HEIGHT * tallest,
  );
  const inside = ({ box }: Component) =>
    tall.some(
      ({ box: figure }) =>
        box.x < figure.x + figure.width &&
        box.x + box.width > figure.x &&
        box.y < figure.y + figure.height &&
        box.y + box.height > figure.y,
    );
  return components.map(inside);
}

/**
 * Where to cut, from 0 to the width: at the middles of the widest empty runs between figures, or, where figures touch,
 * at the emptiest columns near equal parts. `share` is how much of each column is drawn.
 */
function cutColumns(share: Float64Array, parts: number): number[] {
  const first = share.findIndex((value) => value > 0);
  const last = share.findLastIndex((value) => value > 0);
  const runs: { from: number; length: number }[] = [];
  for (let x = first, from = first; x <= last; x += 1) {
    if ((share[x] ?? 0) < 0.005) continue;
    if (x - from > 0.01 * share.length) runs.push({ from, length: x - from });
    from = x + 1;
  }
  const gaps = runs.sort((a, b) => b.length - a.length).slice(0, parts - 1);
  const inner =
    gaps.length === parts - 1
      ? gaps.map(({ from, length }) => from + (length >> 1)).sort((a, b) => a - b)
      : Array.from({ length: parts - 1 }, (_, i) => emptiestNear(share, first, last, (i + 1) / parts, parts));
  return [0, ...inner, share.length];
}

function emptiestNear(share: Float64Array, first: number, last: number, at: number, parts: number): number {
  const span = last - first + 1;
  const centre = Math.round(first + at * span);
  const reach = Math.floor((0.3 * span) / parts);
  let best = centre;
  for (let x = centre - reach; x <= centre + reach; x += 1) if ((share[x] ?? 1) < (share[best] ?? 1)) best = x;
  return best;
}

function tightBox(drawn: Uint8Array, width: number, from: number, to: number): Box | null {
  let [left, right, top, bottom] = [to, -1, Infinity, -1];
  for (let y = 0; y * width < drawn.length; y += 1) {
    for (let x = from; x < to; x += 1) {
      if (!drawn[y * width + x]) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  return bottom < 0 ? null : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

/** The pixels of the box, the background around the figure made transparent; what the figure encloses stays. */
function cutOut(sheet: Raster, box: Box, background: [number, number, number]): Raster {
  // One pixel of background all around, so that background between limbs is connected with the border.
  const ringed = filled(box.width + 2, box.height + 2, [...background, 255]);
  paste(ringed, crop(sheet, box), 1, 1);
  const mask = backgroundMask(ringed, background);
  ringed.data.forEach((_, p) => {
    if (p % 4 === 3 && mask[p >> 2]) ringed.data[p] = 0;
  });
  return crop(ringed, { x: 1, y: 1, width: box.width, height: box.height });
}

function framed(cutout: Raster): Raster {
  const side = Math.max(cutout.width, cutout.height);
  const margin = Math.round(side * MARGIN);
  const frame = filled(cutout.width + 2 * margin, cutout.height + 2 * margin, [255, 255, 255, 0]);
  paste(frame, cutout, margin, margin);
  return flatten(padSquare(frame));
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
