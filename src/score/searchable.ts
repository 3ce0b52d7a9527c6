import type { Encoder } from '../encode/encoder.js';
import { COARSE_LEVELS, levelSize, type Window } from '../encode/windows.js';
import { resize, resizer } from '../image/codec.js';
import { crop, type Raster } from '../image/raster.js';
import { embedCentred, patchMaps } from './embed.js';
import type { PatchMap } from './patches.js';

/** A picture with the vectors of its windows, each made once for one encoder. */
export interface Searchable {
  readonly raster: Raster;
  vectorsOf(windows: readonly Window[]): Promise<Float32Array[]>;
  /** The pixels of a window, as the encoder sees them. */
  pixelsOf(window: Window): Promise<Raster>;
  /** `null` where the encoder gives no patches. */
  patchesOf(window: Window): Promise<PatchMap | null>;
}

export function searchable(raster: Raster, encoder: Encoder): Searchable {
  const levels = new Map<number, Promise<Raster>>();
  const vectors = new Map<string, Float32Array>();
  const side = encoder.size;
  const resized = resizer(raster);

  const shrunk = async (level: number): Promise<Raster> => {
    const { width, height } = levelSize(raster, level, side);
    // From the next larger one where every search looks at that, too: a fraction of the work.
    return COARSE_LEVELS.includes(level + 1) ? resize(await levelOf(level + 1), width, height) : resized(width, height);
  };
  const levelOf = (level: number) => {
    const made = levels.get(level) ?? shrunk(level);
    levels.set(level, made);
    return made;
  };
  const pixelsOf = async ({ level, x, y }: Window) =>
    level === 'whole' ? raster : crop(await levelOf(level), { x, y, width: side, height: side });

  return {
    raster,
    pixelsOf,
    async patchesOf(window) {
      const [map] = await patchMaps([await pixelsOf(window)], encoder);
      return map ?? null;
    },
    async vectorsOf(windows) {
      const keys = windows.map(({ level, x, y }) => `${level} ${x} ${y}`);
      const missing = new Map(keys.map((key, i) => [key, windows[i]] as const).filter(([key]) => !vectors.has(key)));
      const crops = await Promise.all([...missing.values()].flatMap((window) => (window ? [pixelsOf(window)] : [])));
      const made = await embedCentred(crops, encoder);
      [...missing.keys()].forEach((key, i) => vectors.set(key, made[i] ?? new Float32Array()));
      return keys.map((key) => vectors.get(key) ?? new Float32Array());
    },
  };
}

/** Scalar product: the cosine, for unit vectors. */
export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
