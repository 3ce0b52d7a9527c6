import { mean, sumOfSquares } from './summary.js';
import { type Interval, tInterval } from './interval.js';

/**
 * The weights w that make Σ w·y the slope of the least-squares line through the points (x, y); `null` unless there are
 * two different x.
 */
export function slopeWeights(xs: readonly number[]): number[] | null {
  if (xs.length === 0) return null;
  const squares = sumOfSquares(xs);
  if (!(squares > 0)) return null;
  const centre = mean(xs);
  return xs.map((x) => (x - centre) / squares);
}

/** The variance of an estimate, itself estimated with `df` degrees of freedom. */
export interface Variance {
  variance: number;
  df: number;
}

/**
 * The interval of an estimate whose error has several independent sources, with the degrees of freedom of Welch and
 * Satterthwaite (Satterthwaite, "An approximate distribution of estimates of variance components", 1946).
 */
export function combinedInterval(estimate: number, sources: readonly Variance[], confidence = 0.95): Interval {
  const variance = sources.reduce((sum, each) => sum + each.variance, 0);
  const df =
    variance > 0
      ? variance ** 2 / sources.reduce((sum, each) => sum + each.variance ** 2 / each.df, 0)
      : sources.reduce((sum, each) => sum + each.df, 0);
  return tInterval(estimate, Math.sqrt(variance), df, confidence);
}
