import type { Route } from '../call.js';
import { generate, struck } from '../generate.js';
import { jsonReply, type Reply } from '../reply.js';
import type { Answer } from '../response.js';

/**
 * `POST models/{model}:streamGenerateContent`. With `alt=sse` one event a part; without, one JSON array. Each chunk has
 * the usage so far, of which only the last one is whole, and only the last one says why it ended.
 */
export const streamGenerateContent: Route = {
  method: 'POST',
  path: /^models\/(?<model>.+):streamGenerateContent$/,
  async handle(call, emulator) {
    const { answer, fault } = await generate(call, emulator);
    const chunks = chunksOf(answer);
    return struck(call.query.get('alt') === 'sse' ? eventReply(chunks) : jsonReply(chunks), fault);
  },
};

const eventReply = (chunks: Answer[]): Reply => ({
  status: 200,
  contentType: 'text/event-stream',
  chunks: chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`),
  delivery: { how: 'whole' },
});

function chunksOf(answer: Answer): Answer[] {
  const [candidate] = answer.candidates ?? [];
  const parts = candidate?.content?.parts ?? [];
  if (!candidate || parts.length < 2) return [answer];
  const { promptTokenCount, promptTokensDetails } = answer.usageMetadata;
  const soFar = { promptTokenCount, totalTokenCount: promptTokenCount, promptTokensDetails };
  return parts.map((part, index) => {
    const content = { parts: [part], role: 'model' as const };
    return index === parts.length - 1
      ? { ...answer, candidates: [{ ...candidate, content }] }
      : { ...answer, usageMetadata: soFar, candidates: [{ content, index: 0 }] };
  });
}
