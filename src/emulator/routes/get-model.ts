import type { Route } from '../call.js';
import { findModel } from '../find-model.js';
import { jsonReply } from '../reply.js';
import { modelJson } from './list-models.js';

/** `GET models/{model}`: tells at no cost whether an id still answers. */
export const getModel: Route = {
  method: 'GET',
  path: /^models\/(?<model>[^:]+)$/,
  handle: async (call) => jsonReply(modelJson(findModel(call.names['model'] ?? ''))),
};
