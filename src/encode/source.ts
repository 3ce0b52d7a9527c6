import * as path from 'node:path';
import { UsageError } from '../lib/errors.js';
import { existsSync, statSync } from '../lib/files.js';
import { sha256OfFile } from '../lib/hash.js';
import { nearest } from '../lib/nearest.js';

/** `q8` is the quantised file beside the full one (`..._quantized.onnx`): a quarter of the size, other scores. */
export type Precision = 'fp32' | 'q8';

/** Where an encoder's files come from. `folder` is absolute. */
export type Source = { id: string; precision: Precision } & (
  { folder: string; hub?: never } | { hub: string; folder?: never }
);

/** The hub's CLIP, downloaded once: the default of runs against the real service. */
export const DEFAULT_HUB_ENCODER = 'Xenova/clip-vit-base-patch32';

/**
 * The encoder by name and file, without opening it, for what is asked before anything is loaded.
 * @returns `null` when its file is not on this machine yet.
 * @throws UsageError when it is none that `findSource` knows.
 */
export async function encoderOnDisk(
  spec: string,
  { modelsFolder, cacheFolder }: { modelsFolder: string; cacheFolder: string },
): Promise<{ id: string; sha256: string } | null> {
  const source = findSource(spec, modelsFolder);
  const folder = source.folder ?? path.join(cacheFolder, source.hub);
  const file = (['clip', null] as const)
    .map((type) => path.join(folder, onnxFile(type, source)))
    .find((each) => existsSync(each));
  return file === undefined ? null : { id: source.id, sha256: await sha256OfFile(file) };
}

/** As the hub names them: the vision half of a CLIP is a file of its own, other encoders are one model. */
export function onnxFile(modelType: string | null, { precision }: Pick<Source, 'precision'>): string {
  return path.join(
    'onnx',
    `${modelType === 'clip' ? 'vision_model' : 'model'}${precision === 'q8' ? '_quantized' : ''}.onnx`,
  );
}

/**
 * A folder may hold the model once more without what only its patches need, and in eight bits: where no patches are asked
 * for, which is nearly always, it answers in half the time. Its pooled vectors must be nearly the same.
 */
export const POOLED_ONLY = path.join('onnx', 'pooled_model_quantized.onnx');

/**
 * What the user means by `--encoder`: `pocket`, a folder, or a hub id (`owner/name`), with `:q8` at the end for the
 * quantised file. An existing folder wins over a hub id of the same spelling. The `id` ends with `:q8` as well.
 * @throws UsageError when it is none of them.
 */
export function findSource(spec: string, modelsFolder: string): Source {
  const [, name = spec, suffix] = existsSync(path.resolve(spec)) ? [] : (/^(.*):([^:/]*)$/.exec(spec) ?? []);
  if (suffix !== undefined && suffix !== 'fp32' && suffix !== 'q8') {
    throw new UsageError(`encoder '${spec}': there is no precision '${suffix}'`, {
      fix: `Write '${name}' for the full one (fp32), or '${name}:q8'.`,
    });
  }
  const precision = suffix ?? 'fp32';
  const idOf = (own: string) => (precision === 'q8' ? `${own}:q8` : own);
  if (name === 'pocket') return { id: idOf('pocket'), precision, folder: path.resolve(modelsFolder, 'pocket-clip') };
  const folder = path.resolve(name);
  if (name !== '' && existsSync(folder)) {
    if (statSync(folder).isDirectory()) return { id: idOf(path.basename(folder)), precision, folder };
    throw new UsageError(`encoder '${name}' is a file`, { fix: 'Name the folder that holds config.json and onnx/.' });
  }
  if (/^[\w-][\w.-]*\/[\w-][\w.-]*$/.test(name) && !/\.\.|--/.test(name))
    return { id: idOf(name), precision, hub: name };
  const known = nearest(name, ['pocket', DEFAULT_HUB_ENCODER]);
  throw new UsageError(`encoder '${name}' is no folder, and no model id of the form owner/name`, {
    fix: `${known === undefined ? '' : `Did you mean '${known}'? `}Use 'pocket', a folder, or a hub id such as ${DEFAULT_HUB_ENCODER}.`,
  });
}
