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
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { values, n, mean, sd: null, interval: null };
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  const half = (t975(n - 1) * sd) / Math.sqrt(n);
  return { values, n, mean, sd, interval: [mean - half, mean + half] };
}

/** The value below which `share` (0-1) of the values lie, between the two nearest ranks; `null` when there are none. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = share * (sorted.length - 1);
  const low = sorted[Math.floor(rank)];
  const high = sorted[Math.ceil(rank)];
  return low === undefined || high === undefined ? null : low + (high - low) * (rank - Math.floor(rank));
}

// 97.5 % points of Student's t for 1-9 degrees of freedom (any printed table).
const small = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622];

/** 97.5 % point of Student's t; from 10 degrees of freedom on by its expansion in 1/df (Abramowitz & Stegun 26.7.5), good to 1e-4. */
export function t975(df: number): number {
  const z = 1.959964;
  return (
    small[df - 1] ??
    z +
      (z ** 3 + z) / (4 * df) +
      (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * df ** 2) +
      (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * df ** 3)
  );
}
