import type { PretrainedConfig } from '@xenova/transformers';
import * as path from 'node:path';
import { messageOf, UsageError } from '../lib/errors.js';
import { existsSync } from '../lib/files.js';
import { HUB, progressLines, removeAbandoned, removeDamaged } from './hub.js';
import { type Outputs, POOLED_OUTPUTS, refusal } from './outputs.js';
import { onnxFile, type Source } from './source.js';

/** An opened vision model. */
export interface Model {
  /** The ONNX file that is used, relative to the model's folder. */
  file: string;
  /** `num_register_tokens` of `config.json`: tokens beside the class token that are no patches. */
  registers: number;
  /** The library's reading of `preprocessor_config.json`. */
  processorConfig: unknown;
  /** What the model answers to the `count` square crops in `pixels`, planar RGB. */
  run(pixels: Float32Array, count: number, size: number): Promise<Outputs>;
}

export interface OpenOptions {
  cacheFolder: string;
  remoteHost?: string;
  onProgress?: (message: string) => void;
}

/**
 * Two threads that sleep while they wait: by default they spin, which on two busy cores doubled the time of a batch
 * (14.6 instead of 7.1 ms a crop) and took half as much processor time again.
 */
const SESSION = {
  intraOpNumThreads: 2,
  interOpNumThreads: 1,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
};

/** The library is configured by globals, so loads take turns and put back what they changed. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Opens the model through the library, which is imported here and only here, on first use: it takes a second. `file`
 * names another ONNX of its folder, relative to it.
 * @throws UsageError when the files cannot be had, or are not an ONNX that is an image encoder.
 */
export function openModel(source: Source, options: OpenOptions, file?: string): Promise<Model> {
  const opened = turn.then(() => open(source, options, file));
  turn = opened.catch(() => undefined);
  return opened;
}

async function open(source: Source, options: OpenOptions, other?: string): Promise<Model> {
  requireFiles(source, 'config.json', 'preprocessor_config.json');
  const { AutoConfig, AutoImageProcessor, AutoModel, CLIPVisionModelWithProjection, env, LogLevel, Tensor } =
    await import('@xenova/transformers');
  const before = { remoteHost: env.remoteHost, allowLocalModels: env.allowLocalModels, logLevel: env.logLevel };
  const shared = { cache_dir: options.cacheFolder, local_files_only: source.hub === undefined };
  const name = source.hub ?? source.folder;
  try {
    env.logLevel = LogLevel.ERROR;
    env.allowLocalModels = source.hub === undefined;
    env.remoteHost = options.remoteHost ?? HUB;
    const config = (await AutoConfig.from_pretrained(name, shared)) as PretrainedConfig & Record<string, unknown>;
    const file = other ?? onnxFile(config.model_type, source);
    requireFiles(source, file);
    const isDownload = source.hub !== undefined && !existsSync(path.join(options.cacheFolder, source.hub, file));
    const model = await (config.model_type === 'clip' ? CLIPVisionModelWithProjection : AutoModel).from_pretrained(
      name,
      {
        ...shared,
        config,
        dtype: source.precision,
        device: 'cpu',
        session_options: SESSION,
        ...(other === undefined ? {} : { model_file_name: path.basename(other, '.onnx') }),
        ...(isDownload && options.onProgress ? { progress_callback: progressLines(name, options.onProgress) } : {}),
      },
    );
    requireNames(source.id, model.sessions);
    if (source.hub !== undefined) removeAbandoned(path.join(options.cacheFolder, source.hub), Date.now());
    const processor = await AutoImageProcessor.from_pretrained(name, shared);
    const registers = config['num_register_tokens'];
    return {
      file,
      registers: typeof registers === 'number' ? registers : 0,
      processorConfig: { ...processor }, // it is a callable: the copy is a plain object
      run: async (pixels, count, size) =>
        (await model({ pixel_values: new Tensor('float32', pixels, [count, 3, size, size]) })) as Outputs,
    };
  } catch (error) {
    throw error instanceof UsageError ? error : failure(source, options, error);
  } finally {
    Object.assign(env, before);
  }
}

function requireFiles({ id, folder }: Source, ...names: string[]): void {
  const missing = folder === undefined ? [] : names.filter((name) => !existsSync(path.join(folder, name)));
  if (missing.length === 0) return;
  throw new UsageError(`encoder '${id}': ${folder} has no ${missing.join(', no ')}`, {
    fix: "A folder needs the layout of the hub's models: config.json, preprocessor_config.json, and onnx/vision_model.onnx (CLIP) or onnx/model.onnx (DINOv2), for q8 ..._quantized.onnx. `--encoder pocket` is built in.",
  });
}

function failure(source: Source, options: OpenOptions, error: unknown): UsageError {
  const cause = error instanceof Error && error.cause !== undefined ? ` (${messageOf(error.cause)})` : '';
  const reason = `${messageOf(error)}${cause}`;
  if (source.hub === undefined) {
    return new UsageError(`encoder '${source.id}' in ${source.folder} cannot be opened: ${reason}`, {
      fix: "It must have the layout of the hub's models, with a sound ONNX file. `--encoder pocket` is built in.",
      cause: error,
    });
  }
  const host = options.remoteHost ?? HUB;
  if (removeDamaged(path.join(options.cacheFolder, source.hub), error)) {
    return new UsageError(`encoder '${source.hub}', as ${host} sent it, is damaged: ${reason}`, {
      fix: 'What was downloaded has been deleted; try again. `--encoder pocket` is built in.',
      cause: error,
    });
  }
  return new UsageError(`encoder '${source.hub}' cannot be had from ${host}: ${reason}`, {
    fix: "Use `--encoder pocket` (built in, no download), a folder with the model's files, or a mirror of the hub (HF_ENDPOINT).",
    cause: error,
  });
}

function requireNames(id: string, sessions: Record<string, unknown>): void {
  const { inputNames = [], outputNames = [] } = Object(sessions['model']) as {
    inputNames?: readonly string[];
    outputNames?: readonly string[];
  };
  const takesPixels = inputNames.length === 1 && inputNames[0] === 'pixel_values';
  if (takesPixels && POOLED_OUTPUTS.some((name) => outputNames.includes(name))) return;
  throw refusal(id, `takes ${inputNames.join(', ') || 'nothing'} and gives ${outputNames.join(', ') || 'nothing'}`);
}
