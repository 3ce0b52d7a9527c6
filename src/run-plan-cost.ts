import { estimatePlan } from './plan/estimate.js';
import type { RunPlan } from './run-plan.js';

/** What so many runs of a suite cost, USD; `null` where a price or the scatter of the scores is not known. */
export interface CostOfRuns {
  runs: number;
  /** When nothing changed, so that the gate stops as early as it does on average. */
  expected: number | null;
  worst: number | null;
}

/** Every picture is bought: a suite runs because a prompt or a model changed, and then the cache holds little of it. */
export function costOfRuns({ gate, outlook, entire }: RunPlan, runs: number): CostOfRuns {
  const { cost, unpriced } = estimatePlan(
    entire.filter(({ variant }) => gate?.variants.includes(variant.id) !== true),
    new Map(),
  );
  const rest = unpriced.length > 0 ? null : cost;
  const judged = gate ? outlook() : { expected: { cost: 0 }, worst: { cost: 0 } };
  const times = (one: number | undefined, other: number | null | undefined) =>
    one === undefined || typeof other !== 'number' ? null : runs * (one + other);
  return {
    runs,
    expected: times(rest ? (rest.low + rest.high) / 2 : undefined, judged?.expected?.cost),
    worst: times(rest?.high, judged?.worst.cost),
  };
}
