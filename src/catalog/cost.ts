import { anyModelInfo, judgeInfo, modelInfo } from './catalog.js';

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
  /** Pictures that go in. */
  images: number;
  /** The model's default size when absent. */
  imageSize?: string | undefined;
  /** In a batch job. */
  batch?: boolean | undefined;
  /** Of a call to a judge, which brings no picture: how many statements it is to answer. */
  statements?: number | undefined;
  /** When it is sent, ms since 1970: list prices change. Without it bounds hold for today's and for later prices. */
  at?: number | undefined;
}

const million = 1_000_000;
/** Longest caption to allow for; 340 tokens beside a picture have been seen in a published 4K answer. */
const captionWorst = 1000;
/** Tokens of a judge's answer to one statement, `{"statement":1,"holds":"yes"}`, terse and widely set. */
const statementTokens = { least: 5, most: 40 };
/** English prose runs at about four characters a token; these bound it, and CJK text, on both sides. */
const charsPerToken = { most: 6, least: 1 };
/** A reference was seen to cost from half to twice the table's figure, by the resolution it is read at. */
const referenceSpread = { low: 0.5, high: 2 };

interface Prices {
  input: number;
  textOutput: number;
  imageOutput: number;
}

/** USD per million tokens at a time; without one the dearest that are known. `null` where none are. */
function pricesOf(model: string, batch: boolean, at?: number): Prices | null {
  const prices = modelInfo(model)?.prices;
  const judging = judgeInfo(model)?.prices;
  const share = batch ? (prices ?? judging)?.batch?.share : 1;
  if (share === undefined) return null;
  const times = (list: Omit<Prices, 'imageOutput'>, imageOutput: number): Prices => ({
    input: share * list.input,
    textOutput: share * list.textOutput,
    imageOutput: share * imageOutput,
  });
  if (prices) return times(prices, prices.imageOutput);
  if (!judging) return null;
  const { later } = judging;
  return times(later && (at === undefined || at >= Date.parse(later.from)) ? later : judging, 0);
}

/**
 * USD for one answer at the standard tier, or in a batch job, asked for `at` ms since 1970.
 * `null` when the catalogue has no price for the model: an unknown price is never free.
 */
export function costOf(model: string, usage: Usage, batch = false, at?: number): number | null {
  const prices = pricesOf(model, batch, at);
  if (!prices) return null;
  return (
    ((usage.prompt.text + usage.prompt.image) * prices.input +
      usage.output.image * prices.imageOutput +
      (usage.output.text + usage.thoughts) * prices.textOutput) /
    million
  );
}

/** Tokens that a call sends at most; pictures of a model that the catalogue lacks count as none. */
export function promptTokens(model: string, { promptChars, images }: PlannedCall): number {
  const image = anyModelInfo(model)?.tokens.inputImage ?? 0;
  return Math.ceil(promptChars / charsPerToken.least) + images * image * referenceSpread.high;
}

/**
 * USD that one call may cost if it brings one picture, or a judge's words: `low` without thoughts or a caption, `high`
 * with the longest of both that are planned for. A size the table does not know is taken as any of the model's sizes.
 * `null` when the model has no known price.
 */
export function estimateCall(model: string, call: PlannedCall): { low: number; high: number } | null {
  const bounds = answerBounds(model, call);
  const tokens = anyModelInfo(model)?.tokens;
  if (!bounds || !tokens) return null;
  const usd = (charsAToken: number, spread: number, output: { text: number; image: number }, at?: number) => {
    const text = Math.ceil(call.promptChars / charsAToken);
    const image = call.images * tokens.inputImage * spread;
    return costOf(model, { prompt: { text, image }, output, thoughts: 0, total: 0 }, call.batch, at);
  };
  const low = usd(charsPerToken.most, referenceSpread.low, bounds.low, call.at ?? 0);
  const high = usd(charsPerToken.least, referenceSpread.high, bounds.high, call.at);
  return low === null || high === null ? null : { low, high };
}

type Output = Usage['output'];

/** Tokens that come out, thoughts among the text. */
function answerBounds(model: string, { imageSize, statements = 0 }: PlannedCall): { low: Output; high: Output } | null {
  const judge = judgeInfo(model);
  if (judge)
    return {
      low: { text: statements * statementTokens.least, image: 0 },
      high: { text: statements * statementTokens.most + judge.tokens.thoughts.worst, image: 0 },
    };
  const info = modelInfo(model);
  if (!info?.prices) return null;
  const { outputImage, thoughts } = info.tokens;
  const known = outputImage[imageSize ?? info.sizes[0] ?? 'default'];
  const pictures = known === undefined ? Object.values(outputImage) : [known];
  if (pictures.length === 0) return null;
  return {
    low: { text: 0, image: Math.min(...pictures) },
    high: { text: captionWorst + thoughts.worst, image: Math.max(...pictures) },
  };
}
