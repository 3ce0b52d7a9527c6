import { z } from 'zod';

/**
 * The parts of Gemini's answer that are read. Lenient where servers differ (anything may be missing or `null`, any
 * word may be a finish reason), strict where a wrong shape means a garbled answer.
 */
const count = z.number().nonnegative().nullish();
const details = z.array(z.object({ modality: z.string().nullish(), tokenCount: count })).nullish();
const part = z.object({
  text: z.string().nullish(),
  thought: z.boolean().nullish(),
  inlineData: z.object({ mimeType: z.string().nullish(), data: z.string() }).nullish(),
});
const candidate = z.object({
  content: z.object({ parts: z.array(part).nullish() }).nullish(),
  finishReason: z.string().nullish(),
  finishMessage: z.string().nullish(),
});
const usageMetadata = z.object({
  promptTokenCount: count,
  promptTokensDetails: details,
  toolUsePromptTokenCount: count,
  candidatesTokenCount: count,
  candidatesTokensDetails: details,
  thoughtsTokenCount: count,
  totalTokenCount: count,
});

export const replySchema = z.object({
  candidates: z.array(candidate).nullish(),
  promptFeedback: z.object({ blockReason: z.string().nullish(), blockReasonMessage: z.string().nullish() }).nullish(),
  usageMetadata: usageMetadata.nullish(),
  modelVersion: z.string().nullish(),
  responseId: z.string().nullish(),
});

export type Reply = z.infer<typeof replySchema>;
export type Part = z.infer<typeof part>;
export type UsageMetadata = z.infer<typeof usageMetadata>;

/** The JSON value of a body, or `undefined` when it is none. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
