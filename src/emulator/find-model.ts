import { anyModelInfo, type AnyModelInfo, catalog, judges, type ModelInfo } from '../catalog/catalog.js';
import { suggestion } from '../lib/nearest.js';
import { GoogleError } from './google-error.js';

/** Models that answer, newest facts from the catalogue. */
export const liveModels = (): AnyModelInfo[] =>
  [...catalog, ...judges].filter((model) => model.status.state !== 'shut-down');

/** The model's facts. Throws Google's 404 for an id nobody knows, and for one that was shut down, with its date. */
export function findModel(id: string): AnyModelInfo {
  const model = anyModelInfo(id);
  if (!model) {
    const hint = suggestion(
      id,
      liveModels().map((known) => known.id),
    );
    throw notFound(
      `models/${id} is not found for API version v1beta, or is not supported for generateContent. Call ModelService.ListModels to see the list of available models and their supported methods.${hint}`,
    );
  }
  if (model.status.state === 'shut-down') {
    const { date, note } = model.status;
    throw notFound(
      `models/${id} was shut down on ${date} and is no longer available.${note === undefined ? '' : ` ${note}`}`,
    );
  }
  return model;
}

const notFound = (message: string) => new GoogleError(404, 'NOT_FOUND', message);

/** Whether the model thinks before it draws, and so signs its answers. Taking a `thinkingLevel` is another matter. */
export const thinks = (model: AnyModelInfo): boolean => model.tokens.thoughts.worst > 0;

/** The others look at pictures and answer in words. */
export const makesPictures = (model: AnyModelInfo): model is ModelInfo => 'ratios' in model;
