import type { Encoder } from '../encode/encoder.js';
import { centred } from '../encode/mean.js';
import type { Raster } from '../image/raster.js';
import type { PatchMap } from './patches.js';

/** Unit vectors about the encoder's mean, one per crop. */
export async function embedCentred(crops: readonly Raster[], encoder: Encoder): Promise<Float32Array[]> {
  const vectors = await encoder.embed(crops);
  if (vectors.length !== crops.length) {
    throw new Error(`encoder '${encoder.id}' gave ${vectors.length} vectors for ${crops.length} crops`);
  }
  return vectors.map((vector) => centred(vector, encoder.mean));
}

/** The crops' patches about the encoder's mean patch; none for an encoder without patches. */
export async function patchMaps(crops: readonly Raster[], encoder: Encoder): Promise<PatchMap[]> {
  const { patches, patchMean } = encoder;
  if (!patches) return [];
  const { grid, dimensions } = patches;
  const maps = await encoder.embedPatches(crops);
  return maps.map((vectors) => ({ grid, dimensions, vectors: centred(vectors, patchMean) }));
}
