import type { Route } from '../call.js';
import { parseBatch } from '../batch-payload.js';
import { findModel } from '../find-model.js';
import { GoogleError } from '../google-error.js';
import { jsonReply } from '../reply.js';

/** `POST models/{model}:batchGenerateContent`; Vertex has batches at another place, between buckets. */
export const createBatch: Route = {
  method: 'POST',
  path: /^models\/(?<model>.+):batchGenerateContent$/,
  async handle({ names, body, surface }, { batches, files }) {
    if (surface === 'vertex') throw new GoogleError(404, 'NOT_FOUND', 'Vertex AI has no such method.');
    const model = findModel(names['model'] ?? '');
    return jsonReply(batches.create(model, parseBatch(body, files)));
  },
};

/** `GET batches` */
export const listBatches: Route = {
  method: 'GET',
  path: /^batches$/,
  handle: async (_, { batches }) => jsonReply({ operations: batches.list() }),
};

/** `GET batches/{batch}` */
export const getBatch: Route = {
  method: 'GET',
  path: /^(?<name>batches\/[^/:]+)$/,
  handle: async ({ names }, { batches }) => jsonReply(batches.get(names['name'] ?? '')),
};

/** `POST batches/{batch}:cancel` */
export const cancelBatch: Route = {
  method: 'POST',
  path: /^(?<name>batches\/[^/:]+):cancel$/,
  async handle({ names }, { batches }) {
    batches.cancel(names['name'] ?? '');
    return jsonReply({});
  },
};

/** `DELETE batches/{batch}` */
export const deleteBatch: Route = {
  method: 'DELETE',
  path: /^(?<name>batches\/[^/:]+)$/,
  async handle({ names }, { batches }) {
    batches.delete(names['name'] ?? '');
    return jsonReply({});
  },
};
