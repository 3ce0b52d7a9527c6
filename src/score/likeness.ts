import type { Box } from '../image/raster.js';
import { mean } from '../stats/summary.js';
import { paletteAround, paletteCoverage, type PaletteEntry } from './palette.js';
import { lowestMean, matchPatches } from './patches.js';
import { dot, type Searchable } from './searchable.js';
import type { Match } from './search.js';
import type { EncodedView, FigurePatches } from './view.js';

/**
 * How alike two things look, in several ways, each a cosine or a mean of cosines, -1 to 1. With every encoder: `window`,
 * the best window as a whole; `parts`, the view's parts with their best windows; `weakest`, the worst of them; `palette`,
 * how much of the view's colours the window shows, 0 to 1. With patch vectors: `patches`, all of the figure's patches, and
 * `missing`, those that fall short most of how they are usually found.
 */
export type Channels = Record<string, number>;

export interface Likeness {
  box: Box;
  /** Index of the view that the whole figure matched; everything else is compared with this one, so that a part is not forgiven for being right in another view. */
  view: number;
  channels: Channels;
  /** The view's parts, each with its best window. */
  parts: { name: string; cosine: number; box: Box }[];
  /** The view's main colours, and how much of each the window shows. */
  colours: PaletteEntry[];
  /** For each patch of the view its best match, -1 outside the figure; `null` without patches. */
  patches: Float32Array | null;
}

/** From this share on a patch belongs to the figure; thin parts (an antenna) fill little of theirs. */
const FIGURE = 0.2;
/** The share of patches that `missing` is the mean of. */
const LOWEST = 0.15;

/** How alike the character looks at one place of a picture. @param matches every window that was looked at */
export async function likenessAt(
  picture: Searchable,
  place: Match,
  matches: readonly Match[],
  views: readonly EncodedView[],
): Promise<Likeness> {
  const view = views[place.view];
  if (!view) throw new RangeError(`there is no view ${place.view}`);
  const near = matches.filter(({ box }) => inside(centreOf(box), place.box));
  const parts = view.parts.map(({ name, vector }) => {
    const cosines = near.map((match) => dot(vector, match.vector));
    const cosine = Math.max(...cosines);
    return { name, cosine, box: near[cosines.indexOf(cosine)]?.box ?? place.box };
  });
  const patches = await patchesAt(picture, place, view);
  const { coverage, entries } = paletteCoverage(view.palette, paletteAround(await picture.pixelsOf(place.window)));
  return {
    box: place.box,
    view: place.view,
    channels: channelsOf(
      { window: place.cosine, parts: parts.map(({ cosine }) => cosine), palette: coverage },
      patches,
      view.patches,
    ),
    colours: entries,
    parts,
    patches,
  };
}

/** The likeness of two figures that fill their squares: whole with whole, part with part, patches wherever they match. */
export function compareViews(a: EncodedView, b: EncodedView): Pick<Likeness, 'channels' | 'colours' | 'patches'> {
  const parts = a.parts.map(({ vector }, i) => dot(vector, b.parts[i]?.vector ?? b.whole));
  const patches = a.patches && b.patches ? matchPatches(a.patches, figureCells(a.patches), b.patches) : null;
  const { coverage, entries } = paletteCoverage(a.palette, b.palette);
  const pooled = { window: dot(a.whole, b.whole), parts, palette: coverage };
  return { channels: channelsOf(pooled, patches, a.patches), colours: entries, patches };
}

/** The best match of each of a view's patches at a place of a picture, -1 outside the figure; `null` without patches. */
export async function patchesAt(picture: Searchable, place: Match, view: EncodedView): Promise<Float32Array | null> {
  const map = view.patches && (await picture.patchesOf(place.window));
  return view.patches && map ? matchPatches(view.patches, figureCells(view.patches), map) : null;
}

/** Indices of the patches that show the figure. */
export function figureCells({ share }: FigurePatches): number[] {
  return [...share.keys()].filter((i) => (share[i] ?? 0) >= FIGURE);
}

function channelsOf(
  { window, parts, palette }: { window: number; parts: readonly number[]; palette: number },
  patches: Float32Array | null,
  figure: FigurePatches | null,
): Channels {
  const pooled = { window, parts: mean(parts), weakest: Math.min(...parts), palette };
  if (!patches || !figure) return pooled;
  const cells = figureCells(figure);
  const short = cells.map((i) => (patches[i] ?? -1) - (figure.expected[i] ?? 0));
  return { ...pooled, patches: mean(cells.map((i) => patches[i] ?? -1)), missing: lowestMean(short, LOWEST) };
}

function centreOf({ x, y, width, height }: Box): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}

function inside({ x, y }: { x: number; y: number }, box: Box): boolean {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}
