import type { AnyModelInfo } from '../../catalog/catalog.js';
import type { Route } from '../call.js';
import { liveModels, thinks } from '../find-model.js';
import { invalidArgument } from '../google-error.js';
import { jsonReply } from '../reply.js';

/** A model as `GET models/{model}` shows it. Token limits are those of the current image models, for judges too. */
export const modelJson = (model: AnyModelInfo) => ({
  name: `models/${model.id}`,
  version: model.status.date,
  displayName: model.name,
  description: `Emulated. ${model.status.note ?? ''}`.trim(),
  inputTokenLimit: 65536,
  outputTokenLimit: 32768,
  supportedGenerationMethods: ['generateContent', 'countTokens', 'batchGenerateContent'],
  thinking: thinks(model),
});

/** `GET models?pageSize=&pageToken=`; models that were shut down are not listed. */
export const listModels: Route = {
  method: 'GET',
  path: /^models$/,
  async handle({ query, surface }) {
    const size = Number(query.get('pageSize') ?? 50);
    const start = Number(query.get('pageToken') ?? 0);
    if (!Number.isInteger(size) || size < 0 || !Number.isInteger(start) || start < 0) {
      throw invalidArgument('* ListModelsRequest: page_size or page_token is not valid.\n');
    }
    const live = liveModels();
    const end = start + Math.min(size || 50, 1000);
    const page = live.slice(start, end);
    const next = end < live.length && { nextPageToken: String(end) };
    if (surface === 'vertex') {
      return jsonReply({
        publisherModels: page.map((model) => ({ ...modelJson(model), name: `publishers/google/models/${model.id}` })),
        ...next,
      });
    }
    return jsonReply({ models: page.map(modelJson), ...next });
  },
};
