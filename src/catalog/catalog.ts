import models from './models.json' with { type: 'json' };

/** Facts about image models, as data with a date and a source each. Nothing here is known by code. */
export interface ModelInfo {
  id: string;
  name: string;
  /** Only the emulator answers to it. */
  emulatedOnly?: boolean;
  status: { state: 'stable' | 'deprecated' | 'shut-down'; date: string; note?: string; source: string };
  /** Aspect ratios the model takes. */
  ratios: string[];
  /** `imageSize` values the model takes; empty when it takes none. The first is its default. */
  sizes: string[];
  /** Reference pictures: what a request may hold, and up to how many the model holds well. */
  references: { max: number; well: number };
  /** Said of models that misspell what they draw as letters. */
  text?: { drawn: 'poorly'; asOf: string; source: string };
  /** Thinking levels it takes; empty when `thinkingLevel` is refused. */
  thinking: string[];
  /** Settings it accepts but ignores or treats as best effort. */
  bestEffort: string[];
  /** USD per million tokens, standard tier; `null` when unknown. */
  prices: {
    input: number;
    textOutput: number;
    imageOutput: number;
    asOf: string;
    source: string;
    /** Share of these prices that a batch job costs; left out where nobody knows. `assumed`: no page says so. */
    batch?: { share: number; asOf: string; source: string; assumed?: true };
  } | null;
  tokens: {
    /** size -> tokens of one output picture. */
    outputImage: Record<string, number>;
    /** Tokens of one reference picture, for estimates only. */
    inputImage: number;
    /** Thinking tokens a picture: typical and worst, for estimates only. */
    thoughts: { typical: number; worst: number };
  };
  /** size -> ratio -> [width, height] in px. */
  pixels: Record<string, Record<string, [number, number]>>;
  /** ms a call at the default size, for estimates only. */
  latencyMs: { typical: number; worst: number };
}

export const catalog: readonly ModelInfo[] = models.models as unknown as ModelInfo[];
/** The newest date of any price in the table. */
export const pricesAsOf: string = models.pricesAsOf;

/** The facts about a model id, or `undefined` when the catalogue does not know it. */
export function modelInfo(id: string): ModelInfo | undefined {
  return catalog.find((model) => model.id === id);
}

/** Expected output size in px, or `null` when the table has no row for it. */
export function pixelsOf(id: string, ratio: string, size: string | undefined): [number, number] | null {
  const info = modelInfo(id);
  return info?.pixels[size ?? info.sizes[0] ?? 'default']?.[ratio] ?? null;
}
