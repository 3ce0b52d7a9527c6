import { modelInfo } from '../catalog/catalog.js';
import { estimateCall } from '../catalog/cost.js';
import { heights } from './graph.js';
import { judgePrompt } from './judge.js';
import type { PlannedSample } from './plan.js';

/** What a plan will cost before anything is sent. */
export interface Estimate {
  images: number;
  /** Calls when all goes well; a sample whose key is not known yet counts as made in `low` and as paid in `high`. */
  calls: { low: number; high: number };
  /** USD; `null` when no model in the plan has a known price. */
  cost: { low: number; high: number } | null;
  /** The part of calls and cost that judging takes; `null` where nobody judges. */
  judge: { calls: { low: number; high: number }; cost: { low: number; high: number } } | null;
  /** Models in the plan without a known price: their calls are not in `cost`. */
  unpriced: string[];
  criticalPath: { calls: number; typicalMs: number };
}

/** What is in hand before the run: an answer in the cache, or one that may be there once its key is known. */
export type InHand = 'cached' | 'unknown';

/**
 * A child of a sample that must be bought is bought too: its key will hold a picture that nobody has seen yet. Where the
 * suite retries, `high` takes every sample to need all its `tries`. What was said of a picture in the cache may be there
 * as well, which only the picture would tell. `at`: when the run begins, ms since 1970.
 */
export function estimatePlan(
  samples: readonly PlannedSample[],
  inHand: ReadonlyMap<string, InHand>,
  { tries = 1, at }: { tries?: number; at?: number } = {},
): Estimate {
  const cost = { low: 0, high: 0 };
  const unpriced = new Set<string>();
  const toBuy = samples.filter((sample) => inHand.get(sample.id) !== 'cached');
  const mayBuy = tries > 1 ? samples : toBuy;
  const judge = judgingOf(samples, inHand, at);
  for (const sample of mayBuy) {
    const price = pictureUsd(sample);
    if (!price) unpriced.add(sample.variant.model);
    cost.high += (price?.high ?? 0) * (inHand.get(sample.id) === 'cached' ? tries - 1 : tries);
    if (!inHand.has(sample.id)) cost.low += price?.low ?? 0;
  }
  const models = new Set(mayBuy.map((sample) => sample.variant.model));
  return {
    images: samples.length,
    calls: {
      low: toBuy.filter((sample) => !inHand.has(sample.id)).length + (judge?.calls.low ?? 0),
      high: toBuy.length + samples.length * (tries - 1) + (judge?.calls.high ?? 0),
    },
    cost:
      unpriced.size === models.size && models.size > 0
        ? null
        : { low: cost.low + (judge?.cost.low ?? 0), high: cost.high + (judge?.cost.high ?? 0) },
    judge,
    unpriced: [...unpriced],
    criticalPath: criticalPath(samples, inHand),
  };
}

function judgingOf(
  samples: readonly PlannedSample[],
  inHand: ReadonlyMap<string, InHand>,
  at: number | undefined,
): Estimate['judge'] {
  const judge = { calls: { low: 0, high: 0 }, cost: { low: 0, high: 0 } };
  const judged = samples.filter((sample) => sample.judge);
  for (const sample of judged) {
    const votes = sample.judge?.votes ?? 0;
    const usd = judgeUsd(sample, at);
    judge.calls.high += votes;
    judge.cost.high += usd.high;
    if (inHand.has(sample.id)) continue;
    judge.calls.low += votes;
    judge.cost.low += usd.low;
  }
  return judged.length > 0 ? judge : null;
}

/** USD for all votes on its picture. */
function judgeUsd({ judge, batch }: PlannedSample, at?: number): { low: number; high: number } {
  if (!judge) return { low: 0, high: 0 };
  const { model, votes, statements } = judge;
  const call = { promptChars: judgePrompt(statements).length, images: 1, statements: statements.length, batch, at };
  const price = estimateCall(model, call);
  if (!price) throw new Error(`the catalogue has no price for the judge ${model}`);
  return { low: votes * price.low, high: votes * price.high };
}

/** USD for one sample, made and judged `at` ms since 1970, or at any time; `null` when the model has no known price. */
export function priceOf(sample: PlannedSample, at?: number): { low: number; high: number } | null {
  const [picture, judging] = [pictureUsd(sample), judgeUsd(sample, at)];
  return picture && { low: picture.low + judging.low, high: picture.high + judging.high };
}

/** USD for one picture, or `null` when the model has no known price. A later turn sends again all that was before it. */
function pictureUsd(sample: PlannedSample): { low: number; high: number } | null {
  const earlier = sample.turn?.earlier ?? [];
  return estimateCall(sample.variant.model, {
    promptChars: [...earlier, sample].reduce((sum, { prompt }) => sum + prompt.length, 0),
    images: sample.inputs.length + earlier.length,
    batch: sample.batch,
    ...(sample.generation.imageSize === undefined ? {} : { imageSize: sample.generation.imageSize }),
  });
}

function criticalPath(
  samples: readonly PlannedSample[],
  inHand: ReadonlyMap<string, InHand>,
): Estimate['criticalPath'] {
  const graph = new Map(samples.map((sample) => [sample.id, sample.parents]));
  const latency = new Map(samples.map((each) => [each.id, modelInfo(each.variant.model)?.latencyMs.typical ?? 0]));
  const longest = (weight: (id: string) => number) =>
    Math.max(0, ...heights(graph, (id) => (inHand.get(id) === 'cached' ? 0 : weight(id))).values());
  return {
    calls: longest(() => 1),
    typicalMs: longest((id) => latency.get(id) ?? 0),
  };
}
