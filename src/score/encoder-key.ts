import type { Encoder } from '../encode/encoder.js';
import { sha256 } from '../lib/hash.js';

/** The model file, and the means that its vectors are centred by: they are a file of their own. */
export function encoderKey({ sha256: model, mean, patchMean }: Encoder) {
  const hashOf = (vector: Float32Array | null) =>
    vector && sha256(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
  return { model, mean: hashOf(mean), patchMean: hashOf(patchMean) };
}
