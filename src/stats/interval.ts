import { mean, standardDeviation } from './summary.js';
import { studentTQuantile } from './student-t.js';

export interface Interval {
  mean: number;
  low: number;
  high: number;
  /** 0-1, of both sides together. */
  confidence: number;
  df: number;
  standardError: number;
}

/** The t interval of an estimate whose variance was itself estimated with `df` degrees of freedom. */
export function tInterval(estimate: number, standardError: number, df: number, confidence = 0.95): Interval {
  if (!(standardError >= 0)) throw new RangeError(`a standard error cannot be ${standardError}`);
  const half = studentTQuantile((1 + confidence) / 2, df) * standardError;
  return { mean: estimate, low: estimate - half, high: estimate + half, confidence, df, standardError };
}

/** The t interval of the mean of independent numbers; `null` below two, where the spread is unknown. */
export function meanInterval(values: ArrayLike<number>, confidence = 0.95): Interval | null {
  const n = values.length;
  if (n < 2) return null;
  return tInterval(mean(values), standardDeviation(values) / Math.sqrt(n), n - 1, confidence);
}
