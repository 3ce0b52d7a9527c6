import type { Encoder } from '../encode/encoder.js';
import type { SheetView } from '../encode/sheet.js';
import { boxOf, coarseWindows, refinedWindows, type Window } from '../encode/windows.js';
import { crop, flatten, type Box, type Raster } from '../image/raster.js';
import { mean } from '../stats/summary.js';
import { embedCentred, type Searchable } from './searchable.js';

/** One view of a character as the encoder sees it. */
export interface EncodedView {
  name: string;
  whole: Float32Array;
  /** Its upper, middle and lower part. */
  parts: Float32Array[];
}

/** Where a character was found in a picture, and how alike it looks there. */
export interface Likeness {
  /** In px of the searched picture. */
  box: Box;
  view: string;
  /** Cosine of the best window with the best view, -1 to 1. */
  whole: number;
  /** Mean over that view's parts of the best cosine with any window. */
  parts: number;
  /** The mean of both: what is calibrated. */
  raw: number;
}

/** Overlapping parts of a figure: top edge and height as shares of the figure's height. */
const PARTS = [
  { top: 0, height: 0.55 },
  { top: 0.2, height: 0.6 },
  { top: 0.45, height: 0.55 },
];

/** A view of a sheet as vectors. */
export async function encodeView(
  { name, image, cutout }: Pick<SheetView, 'name' | 'image' | 'cutout'>,
  encoder: Encoder,
): Promise<EncodedView> {
  const figure = flatten(cutout);
  const vectors = await embedCentred([image, ...PARTS.map((part) => band(figure, part))], encoder);
  const [whole = new Float32Array(), ...parts] = vectors;
  return { name, whole, parts };
}

function band(figure: Raster, part: (typeof PARTS)[number]): Raster {
  const y = Math.floor(figure.height * part.top);
  const height = Math.min(figure.height - y, Math.ceil(figure.height * part.height));
  return crop(figure, { x: 0, y, width: figure.width, height });
}

/**
 * Looks for a character of which `views` exist: windows over the whole picture, finer ones around the best two and then
 * around the best. Parts are those of the view that the whole figure matched, so that a part is not forgiven for being
 * right in another view.
 */
export async function findLikeness(
  picture: Searchable,
  views: readonly EncodedView[],
  side: number,
): Promise<Likeness> {
  const size = picture.raster;
  const around = (found: Match[]) => found.flatMap(({ window }) => refinedWindows(window, size, side));
  const first = await rank(picture, coarseWindows(size, side), views);
  const second = await rank(picture, around(first.slice(0, 2)), views);
  // Once more, where a small figure drew the search in.
  const third = better(second, first) ? await rank(picture, around(second.slice(0, 1)), views) : [];
  const all = [...first, ...second, ...third].sort(byCosine);
  const [best] = all;
  if (!best) throw new RangeError('a likeness needs at least one view');

  const parts = mean(best.view.parts.map((part) => Math.max(...all.map(({ vector }) => dot(part, vector)))));
  return {
    box: boxOf(best.window, size, side),
    view: best.view.name,
    whole: best.cosine,
    parts,
    raw: (best.cosine + parts) / 2,
  };
}

/** The likeness of two figures that fill their squares: whole, and part by part in place. */
export function compareViews(a: EncodedView, b: EncodedView): number {
  return (dot(a.whole, b.whole) + mean(a.parts.map((part, i) => dot(part, b.parts[i] ?? b.whole)))) / 2;
}

/** Scalar product: the cosine, for unit vectors. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

interface Match {
  window: Window;
  vector: Float32Array;
  view: EncodedView;
  cosine: number;
}

/** Every window with every view, the best first. */
async function rank(picture: Searchable, windows: readonly Window[], views: readonly EncodedView[]): Promise<Match[]> {
  const vectors = await picture.vectorsOf(windows);
  return windows
    .flatMap((window, i) => {
      const vector = vectors[i] ?? new Float32Array();
      return views.map((view) => ({ window, vector, view, cosine: dot(vector, view.whole) }));
    })
    .sort(byCosine);
}

function byCosine(a: Match, b: Match): number {
  return b.cosine - a.cosine;
}

function better(found: readonly Match[], before: readonly Match[]): boolean {
  return (found[0]?.cosine ?? -1) > (before[0]?.cosine ?? -1);
}
