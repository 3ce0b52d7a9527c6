import type { Encoder } from '../encode/encoder.js';
import { figureShares, type SheetView } from '../encode/sheet.js';
import { crop, flatten, type Box, type Raster } from '../image/raster.js';
import { embedCentred, patchMaps } from './embed.js';
import { paletteOf, type Palette } from './palette.js';
import type { PatchMap } from './patches.js';

/** One view of a character as the encoder sees it. */
export interface EncodedView {
  name: string;
  whole: Float32Array;
  parts: { name: string; vector: Float32Array }[];
  /** `null` where the encoder gives no patches. */
  patches: FigurePatches | null;
  palette: Palette;
}

/** The patches of a view's square picture, and how much of each the figure fills, 0 to 1. */
export interface FigurePatches extends PatchMap {
  share: Float32Array;
  /** How well each is usually found in a picture of the character itself, a cosine: thin and bent parts match less. */
  expected: Float32Array;
}

/** Overlapping parts of a figure: top edge and height as shares of the figure's height. */
export const PARTS = [
  { name: 'upper', top: 0, height: 0.55 },
  { name: 'middle', top: 0.2, height: 0.6 },
  { name: 'lower', top: 0.45, height: 0.55 },
] as const;

/** A view of a sheet as vectors. */
export async function encodeView(
  { name, image, cutout }: Pick<SheetView, 'name' | 'image' | 'cutout'>,
  encoder: Encoder,
): Promise<EncodedView> {
  const figure = flatten(cutout);
  const [whole = new Float32Array(), ...vectors] = await embedCentred(
    [image, ...PARTS.map((part) => crop(figure, partBox(part, figure)))],
    encoder,
  );
  const [map] = await patchMaps([image], encoder);
  return {
    name,
    whole,
    parts: PARTS.map((part, i) => ({ name: part.name, vector: vectors[i] ?? new Float32Array() })),
    patches: map ? { ...map, share: figureShares(cutout, map.grid), expected: new Float32Array(map.grid ** 2) } : null,
    palette: paletteOf(cutout),
  };
}

/** Where a part lies in a figure of this size, px. */
export function partBox({ top, height }: (typeof PARTS)[number], figure: Pick<Raster, 'width' | 'height'>): Box {
  const y = Math.floor(figure.height * top);
  return {
    x: 0,
    y,
    width: figure.width,
    height: Math.min(figure.height - y, Math.ceil(figure.height * height)),
  };
}
