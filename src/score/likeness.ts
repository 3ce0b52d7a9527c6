import type { Encoder } from '../encode/encoder.js';
import { boxOf, coarseWindows, partWindows, refinedWindows, type Window } from '../encode/windows.js';
import type { Box, Raster } from '../image/raster.js';
import { mean } from '../stats/summary.js';
import { searchable, type Searchable } from './searchable.js';

/** One view of a character as the encoder sees it. */
export interface EncodedView {
  name: string;
  whole: Float32Array;
  /** Three by three overlapping parts, row by row. */
  parts: Float32Array[];
}

/** Where a character was found in a picture, and how alike it looks there. */
export interface Likeness {
  /** In px of the searched picture. */
  box: Box;
  view: string;
  /** Cosine of the best window with the best view, -1 to 1. */
  whole: number;
  /** Mean over that view's parts of the best cosine with a window near. */
  parts: number;
  /** The mean of both: what is calibrated. */
  raw: number;
}

/** A view on its square, as vectors. */
export async function encodeView(name: string, image: Raster, encoder: Encoder): Promise<EncodedView> {
  const picture = searchable(image, encoder);
  const all: Window = { level: 0, x: 0, y: 0 };
  const [whole = new Float32Array(), ...parts] = await picture.vectorsOf([
    all,
    ...partWindows(all, image, encoder.size),
  ]);
  return { name, whole, parts };
}

/**
 * Looks for a character of which `views` exist: windows over the whole picture, finer ones around the best two, then
 * parts in the best one. Parts are compared with the view that the whole figure matched, so that a part is not
 * forgiven for being right in another view.
 */
export async function findLikeness(
  picture: Searchable,
  views: readonly EncodedView[],
  side: number,
): Promise<Likeness> {
  const size = picture.raster;
  const first = await rank(picture, coarseWindows(size, side), views);
  const around = first.slice(0, 2).flatMap(({ window }) => refinedWindows(window, size, side));
  const [best] = [...first, ...(await rank(picture, around, views))].sort((a, b) => b.cosine - a.cosine);
  if (!best) throw new RangeError('a likeness needs at least one view');

  const near = await picture.vectorsOf(partWindows(best.window, size, side));
  const found = best.view.parts.map((part) => Math.max(...near.map((vector) => dot(part, vector))));
  const parts = mean(found);
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

async function rank(picture: Searchable, windows: readonly Window[], views: readonly EncodedView[]) {
  const vectors = await picture.vectorsOf(windows);
  return windows
    .flatMap((window, i) => views.map((view) => ({ window, view, cosine: dot(vectors[i] ?? view.whole, view.whole) })))
    .sort((a, b) => b.cosine - a.cosine);
}
