import type { Moments } from '../stats/moments.js';
import type { Spread } from '../stats/spread.js';

/** One case under one metric, higher is better: what was scored in each arm. */
export interface CaseArms {
  candidate: Moments;
  reference: Moments;
}

/** Scatter inside cases, in squared score units, and the degrees of freedom it rests on. */
export type Pool = Pick<Spread, 'sumOfSquares' | 'df'>;

/** σ̂ is never taken for smaller: scores that hardly scatter would turn rounding into evidence. */
const SD_FLOOR = 0.005;

/** No look before σ̂ rests on this many degrees of freedom: nine cases with three approved samples each. */
export const LEAST_DF = 18;

/** Σ SS and Σ (n - 1) over both arms of every case, with what others lend. */
export function pool(arms: readonly CaseArms[], lent: Pool): Pool {
  let { sumOfSquares, df } = lent;
  for (const { candidate, reference } of arms) {
    sumOfSquares += candidate.squares + reference.squares;
    df += Math.max(0, candidate.n - 1) + Math.max(0, reference.n - 1);
  }
  return { sumOfSquares, df };
}

/** σ̂² with its floor. */
export function poolVariance({ sumOfSquares, df }: Pool): number {
  return Math.max(SD_FLOOR ** 2, sumOfSquares / df);
}

export interface Estimate {
  /** θ̂: mean over cases of candidate mean - reference mean; negative is worse. */
  effect: number;
  /** σ̂²/C² · Σ (1/n + 1/n0). */
  variance: number;
  /** Of σ̂. */
  df: number;
  /** σ̂. */
  sd: number;
  /** Scores (or chains) in it: candidate, reference. */
  n: number;
  n0: number;
}

/**
 * θ̂ and its variance over a fixed set of `total` cases (C), of which `arms` are those that can differ: an unchanged case
 * adds 0 to the sum and nothing to the variance. `null` while an arm has no score or σ̂ no degrees of freedom.
 */
export function estimate(arms: readonly CaseArms[], pooled: Pool, total: number): Estimate | null {
  if (pooled.df < 1) return null;
  let sum = 0;
  let inverse = 0;
  let n = 0;
  let n0 = 0;
  for (const { candidate, reference } of arms) {
    if (candidate.n === 0 || reference.n === 0) return null;
    sum += candidate.mean - reference.mean;
    inverse += 1 / candidate.n + 1 / reference.n;
    n += candidate.n;
    n0 += reference.n;
  }
  const squared = poolVariance(pooled);
  const variance = (squared * inverse) / total ** 2;
  return { effect: sum / total, variance, df: pooled.df, sd: Math.sqrt(squared), n, n0 };
}

/** Makes up for σ̂ being an estimate in a rule that takes it for known: (df + 1)/(df - 1). */
export function inflation(df: number): number {
  return (df + 1) / (df - 1);
}

/**
 * ℓ = (-δθ̂ - δ²/2) / V̂: natural log of the likelihood ratio of θ = -δ against θ = 0. θ̂/V̂ is Brownian motion in the
 * information 1/V̂ (C. Jennison & B. W. Turnbull, JASA 92, 1997), so exp ℓ is a martingale when θ = 0 and falls on
 * average when θ > 0: it ever exceeds 1/α with chance ≤ α (J. Ville, 1939; A. Wald, Ann. Math. Statist. 16, 1945).
 */
export function logRatio(effect: number, variance: number, margin: number): number {
  return (-margin * effect - margin ** 2 / 2) / variance;
}
