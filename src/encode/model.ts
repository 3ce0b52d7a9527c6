import { messageOf, UsageError } from '../lib/errors.js';
import type { Source } from './source.js';

/** An opened CLIP vision model. */
export interface Model {
  /** The library's reading of `preprocessor_config.json`. */
  processorConfig: unknown;
  /** One vector (not normalised) for each of the `count` square crops in `pixels`, planar RGB. */
  run(pixels: Float32Array, count: number, size: number): Promise<Float32Array[]>;
}

export interface OpenOptions {
  cacheFolder: string;
  dtype: 'fp32' | 'q8';
  remoteHost?: string;
  onProgress?: (message: string) => void;
}

/** The hub itself; a mirror takes its place through `remoteHost`. */
const HUB = 'https://huggingface.co/';
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
 * Opens the model through the library, which is imported here and only here, on first use: it takes a second.
 * @throws UsageError when the files cannot be had, or are not an ONNX with `pixel_values` in, `image_embeds` out.
 */
export function openModel(source: Source, options: OpenOptions): Promise<Model> {
  const opened = turn.then(() => open(source, options));
  turn = opened.catch(() => undefined);
  return opened;
}

async function open(source: Source, options: OpenOptions): Promise<Model> {
  const { AutoImageProcessor, CLIPVisionModelWithProjection, env, LogLevel, Tensor } =
    await import('@xenova/transformers');
  const before = { remoteHost: env.remoteHost, allowLocalModels: env.allowLocalModels, logLevel: env.logLevel };
  const shared = { cache_dir: options.cacheFolder, local_files_only: source.hub === undefined };
  const name = source.hub ?? source.folder;
  try {
    env.logLevel = LogLevel.ERROR;
    env.allowLocalModels = source.hub === undefined;
    env.remoteHost = options.remoteHost ?? HUB;
    const model = await CLIPVisionModelWithProjection.from_pretrained(name, {
      ...shared,
      dtype: options.dtype,
      device: 'cpu',
      session_options: SESSION,
      ...(source.hub !== undefined && options.onProgress
        ? { progress_callback: progressLines(name, options.onProgress) }
        : {}),
    });
    requireNames(source.id, model.sessions);
    const processor = await AutoImageProcessor.from_pretrained(name, shared);
    return {
      processorConfig: { ...processor }, // it is a callable: the copy is a plain object
      run: async (pixels, count, size) => {
        const outputs: unknown = await model({ pixel_values: new Tensor('float32', pixels, [count, 3, size, size]) });
        return rowsOf(outputs, count, source.id);
      },
    };
  } catch (error) {
    throw error instanceof UsageError ? error : failure(source, options, error);
  } finally {
    Object.assign(env, before);
  }
}

function failure(source: Source, options: OpenOptions, error: unknown): UsageError {
  const cause = error instanceof Error && error.cause !== undefined ? ` (${messageOf(error.cause)})` : '';
  const reason = `${messageOf(error)}${cause}`;
  if (source.hub === undefined) {
    return new UsageError(`encoder '${source.id}' in ${source.folder} cannot be opened: ${reason}`, {
      fix: "It must have the layout of the hub's CLIP models, with a sound onnx/vision_model.onnx. `--encoder pocket` is built in.",
      cause: error,
    });
  }
  return new UsageError(`encoder '${source.hub}' cannot be had from ${options.remoteHost ?? HUB}: ${reason}`, {
    fix: `Use \`--encoder pocket\` (built in, no download), a folder with the model's files, or a mirror (HF_ENDPOINT). A cut download in ${options.cacheFolder} can be deleted.`,
    cause: error,
  });
}

function requireNames(id: string, sessions: Record<string, unknown>): void {
  const { inputNames, outputNames } = Object(sessions['model']) as {
    inputNames?: readonly string[];
    outputNames?: readonly string[];
  };
  if (inputNames?.length === 1 && inputNames[0] === 'pixel_values' && outputNames?.includes('image_embeds')) return;
  throw layoutError(
    id,
    `takes ${inputNames?.join(', ') ?? 'nothing'} and gives ${outputNames?.join(', ') ?? 'nothing'}`,
  );
}

function layoutError(id: string, found: string): UsageError {
  return new UsageError(`encoder '${id}' ${found}; a CLIP vision model takes pixel_values and gives image_embeds`, {
    fix: 'Use a CLIP vision model with projection, such as Xenova/clip-vit-base-patch32, or `--encoder pocket`.',
  });
}

function rowsOf(outputs: unknown, count: number, id: string): Float32Array[] {
  const { image_embeds: embeds } = Object(outputs) as { image_embeds?: { dims: readonly number[]; data: unknown } };
  const [rows, width] = embeds?.dims ?? [];
  const data = embeds?.data;
  if (
    !(data instanceof Float32Array) ||
    embeds?.dims.length !== 2 ||
    rows !== count ||
    width === undefined ||
    width === 0
  ) {
    throw layoutError(id, `answers ${String(count)} crops with ${String(embeds?.dims.join('x'))} numbers`);
  }
  return Array.from({ length: count }, (_, row) => data.slice(row * width, (row + 1) * width));
}

/** A line at the start and at every tenth of a download; silent when everything is cached. */
function progressLines(name: string, tell: (message: string) => void) {
  let told = -1;
  return (info: { status: string; progress?: number; total?: number }) => {
    if (info.status !== 'progress_total') return;
    const tenth = Math.floor((info.progress ?? 0) / 10);
    if (tenth <= told || (told < 0 && tenth === 10)) return;
    told = tenth;
    tell(`downloading ${name}: ${String(tenth * 10)} % of ${((info.total ?? 0) / 1e6).toFixed(0)} MB`);
  };
}
