import * as path from 'node:path';
import { UsageError } from '../lib/errors.js';
import { existsSync, statSync } from '../lib/files.js';
import { nearest } from '../lib/nearest.js';

/** Where an encoder's files come from. `folder` is absolute. */
export type Source = { id: string; folder: string; hub?: never } | { id: string; hub: string; folder?: never };

/** The hub's CLIP, downloaded once: the default of runs against the real service. */
export const DEFAULT_HUB_ENCODER = 'Xenova/clip-vit-base-patch32';

/**
 * What the user means by `--encoder`: `pocket`, a folder, or a hub id (`owner/name`). An existing folder wins over
 * a hub id of the same spelling.
 * @throws UsageError when it is none of them.
 */
export function findSource(spec: string, modelsFolder: string): Source {
  if (spec === 'pocket') return { id: 'pocket', folder: path.resolve(modelsFolder, 'pocket-clip') };
  const folder = path.resolve(spec);
  if (spec !== '' && existsSync(folder)) {
    if (statSync(folder).isDirectory()) return { id: path.basename(folder), folder };
    throw new UsageError(`encoder '${spec}' is a file`, { fix: 'Name the folder that holds config.json and onnx/.' });
  }
  if (/^[\w-][\w.-]*\/[\w-][\w.-]*$/.test(spec) && !/\.\.|--/.test(spec)) return { id: spec, hub: spec };
  const known = nearest(spec, ['pocket', DEFAULT_HUB_ENCODER]);
  throw new UsageError(`encoder '${spec}' is no folder, and no model id of the form owner/name`, {
    fix: `${known === undefined ? '' : `Did you mean '${known}'? `}Use 'pocket', a folder, or a hub id such as ${DEFAULT_HUB_ENCODER}.`,
  });
}
