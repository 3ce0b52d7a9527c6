import * as path from 'node:path';
import type { Raster } from '../image/raster.js';
import { sha256OfFile } from '../lib/hash.js';
import type { Encoder } from './encoder.js';
import { readMean } from './mean.js';
import { openModel } from './model.js';
import { layoutOf, type Rows, takeRows } from './outputs.js';
import { readPreprocessing, writePixels } from './preprocess.js';
import { findSource } from './source.js';

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
  const probe = await model.run(new Float32Array(numbers), 1, how.size);
  const { pooled, patches } = layoutOf(probe, model.registers, source.id);

  const folder = source.folder ?? path.join(options.cacheFolder, source.hub);
  const hash = await sha256OfFile(path.join(folder, model.file));
  const means = readMean(path.join(folder, 'mean.json'), {
    sha256: hash,
    dimensions: pooled.dimensions,
    patchDimensions: patches?.dimensions ?? null,
  });
  const rowsOf = async (crops: readonly Raster[], rows: Rows) => {
    const vectors: Float32Array[] = [];
    for (let first = 0; first < crops.length; first += BATCH) {
      const batch = crops.slice(first, first + BATCH);
      const pixels = new Float32Array(batch.length * numbers);
      await Promise.all(batch.map((crop, i) => writePixels(crop, how, pixels, i * numbers)));
      const outputs = await model.run(pixels, batch.length, how.size);
      vectors.push(...takeRows(outputs, rows, batch.length, source.id));
    }
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
    embed: (crops) => rowsOf(crops, pooled),
    async embedPatches(crops) {
      if (!patches) throw new RangeError(`encoder '${source.id}' gives no patch vectors`);
      return rowsOf(crops, patches);
    },
  };
}
