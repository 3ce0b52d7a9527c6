import { z } from 'zod';
import { messageOf, UsageError } from '../lib/errors.js';
import { existsSync, readFileSync } from '../lib/files.js';

const meanFile = z.strictObject({
  /** Of the ONNX file that made the vectors. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** How many generic crops were averaged. */
  crops: z.int().min(500),
  mean: z.array(z.number()),
  /** Of all patches of those crops, each of length 1 before. */
  patchMean: z.array(z.number()).optional(),
});

export interface Means {
  mean: Float32Array;
  patchMean: Float32Array | null;
}

/**
 * The mean vectors that an encoder's folder ships as `mean.json`, or `null` where there is none.
 * @throws UsageError when the file is garbled or was made with another model.
 */
export function readMean(
  file: string,
  model: { sha256: string; dimensions: number; patchDimensions: number | null },
): Means | null {
  if (!existsSync(file)) return null;
  const refuse = (problem: string, cause?: unknown) =>
    new UsageError(problem, {
      place: { file },
      fix: 'Delete it to work without centring, or make it anew for this model.',
      cause,
    });
  let content;
  try {
    content = meanFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw refuse(
      `not a mean of embeddings: ${error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error)}`,
      error,
    );
  }
  const { mean, patchMean } = content;
  if (content.sha256 !== model.sha256)
    throw refuse(`made with model ${content.sha256.slice(0, 12)}, not ${model.sha256.slice(0, 12)}`);
  if (mean.length !== model.dimensions)
    throw refuse(`holds ${mean.length} numbers; the model gives ${model.dimensions}`);
  if (patchMean && patchMean.length !== model.patchDimensions)
    throw refuse(
      `holds ${patchMean.length} numbers for a patch; the model gives ${model.patchDimensions ?? 'no patches'}`,
    );
  return { mean: Float32Array.from(mean), patchMean: patchMean ? Float32Array.from(patchMean) : null };
}

/**
 * Moves the origin of each vector to `mean` and puts it back on the unit sphere: narrow-cone encoders spread out. Without
 * a mean they are returned as they are. A vector equal to the mean gives zeros.
 * @param vectors one or more of the mean's length, one after another
 */
export function centred(vectors: Float32Array, mean: Float32Array | null): Float32Array {
  if (!mean) return vectors;
  const moved = new Float32Array(vectors.length);
  for (let row = 0; row < vectors.length; row += mean.length) {
    for (let i = 0; i < mean.length; i += 1) moved[row + i] = (vectors[row + i] ?? 0) - (mean[i] ?? 0);
  }
  return normalise(moved, mean.length);
}

/** Each vector of `dimensions` numbers scaled to length 1; all zeros stay zeros. */
export function normalised(vectors: Float32Array, dimensions = vectors.length): Float32Array {
  return normalise(vectors.slice(), dimensions);
}

/** In place: an array for each of a crop's patches would cost more than the numbers in it. */
function normalise(vectors: Float32Array, dimensions: number): Float32Array {
  for (let row = 0; row < vectors.length; row += dimensions) {
    let squares = 0;
    for (let i = row; i < row + dimensions; i += 1) squares += (vectors[i] ?? 0) * (vectors[i] ?? 0);
    const length = Math.sqrt(squares);
    if (length === 0) continue;
    for (let i = row; i < row + dimensions; i += 1) vectors[i] = (vectors[i] ?? 0) / length;
  }
  return vectors;
}
