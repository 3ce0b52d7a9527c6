import type { UsageMetadata } from './usage.js';

/** A part of an answer, as `GenerateContentResponse` holds it. */
export interface AnswerPart {
  text?: string;
  inlineData?: { mimeType: string; data: string };
  thought?: boolean;
  thoughtSignature?: string;
}
export interface Candidate {
  content?: { parts?: AnswerPart[]; role: 'model' };
  finishReason?: string;
  finishMessage?: string;
  index: number;
}
/** A whole `GenerateContentResponse`. */
export interface Answer {
  candidates?: Candidate[];
  promptFeedback?: { blockReason: string; blockReasonMessage?: string };
  usageMetadata: UsageMetadata;
  modelVersion: string;
  responseId: string;
}

/** How an answer ends that has no picture to show. */
export type Ending = Omit<Answer, 'modelVersion' | 'responseId'>;
