import { modelInfo } from './catalog.js';

/** Tokens of one answer by modality. Gemini bills every answer, refused ones too, by what it says here. */
export interface Usage {
  /** Reference pictures and words that went in. */
  prompt: { text: number; image: number };
  /** What came out; `text` is all that is not a picture. */
  output: { text: number; image: number };
  /** Billed at the rate of text output. */
  thoughts: number;
  total: number;
}

/** What is known about a call before it is sent. */
export interface PlannedCall {
  /** Length of the prompt in UTF-16 units. */
  promptChars: number;
  /** Reference pictures. */
  images: number;
  /** The model's default size when absent. */
  imageSize?: string | undefined;
  /** In a batch job. */
  batch?: boolean | undefined;
}

const million = 1_000_000;
/** Longest caption to allow for; 340 tokens beside a picture have been seen in a published 4K answer. */
const captionWorst = 1000;
/** English prose runs at about four characters a token; these bound it, and CJK text, on both sides. */
const charsPerToken = { most: 6, least: 1 };
/** A reference was seen to cost from half to twice the table's figure, by the resolution it is read at. */
const referenceSpread = { low: 0.5, high: 2 };

/**
 * USD for one answer at the standard tier, or in a batch job.
 * `null` when the catalogue has no price for the model: an unknown price is never free.
 */
export function costOf(model: string, usage: Usage, batch = false): number | null {
  const prices = modelInfo(model)?.prices;
  const share = batch ? prices?.batch?.share : 1;
  if (!prices || share === undefined) return null;
  return (
    (share *
      ((usage.prompt.text + usage.prompt.image) * prices.input +
        usage.output.image * prices.imageOutput +
        (usage.output.text + usage.thoughts) * prices.textOutput)) /
    million
  );
}

/** Tokens that a call sends at most; pictures of a model that the catalogue lacks count as none. */
export function promptTokens(model: string, { promptChars, images }: PlannedCall): number {
  const image = modelInfo(model)?.tokens.inputImage ?? 0;
  return Math.ceil(promptChars / charsPerToken.least) + images * image * referenceSpread.high;
}

/**
 * USD that one call may cost if it brings one picture: `low` without thoughts or a caption, `high` with the
 * longest of both that are planned for. A size the table does not know is taken as any of the model's sizes.
 * `null` when the model has no known price.
 */
export function estimateCall(model: string, call: PlannedCall): { low: number; high: number } | null {
  const info = modelInfo(model);
  if (!info?.prices) return null;
  const { outputImage, inputImage, thoughts } = info.tokens;
  const known = outputImage[call.imageSize ?? info.sizes[0] ?? 'default'];
  const pictures = known === undefined ? Object.values(outputImage) : [known];
  if (pictures.length === 0) return null;
  const usd = (charsAToken: number, spread: number, picture: number, words: number): number | null => {
    const text = Math.ceil(call.promptChars / charsAToken);
    const image = call.images * inputImage * spread;
    const prompt = { text, image };
    return costOf(model, { prompt, output: { text: words, image: picture }, thoughts: 0, total: 0 }, call.batch);
  };
  const low = usd(charsPerToken.most, referenceSpread.low, Math.min(...pictures), 0);
  const high = usd(charsPerToken.least, referenceSpread.high, Math.max(...pictures), captionWorst + thoughts.worst);
  return low === null || high === null ? null : { low, high };
}
