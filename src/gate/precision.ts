import { type ConfidenceSequence, confidenceSequence } from '../stats/confidence-sequence.js';
import { tInterval } from '../stats/interval.js';
import { studentTQuantile } from '../stats/student-t.js';
import { type Estimate, inflation } from './estimate.js';
import type { Levels } from './levels.js';
import type { MetricDesign, Trial } from './trial.js';

/** 1 - the chance to miss: "could have detected" means that it would have been seen 95 times in 100. */
const POWER = 0.95;

/**
 * What V̂ would be at the cap with this σ̂: every slot scored, and the reference as it is or, when it grows, as long as
 * the candidate. Infinity while a case has no reference sample.
 */
export function varianceAtCap(trial: Trial, metric: MetricDesign, m: number, sd: number, grows: boolean): number {
  const { max } = trial.design.samples;
  const inverse = (trial.units[m] ?? []).reduce(
    (sum, { reference }) => sum + 1 / max + 1 / (grows ? max : reference.n),
    0,
  );
  return (sd ** 2 * inverse) / trial.total(metric) ** 2;
}

/** Bounds of θ for people to read, with a mark that says what they promise. */
export type Bounds = ConfidenceSequence & { kind: 'anytime' | 't' };

/** Two-sided 95 %, right at every look together, tightest at the cap. */
export function anytimeBounds(found: Estimate, atCap: number): Bounds {
  const factor = inflation(found.df);
  return { ...confidenceSequence(found.effect, found.variance * factor, 1 / (atCap * factor)), kind: 'anytime' };
}

/** Two-sided 90 %: PASS means that its lower end is above -δ. */
export function fixedBounds(found: Estimate, { pass }: Levels): Bounds {
  const { low, high, confidence } = tInterval(found.effect, Math.sqrt(found.variance), found.df, 1 - 2 * pass);
  return { low, high, confidence, kind: 't' };
}

/**
 * The smallest drop that the sequential rule would have called a regression 95 times in 100 by the cap: ℓ at the cap is
 * normal with mean (δ|θ| - δ²/2)/V and variance δ²/V, so
 *
 *     |θ| = δ/2 + ln(1/level) · V/δ + t(.95) · √V
 *
 * which forgets crossings before the cap that would not have lasted: a little too large, never too small.
 */
export function detectableSequential(margin: number, atCap: number, df: number, level: number): number {
  const variance = atCap * inflation(df);
  return margin / 2 - (Math.log(level) * variance) / margin + studentTQuantile(POWER, df) * Math.sqrt(variance);
}

/** The same for the t interval: neither a pass (θ̂ - t SE > -δ) nor undecided (θ̂ + t SE ≥ 0), 95 times in 100. */
export function detectableFixed(margin: number, found: Estimate, { pass, regression }: Levels): number {
  const error = Math.sqrt(found.variance);
  const t = (p: number) => studentTQuantile(p, found.df) * error;
  return Math.max(t(1 - regression), margin - t(1 - pass)) + t(POWER);
}
