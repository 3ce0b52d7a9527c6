import type { Encoder } from '../encode/encoder.js';
import { centred } from '../encode/mean.js';
import { levelSize, type Window } from '../encode/windows.js';
import { resize } from '../image/codec.js';
import { crop, type Raster } from '../image/raster.js';

/** A picture with the vectors of its windows, each made once for one encoder. */
export interface Searchable {
  readonly raster: Raster;
  vectorsOf(windows: readonly Window[]): Promise<Float32Array[]>;
}

export function searchable(raster: Raster, encoder: Encoder): Searchable {
  const levels = new Map<number, Promise<Raster>>();
  const vectors = new Map<string, Float32Array>();
  const side = encoder.size;

  const levelOf = (level: number) => {
    const { width, height } = levelSize(raster, level, side);
    const made = levels.get(level) ?? resize(raster, width, height);
    levels.set(level, made);
    return made;
  };
  const pixelsOf = async ({ level, x, y }: Window) =>
    level === 'whole' ? raster : crop(await levelOf(level), { x, y, width: side, height: side });

  return {
    raster,
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

/** Unit vectors about the encoder's mean, one per crop. */
export async function embedCentred(crops: readonly Raster[], encoder: Encoder): Promise<Float32Array[]> {
  const vectors = await encoder.embed(crops);
  if (vectors.length !== crops.length) {
    throw new Error(`encoder '${encoder.id}' gave ${vectors.length} vectors for ${crops.length} crops`);
  }
  return vectors.map((vector) => centred(vector, encoder.mean));
}
