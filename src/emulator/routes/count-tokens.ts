import type { Route } from '../call.js';
import { findModel, makesPictures } from '../find-model.js';
import { readQuestion } from '../judge/question.js';
import { parseJson, parsePayload } from '../payload.js';
import { jsonReply } from '../reply.js';
import { readTurn } from '../turn.js';
import { promptUsage } from '../usage.js';

/** `POST models/{model}:countTokens`, with bare `contents` or a whole `generateContentRequest`. Free, and never struck by faults. */
export const countTokens: Route = {
  method: 'POST',
  path: /^models\/(?<model>.+):countTokens$/,
  async handle(call) {
    const model = findModel(call.names['model'] ?? '');
    const json = parseJson(call.body);
    const payload = parsePayload(json['generateContentRequest'] ?? json, call.surface);
    const { input } = makesPictures(model) ? await readTurn(payload, model) : await readQuestion(payload, model);
    const { promptTokenCount, promptTokensDetails } = promptUsage(model, input);
    return jsonReply({ totalTokens: promptTokenCount, promptTokensDetails });
  },
};
