import type { Route } from '../call.js';
import { generate, struck } from '../generate.js';
import { jsonReply } from '../reply.js';

/** `POST models/{model}:generateContent` */
export const generateContent: Route = {
  method: 'POST',
  path: /^models\/(?<model>.+):generateContent$/,
  async handle(call, emulator) {
    const { answer, fault } = await generate(call, emulator);
    return struck(jsonReply(answer), fault);
  },
};
