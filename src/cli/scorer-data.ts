import type { ThreadData } from '../score/thread.js';
import type { CommandContext } from './context.js';
import { cacheFolder } from './folders.js';

/** What the scoring thread needs to know: the encoder, where models lie, where measurements are remembered. */
export function scorerData(encoder: string, context: CommandContext): ThreadData {
  const cache = cacheFolder(context);
  const { hubMirror } = context.env;
  const load = { modelsFolder: context.modelsFolder, cacheFolder: `${cache}/models` };
  return {
    encoder,
    load: hubMirror === undefined ? load : { ...load, remoteHost: hubMirror },
    cache,
  };
}
