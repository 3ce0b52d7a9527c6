import models from './models.json' with { type: 'json' };

/** Facts about models, as data with a date and a source each. Nothing here is known by code. */
interface AnyModel {
  id: string;
  name: string;
  status: { state: 'stable' | 'deprecated' | 'shut-down'; date: string; note?: string; source: string };
  /** Thinking levels it takes; empty when `thinkingLevel` is refused. */
  thinking: string[];
  tokens: {
    /** Tokens of one input picture, for estimates only. */
    inputImage: number;
    /** Thinking tokens an answer: typical and worst, for estimates only. */
    thoughts: { typical: number; worst: number };
  };
  /** ms a call at the default size, for estimates only. */
  latencyMs: { typical: number; worst: number };
}

/** Share of the list prices that a batch job costs; left out where nobody knows. `assumed`: no page says so. */
type BatchShare = { batch?: { share: number; asOf: string; source: string; assumed?: true } };

/** A model that makes pictures. */
export interface ModelInfo extends AnyModel {
  /** Only the emulator answers to it. */
  emulatedOnly?: boolean;
  /** Aspect ratios the model takes. */
  ratios: string[];
  /** `imageSize` values the model takes; empty when it takes none. The first is its default. */
  sizes: string[];
  /** Reference pictures: what a request may hold, and up to how many the model holds well. */
  references: { max: number; well: number };
  /** Said of models that misspell what they draw as letters. */
  text?: { drawn: 'poorly'; asOf: string; source: string };
  /** Settings it accepts but ignores or treats as best effort. */
  bestEffort: ('seed' | 'temperature' | 'topP')[];
  /** USD per million tokens, standard tier; `null` when unknown. */
  prices:
    ({ input: number; textOutput: number; imageOutput: number; asOf: string; source: string } & BatchShare) | null;
  tokens: AnyModel['tokens'] & {
    /** size -> tokens of one output picture. */
    outputImage: Record<string, number>;
  };
  /** size -> ratio -> [width, height] in px. */
  pixels: Record<string, Record<string, [number, number]>>;
}

/** A model that looks at a picture and answers in words. It makes none itself. */
export interface JudgeInfo extends AnyModel {
  /** USD per million tokens, standard tier. */
  prices: {
    input: number;
    textOutput: number;
    asOf: string;
    source: string;
    /** What is announced to hold from a day on, UTC. */
    later?: { from: string; input: number; textOutput: number };
  } & BatchShare;
}

/** Whatever answers: only those that make pictures have ratios. */
export type AnyModelInfo = ModelInfo | JudgeInfo;

export const catalog: readonly ModelInfo[] = models.models as unknown as ModelInfo[];
/** Models that may judge; the first is the default. */
export const judges: readonly JudgeInfo[] = models.judges as unknown as JudgeInfo[];
/** The newest date of any price in the table. */
export const pricesAsOf: string = models.pricesAsOf;

/** The facts about a judge's id, or `undefined` when the catalogue knows no such judge. */
export function judgeInfo(id: string): JudgeInfo | undefined {
  return judges.find((judge) => judge.id === id);
}

/** The facts about a model id, or `undefined` when the catalogue does not know it. */
export function modelInfo(id: string): ModelInfo | undefined {
  return catalog.find((model) => model.id === id);
}

/** Expected output size in px, or `null` when the table has no row for it. */
export function pixelsOf(id: string, ratio: string, size: string | undefined): [number, number] | null {
  const info = modelInfo(id);
  return info?.pixels[size ?? info.sizes[0] ?? 'default']?.[ratio] ?? null;
}

/** The facts about an id, whatever the model does; `undefined` when the catalogue does not know it. */
export function anyModelInfo(id: string): AnyModelInfo | undefined {
  return modelInfo(id) ?? judgeInfo(id);
}
