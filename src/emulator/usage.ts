import type { AnyModelInfo } from '../catalog/catalog.js';
import { seededRandom } from '../lib/random.js';

/** `usageMetadata` as the service shapes it: `total = prompt + candidates + thoughts`; output text is in no detail row. */
export interface UsageMetadata {
  promptTokenCount: number;
  candidatesTokenCount?: number;
  totalTokenCount: number;
  promptTokensDetails: { modality: 'TEXT' | 'IMAGE'; tokenCount: number }[];
  candidatesTokensDetails?: { modality: 'IMAGE'; tokenCount: number }[];
  thoughtsTokenCount?: number;
}

/** Google's rule of thumb for English: a token is about four characters. */
const tokensOf = (characters: number): number => Math.ceil(characters / 4);

/** Prompt tokens by modality; a modality that is not there has no row. */
export function promptUsage(model: AnyModelInfo, input: { characters: number; images: number }): UsageMetadata {
  const text = tokensOf(input.characters);
  const image = input.images * model.tokens.inputImage;
  return {
    promptTokenCount: text + image,
    totalTokenCount: text + image,
    promptTokensDetails: [
      ...(text > 0 ? [{ modality: 'TEXT' as const, tokenCount: text }] : []),
      ...(image > 0 ? [{ modality: 'IMAGE' as const, tokenCount: image }] : []),
    ],
  };
}

/** Adds what was put out: the picture at the price table's tokens for their size, text, and thoughts. */
export function withOutput(
  prompt: UsageMetadata,
  model: AnyModelInfo,
  output: { picture: { size: string } | null; characters: number; seed: number },
): UsageMetadata {
  const sizes = 'outputImage' in model.tokens ? model.tokens.outputImage : {};
  const image = output.picture ? sizes[output.picture.size] : 0;
  if (image === undefined) {
    throw new Error(`the catalogue has no output tokens for ${model.id} at ${output.picture?.size ?? ''}`);
  }
  const candidates = image + tokensOf(output.characters);
  const thoughts = thoughtsOf(model, output.seed);
  return {
    promptTokenCount: prompt.promptTokenCount,
    candidatesTokenCount: candidates,
    totalTokenCount: prompt.promptTokenCount + candidates + thoughts,
    promptTokensDetails: prompt.promptTokensDetails,
    ...(image > 0 && { candidatesTokensDetails: [{ modality: 'IMAGE' as const, tokenCount: image }] }),
    ...(thoughts > 0 && { thoughtsTokenCount: thoughts }),
  };
}

/** Between half and one and a half of the model's typical thinking, never above its worst. */
function thoughtsOf({ tokens: { thoughts } }: AnyModelInfo, seed: number): number {
  return Math.min(thoughts.worst, Math.round(thoughts.typical * (0.5 + seededRandom(seed)())));
}
