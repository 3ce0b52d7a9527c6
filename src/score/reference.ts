import type { Encoder } from '../encode/encoder.js';
import { splitSheet, type SheetView } from '../encode/sheet.js';
import type { Raster } from '../image/raster.js';
import type { View } from '../suite/suite.js';
import { median } from '../stats/summary.js';
import { Calibrations, type CalibrationStore } from './calibration.js';
import { DECOYS, decoyFigure, decoyScene } from './decoys.js';
import { compareViews, likenessAt, patchesAt, type Channels } from './likeness.js';
import { search } from './search.js';
import { searchable, type Searchable } from './searchable.js';
import { inPlaces, onWhite } from './variations.js';
import { encodeView, type EncodedView } from './view.js';

/** What a channel's values mean for one sheet and encoder: `floor` is another character, `ceiling` the character itself. */
export interface Scale {
  floor: Channels;
  ceiling: Channels;
}

/** A character's sheet, ready to be compared with. */
export interface Reference {
  views: (EncodedView & Pick<SheetView, 'box' | 'cutout'>)[];
  /** For a search in scenes; measured once, when first asked for. */
  sceneScale(): Promise<Scale>;
  /** For view against view, one scale a view. */
  viewScales(): Promise<Scale[]>;
}

export type ReferenceResult = { reference: Reference; reason?: never } | { reference?: never; reason: string };

const references = new WeakMap<Encoder, Map<string, Promise<ReferenceResult>>>();
const decoys = new WeakMap<Encoder, { scenes(): Promise<Searchable[]>; figures(): Promise<EncodedView[]> }>();

/** The reference of a sheet, made once a process for each encoder; what `store` remembers of it is not measured again. */
export function referenceOf(
  sheet: { image: Raster; sha256: string; views: readonly View[] },
  encoder: Encoder,
  store: CalibrationStore | null,
): Promise<ReferenceResult> {
  const known = references.get(encoder) ?? new Map<string, Promise<ReferenceResult>>();
  references.set(encoder, known);
  const key = JSON.stringify([sheet.sha256, sheet.views]);
  const made = known.get(key) ?? makeReference(sheet, encoder, new Calibrations(store, sheet, encoder));
  known.set(key, made);
  return made;
}

async function makeReference(
  sheet: { image: Raster; views: readonly View[] },
  encoder: Encoder,
  calibrations: Calibrations,
): Promise<ReferenceResult> {
  const split = await splitSheet(sheet.image, sheet.views);
  if (!split.views) return { reason: split.reason };
  const figures = split.views;
  const encoded = await Promise.all(
    figures.map(async ({ name, image, box, cutout }) => ({
      ...(await encodeView({ name, image, cutout }, encoder)),
      box,
      cutout,
    })),
  );
  const own = once(() => Promise.all(figures.map(({ cutout }) => shownInPlaces(cutout, encoder))));
  const expected = encoder.patches
    ? await calibrations.recall('patches', async () => expectedPatches(encoded, await own(), encoder.size))
    : null;
  const views = encoded.map(({ patches, ...view }, i) => ({
    ...view,
    patches: patches && { ...patches, expected: new Float32Array(expected?.[i] ?? []) },
  }));
  return {
    reference: {
      views,
      sceneScale: once(() =>
        calibrations.recall('scene', async () => measureSceneScale(views, (await own()).flat(), encoder)),
      ),
      viewScales: once(() => calibrations.recall('views', () => measureViewScales(views, encoder))),
    },
  };
}

async function shownInPlaces(cutout: Raster, encoder: Encoder): Promise<Searchable[]> {
  return (await inPlaces(cutout)).map((picture) => searchable(picture, encoder));
}

/** Learns from pictures that show the very view how well each of its patches is found. */
async function expectedPatches(
  views: readonly EncodedView[],
  pictures: readonly Searchable[][],
  side: number,
): Promise<number[][]> {
  const expected: number[][] = [];
  for (const [i, view] of views.entries()) {
    const own = pictures[i] ?? [];
    const sum = new Float32Array(view.patches?.share.length ?? 0);
    for (const picture of own) {
      const [place] = await search(picture, [view], side);
      const found = place && (await patchesAt(picture, place, view));
      found?.forEach((cosine, at) => (sum[at] = (sum[at] ?? 0) + cosine / own.length));
    }
    expected.push([...sum]);
  }
  return expected;
}

/** Through the same search as a sample, so that its bias (the best of many windows) is in the scale too. */
async function measureSceneScale(
  views: Reference['views'],
  own: readonly Searchable[],
  encoder: Encoder,
): Promise<Scale> {
  const others = await decoysOf(encoder).scenes();
  const typical = async (pictures: readonly Searchable[]) => {
    const found: Channels[] = [];
    for (const picture of pictures) {
      const matches = await search(picture, views, encoder.size);
      const [place] = matches;
      if (place) found.push((await likenessAt(picture, place, matches, views)).channels);
    }
    return medians(found);
  };
  return { floor: await typical(others), ceiling: await typical(own) };
}

async function measureViewScales(views: Reference['views'], encoder: Encoder): Promise<Scale[]> {
  const others = await decoysOf(encoder).figures();
  const scales: Scale[] = [];
  for (const view of views) {
    const images = await onWhite(view.cutout);
    const own = await Promise.all(images.map((image) => encodeFigure(image, encoder)));
    const typical = (figures: EncodedView[]) => medians(figures.map((figure) => compareViews(view, figure).channels));
    scales.push({ floor: typical(others), ceiling: typical(own) });
  }
  return scales;
}

function medians(all: readonly Channels[]): Channels {
  const names = Object.keys(all[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, median(all.map((channels) => channels[name] ?? NaN))]));
}

function decoysOf(encoder: Encoder) {
  const indices = Array.from({ length: DECOYS }, (_, i) => i);
  const made = decoys.get(encoder) ?? {
    scenes: once(async () => (await Promise.all(indices.map(decoyScene))).map((scene) => searchable(scene, encoder))),
    figures: once(() => Promise.all(indices.map(async (i) => encodeFigure(await decoyFigure(i), encoder)))),
  };
  decoys.set(encoder, made);
  return made;
}

/** A figure on white, taken from its picture as a view is taken from a sheet. */
async function encodeFigure(picture: Raster, encoder: Encoder): Promise<EncodedView> {
  const { views: [view] = [], reason } = await splitSheet(picture, [{ name: 'figure', box: null }]);
  if (!view) throw new Error(`of a picture made here, ${reason}`);
  return encodeView(view, encoder);
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
