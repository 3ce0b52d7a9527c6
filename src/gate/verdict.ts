import type { Tally } from '../stats/rate-test.js';
import type { GuardFinding } from './guard.js';
import type { RateId } from './rates.js';
import type { Bounds } from './precision.js';

/** What the gate says, in words and in numbers. Every effect is turned so that negative is worse. */
export interface Verdict {
  state: 'pass' | 'regression' | 'inconclusive' | 'not-gateable' | 'infra';
  title: string;
  message: string;
  rule: 'sequential' | 'fixed';
  /** What the means are over. */
  unit: 'sample' | 'chain';
  metrics: MetricVerdict[];
  cases: CaseVerdict[];
  rates: RateVerdict[];
  samples: {
    /** Candidate slots that the suite's rule took in, out of so many at the cap, and those more that the guard did. */
    counted: number;
    cap: number;
    extra: number;
    /** Among all: those whose key or picture was there before, which is no evidence. */
    repeated: number;
    /** Final slots beyond: in flight when the suite was decided. Shown, but no evidence. */
    unused: number;
  };
  /** USD, or `null` when not known. */
  spent: number | null;
}

/** One gating metric. Numbers are those of its own first crossing, or of the last look. */
export interface MetricVerdict {
  id: string;
  better: 'higher' | 'lower';
  /** `unchanged`: none of its cases can differ. */
  state: 'pass' | 'regression' | 'open' | 'unchanged';
  /** δ. */
  margin: number;
  /** θ̂; `null` before the first look, as all that follows. */
  effect: number | null;
  bounds: Bounds | null;
  /** Scored samples (or chains) of the candidate and of the reference. */
  n: number;
  n0: number;
  /** σ̂ and what it rests on. */
  sd: number | null;
  df: number | null;
  /** ℓ, and where it passes or regresses; `null` under the fixed rule. */
  ratio: number | null;
  thresholds: { pass: number; regression: number } | null;
  /** The smallest drop that would have been called a regression 95 times in 100. */
  detectable: number | null;
}

export interface CaseVerdict {
  case: string;
  /** `unmeasured`: no gating metric is measured on it. The worst of its metrics, else. */
  state: GuardFinding['state'] | 'unchanged' | 'unmeasured';
  metrics: (GuardFinding & { id: string; margin: number; n: number; n0: number })[];
  /** Final slots that the suite's rule and the guard took in. */
  counted: number;
  extra: number;
}

export interface RateVerdict {
  id: RateId;
  /** `unknown`: an arm has no sample that says anything about it. */
  state: 'ok' | 'risen' | 'unknown';
  candidate: Tally;
  reference: Tally;
  /** ln of the e-value (sequential) or the p-value of the exact test (fixed), and where the rate counts as risen. */
  evidence: number | null;
  threshold: number;
}
