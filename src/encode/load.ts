import * as path from 'node:path';
import { UsageError } from '../lib/errors.js';
import { existsSync, readFile } from '../lib/files.js';
import { sha256 } from '../lib/hash.js';
import type { Encoder } from './encoder.js';
import { normalised, readMean } from './mean.js';
import { openModel } from './model.js';
import { readPreprocessing, writePixels } from './preprocess.js';
import { findSource } from './source.js';

export interface LoadOptions {
  /** Holds `pocket-clip/`. */
  modelsFolder: string;
  /** Downloads of hub models are kept here. */
  cacheFolder: string;
  /** `q8` takes the hub's `vision_model_quantized.onnx`. Default `fp32`. */
  dtype?: 'fp32' | 'q8';
  /** A mirror of the hub to download from, such as `https://hub.example.org/`. */
  remoteHost?: string;
  /** One line at a time while a model is being downloaded. */
  onProgress?: (message: string) => void;
}

/** Crops a call of the model: more gains nothing on a CPU and costs memory. */
export const BATCH = 16;

/**
 * Opens `pocket`, a folder in the hub's CLIP layout, or a hub model (downloaded once, then read from the cache).
 * @throws UsageError when the files cannot be had or are not a CLIP vision model; it says what to do.
 */
export async function loadEncoder(spec: string, options: LoadOptions): Promise<Encoder> {
  const source = findSource(spec, options.modelsFolder);
  const dtype = options.dtype ?? 'fp32';
  const onnx = path.join('onnx', dtype === 'q8' ? 'vision_model_quantized.onnx' : 'vision_model.onnx');
  if (source.folder !== undefined) requireFiles(source.id, source.folder, onnx);

  const model = await openModel(source, { ...options, dtype });
  const how = readPreprocessing(model.processorConfig, source.id);
  const numbers = 3 * how.size * how.size;
  const [probe] = await model.run(new Float32Array(numbers), 1, how.size);
  const dimensions = probe?.length ?? 0;

  const folder = source.folder ?? path.join(options.cacheFolder, source.hub);
  const hash = sha256(await readFile(path.join(folder, onnx)));
  return {
    id: source.id,
    sha256: hash,
    dimensions,
    size: how.size,
    mean: readMean(path.join(folder, 'mean.json'), { sha256: hash, dimensions }),
    async embed(crops) {
      const vectors: Float32Array[] = [];
      for (let first = 0; first < crops.length; first += BATCH) {
        const batch = crops.slice(first, first + BATCH);
        const pixels = new Float32Array(batch.length * numbers);
        await Promise.all(batch.map((crop, i) => writePixels(crop, how, pixels, i * numbers)));
        vectors.push(...(await model.run(pixels, batch.length, how.size)).map(normalised));
      }
      return vectors;
    },
  };
}

function requireFiles(id: string, folder: string, onnx: string): void {
  const missing = ['config.json', 'preprocessor_config.json', onnx].filter(
    (name) => !existsSync(path.join(folder, name)),
  );
  if (missing.length === 0) return;
  throw new UsageError(`encoder '${id}': ${folder} has no ${missing.join(', no ')}`, {
    fix: "A folder needs the layout of the hub's CLIP models: config.json, preprocessor_config.json, onnx/vision_model.onnx. `--encoder pocket` is built in.",
  });
}
