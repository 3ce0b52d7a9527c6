import { z } from 'zod';
import { messageOf, UsageError } from '../lib/errors.js';
import { existsSync, readFileSync } from '../lib/files.js';

const meanFile = z.strictObject({
  /** Of the ONNX file that made the vectors. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** How many generic crops were averaged. */
  crops: z.int().min(500),
  mean: z.array(z.number()),
});

/**
 * The mean vector that an encoder's folder ships as `mean.json`, or `null` where there is none.
 * @throws UsageError when the file is garbled or was made with another model.
 */
export function readMean(file: string, model: { sha256: string; dimensions: number }): Float32Array | null {
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
  if (content.sha256 !== model.sha256)
    throw refuse(`made with model ${content.sha256.slice(0, 12)}, not ${model.sha256.slice(0, 12)}`);
  if (content.mean.length !== model.dimensions)
    throw refuse(`holds ${content.mean.length} numbers; the model gives ${model.dimensions}`);
  return Float32Array.from(content.mean);
}

/**
 * Moves the origin to `mean` and puts the vector back on the unit sphere: narrow-cone encoders spread out.
 * Without a mean the vector is returned as it is. A vector equal to the mean gives zeros.
 */
export function centred(vector: Float32Array, mean: Float32Array | null): Float32Array {
  return mean ? normalised(vector.map((value, i) => value - (mean[i] ?? 0))) : vector;
}

/** The vector scaled to length 1; all zeros stay zeros. */
export function normalised(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? vector.map((value) => value / length) : vector;
}
