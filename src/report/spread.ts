import { meanInterval } from '../stats/interval.js';
import { quantile as quantileOf, summarize } from '../stats/summary.js';

/** Mean, scatter and interval of a few values; what every table and chart of the report shows. */
export interface Spread {
  /** Ascending. */
  values: readonly number[];
  n: number;
  mean: number;
  /** Sample standard deviation (n - 1); `null` below two values. */
  sd: number | null;
  /** 95 % Student t interval of the mean; `null` below two values. For reading only: the gate has its own. */
  interval: [number, number] | null;
}

/** `null` when there are no values. */
export function spread(unsorted: readonly number[]): Spread | null {
  const values = [...unsorted].sort((a, b) => a - b);
  const { n, mean, sd } = summarize(values);
  if (mean === null) return null;
  const interval = meanInterval(values);
  return { values, n, mean, sd, interval: interval && [interval.low, interval.high] };
}

/** The value below which `share` (0-1) of the values lie; `null` when there are none. */
export function quantile(values: readonly number[], share: number): number | null {
  return values.length === 0 ? null : quantileOf(values, share);
}
