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
  return (await encoder.embedPatches(crops)).map((flat) => {
    const vectors = new Float32Array(flat.length);
    for (let at = 0; at < flat.length; at += dimensions) {
      vectors.set(centred(flat.subarray(at, at + dimensions), patchMean), at);
    }
    return { grid, dimensions, vectors };
  });
}
