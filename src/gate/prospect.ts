import { poolVariance } from './estimate.js';
import type { GateInput } from './input.js';
import { replay } from './replay.js';
import type { Design, MetricDesign } from './trial.js';

/** What is known about one metric before the run. The units of the mean are cases, or all chains as one. */
export interface Prospect {
  design: Design;
  rule: GateInput['rule'];
  metric: MetricDesign;
  /** Scatter inside a unit, in score units; `null` where nothing was approved or lent to tell it by. */
  sd: number | null;
  /** Scored reference samples of each unit of the metric; `null` when the reference grows with the candidate. */
  approved: readonly number[] | null;
  /** What σ̂ can rest on at the cap. */
  df: number;
}

/** One prospect a gating metric, from the reference's samples alone: the candidate is not looked at. */
export function prospects(input: GateInput): Prospect[] {
  const { evidence, trial, rule } = replay({ ...input, candidate: [] });
  const design = evidence.design.chains ? asOneCase(evidence.design) : evidence.design;
  return evidence.design.metrics.map((metric, m) => {
    const pooled = trial.unitPool(metric, m);
    return {
      design,
      rule,
      metric: design.metrics[m] ?? metric,
      sd: pooled.df > 0 ? Math.sqrt(poolVariance(pooled)) : null,
      approved: input.reference.grows ? null : (trial.units[m] ?? []).map(({ reference }) => reference.n),
      df: trial.dfAtCap(metric, m, input.reference.grows),
    };
  });
}

/** To the suite's rule, chains are samples of a single case. */
function asOneCase(design: Design): Design {
  const metrics = design.metrics.map(({ margin, cases }) => ({
    margin,
    cases: cases.length > 0 ? [0] : [],
    total: 1,
    lent: { sumOfSquares: 0, df: 0 },
  }));
  return { ...design, cases: Math.min(1, design.cases), metrics, chains: false };
}
