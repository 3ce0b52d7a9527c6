import type { Usage } from '../../../catalog/cost.js';
import type { UsageMetadata } from './reply.js';

type Details = UsageMetadata['candidatesTokensDetails'];

/**
 * Tokens by modality. The details often name IMAGE alone, so the text is what they leave of the whole; without any
 * details, an answer with a picture counts as picture: never cheaper than it was.
 */
export function readUsage(metadata: UsageMetadata | null | undefined, hasPicture: boolean): Usage | null {
  const says = (member: unknown): boolean => typeof member === 'number' || (Array.isArray(member) && member.length > 0);
  if (!metadata || !Object.values(metadata).some(says)) return null;
  const prompt = split(metadata.promptTokenCount, metadata.promptTokensDetails, false);
  const output = split(metadata.candidatesTokenCount, metadata.candidatesTokensDetails, hasPicture);
  prompt.text += metadata.toolUsePromptTokenCount ?? 0;
  const thoughts = metadata.thoughtsTokenCount ?? 0;
  const sum = prompt.text + prompt.image + output.text + output.image + thoughts;
  return { prompt, output, thoughts, total: metadata.totalTokenCount ?? sum };
}

function split(count: number | null | undefined, details: Details, isImage: boolean): { text: number; image: number } {
  const tokens = (of: (modality: string) => boolean): number =>
    (details ?? [])
      .filter((entry) => of(entry.modality ?? ''))
      .reduce((sum, entry) => sum + (entry.tokenCount ?? 0), 0);
  const all = Math.max(
    count ?? 0,
    tokens(() => true),
  );
  const image = !details?.length && isImage ? all : tokens((modality) => modality === 'IMAGE');
  return { text: all - image, image };
}
