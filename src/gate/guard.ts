import type { Moments } from '../stats/moments.js';
import { type CaseArms, inflation, logRatio, type Pool, poolVariance } from './estimate.js';

/** One broken scene moves the suite's mean by a C-th only, so every case is watched by itself. */
export interface GuardFinding {
  state: 'broken' | 'ok' | 'undecided';
  /** Candidate mean - reference mean of the case; `null` while an arm has no score. */
  effect: number | null;
  /** ℓ of the case at its own margin. */
  ratio: number | null;
}

/** Extra samples that an undecided case may get once the suite has passed. */
export const MOST_EXTRAS = 10;

/** The pool counts as this many degrees of freedom of the case's own. */
const PRIOR_DF = 8;

/** A broken case must look at least so bad without its lowest sample: one flop is not a broken case. Also "ok". */
const CLEAR = Math.log(20);

/** δ_c = max(.08, 2δ). */
export function caseMargin(margin: number): number {
  return Math.max(0.08, 2 * margin);
}

/**
 * The sequential rule for one case. Its variance is shrunk to the pool (inverse-gamma prior worth 8 degrees of freedom):
 *
 *     σ̂_c² = (8 σ̂² + SS_c) / (8 + df_c)      V_c = σ̂_c² (1/n + 1/n0) · (d + 1)/(d - 1), d = 8 + df_c
 *
 * Broken: n ≥ 2, ℓ ≥ ln(1/level), and ℓ without the lowest candidate sample ≥ ln 20. Ok: ℓ ≤ -ln 20.
 */
export function guardCase(arms: CaseArms, pooled: Pool, margin: number, level: number): GuardFinding {
  const { candidate, reference } = arms;
  if (candidate.n === 0 || reference.n === 0) return { state: 'undecided', effect: null, ratio: null };
  const prior = poolVariance(pooled);
  const ratio = caseRatio(candidate, reference, prior, margin);
  const broken =
    candidate.n >= 2 &&
    ratio >= -Math.log(level) &&
    caseRatio(candidate.withoutLowest(), reference, prior, margin) >= CLEAR;
  return {
    state: broken ? 'broken' : ratio <= -CLEAR ? 'ok' : 'undecided',
    effect: candidate.mean - reference.mean,
    ratio,
  };
}

function caseRatio(candidate: Moments, reference: Moments, prior: number, margin: number): number {
  const spread = caseVariance(candidate, reference, prior) * (1 / candidate.n + 1 / reference.n);
  return logRatio(candidate.mean - reference.mean, spread, caseMargin(margin));
}

/** Of one sample, with what its uncertainty adds. An arm without a score says nothing about it. */
function caseVariance(candidate: Moments, reference: Moments, prior: number): number {
  const df = PRIOR_DF + Math.max(0, candidate.n - 1) + Math.max(0, reference.n - 1);
  return ((PRIOR_DF * prior + candidate.squares + reference.squares) / df) * inflation(df);
}

/**
 * Whether `more` samples (of each arm, where both grow) would tell that an unchanged case is ok, as far as its scatter is
 * known: ℓ is then -δ_c²/(2V_c) on average. Where that falls short of -ln 20, samples would be bought in vain.
 */
export function mayDecide(arms: CaseArms, pooled: Pool, margin: number, more: number, grows: boolean): boolean {
  const { candidate, reference } = arms;
  const n0 = reference.n + (grows ? more : 0);
  if (n0 === 0) return false;
  const spread = caseVariance(candidate, reference, poolVariance(pooled)) * (1 / (candidate.n + more) + 1 / n0);
  return caseMargin(margin) ** 2 / (2 * spread) >= CLEAR;
}
