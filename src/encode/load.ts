import * as path from 'node:path';
import type { Raster } from '../image/raster.js';
import { messageOf, UsageError } from '../lib/errors.js';
import { existsSync } from '../lib/files.js';
import { sha256OfFile } from '../lib/hash.js';
import type { Encoder } from './encoder.js';
import { readMean } from './mean.js';
import { type Model, openModel } from './model.js';
import { layoutOf, type Outputs, type Rows, takeRows } from './outputs.js';
import { readPreprocessing, writePixels } from './preprocess.js';
import { findSource, POOLED_ONLY, type Source } from './source.js';

export interface LoadOptions {
  /** Holds `pocket-clip/`. */
  modelsFolder: string;
  /** Downloads of hub models are kept here. */
  cacheFolder: string;
  /** A mirror of the hub to download from, such as `https://hub.example.org/`. */
  remoteHost?: string;
  /** One line at a time while a model is being downloaded. */
  onProgress?: (message: string) => void;
}

/** Crops a call of the model: what it makes of more does not fit a core's cache (a sixth more time a crop with 16). */
export const BATCH = 4;

/**
 * Opens `pocket`, a folder in the hub's layout, or a hub model (downloaded once, then read from the cache): a CLIP
 * vision model, or one such as DINOv2 that gives `last_hidden_state`. `:q8` at the end takes the quantised file.
 * @throws UsageError when the files cannot be had or are no such model; it says what to do.
 */
export async function loadEncoder(spec: string, options: LoadOptions): Promise<Encoder> {
  const source = findSource(spec, options.modelsFolder);
  const model = await openModel(source, options);
  const how = readPreprocessing(model.processorConfig, source.id);
  const numbers = 3 * how.size * how.size;
  // Something to look at: of an even crop many models say the same.
  const crop = Float32Array.from({ length: numbers }, (_, i) => Math.sin(i));
  const probe = await model.run(crop, 1, how.size);
  const { pooled, patches } = layoutOf(probe, model.registers, source.id);
  const pooledOnly = await openPooledOnly(source, options, (by) => by.run(crop, 1, how.size), probe, pooled);

  const folder = source.folder ?? path.join(options.cacheFolder, source.hub);
  const hash = await sha256OfFile(path.join(folder, model.file));
  const means = readMean(path.join(folder, 'mean.json'), {
    sha256: hash,
    dimensions: pooled.dimensions,
    patchDimensions: patches?.dimensions ?? null,
  });
  /** For the pixels of a batch, kept while no call uses it: much garbage outside its heap makes V8 collect all of it. */
  let spare: Float32Array | null = null;
  const rowsOf = async (by: Model, crops: readonly Raster[], rows: Rows) => {
    const vectors: Float32Array[] = [];
    const room = spare ?? new Float32Array(BATCH * numbers);
    spare = null;
    for (let first = 0; first < crops.length; first += BATCH) {
      const batch = crops.slice(first, first + BATCH);
      const pixels = room.subarray(0, batch.length * numbers);
      await Promise.all(batch.map((crop, i) => writePixels(crop, how, pixels, i * numbers)));
      const outputs = await by.run(pixels, batch.length, how.size);
      vectors.push(...takeRows(outputs, rows, batch.length, source.id));
    }
    spare = room;
    return vectors;
  };
  return {
    id: source.id,
    sha256: hash,
    dimensions: pooled.dimensions,
    size: how.size,
    mean: means?.mean ?? null,
    patches: patches && { grid: patches.grid, dimensions: patches.dimensions },
    patchMean: means?.patchMean ?? null,
    embed: (crops) => rowsOf(pooledOnly ?? model, crops, pooled),
    async embedPatches(crops) {
      if (!patches) throw new RangeError(`encoder '${source.id}' gives no patch vectors`);
      return rowsOf(model, crops, patches);
    },
  };
}

/** Cosine from which on two vectors are of one model, one of them in eight bits. Of two models they would have nothing in common. */
const SAME = 0.99;

/** The model without patches, where the folder has one; that it is the same model is tried on what `probe` is of. */
async function openPooledOnly(
  source: Source,
  options: LoadOptions,
  run: (model: Model) => Promise<Outputs>,
  probe: Outputs,
  pooled: Rows,
): Promise<Model | null> {
  const { folder, precision, id } = source;
  if (folder === undefined || precision !== 'fp32' || !existsSync(path.join(folder, POOLED_ONLY))) return null;
  const refuse = (problem: string, cause?: unknown) =>
    new UsageError(`encoder '${id}': ${POOLED_ONLY} ${problem}`, {
      place: { file: path.join(folder, POOLED_ONLY) },
      fix: 'Delete it to work without, or export both from one model.',
      cause,
    });
  const model = await openModel(source, options, POOLED_ONLY);
  const answer = await run(model).catch((error: unknown) => {
    throw refuse(`does not take what the whole model takes: ${messageOf(error)}`, error);
  });
  const [whole, short] = [probe, answer].map((outputs) => takeRows(outputs, pooled, 1, id)[0]);
  const cosine = whole?.reduce((sum, value, i) => sum + value * (short?.[i] ?? NaN), 0) ?? NaN;
  if (cosine > SAME) return model;
  throw refuse('gives other vectors than the whole model');
}
