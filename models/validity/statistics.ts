import { mean, sumOfSquares } from '../../src/stats/summary.js';

/** What the report calls by name, as pure functions. `null` where there are too few numbers to say. */

/**
 * The chance that a number of `high` is above one of `low`, ties counted half (Mann & Whitney), over those pairs that
 * `counts` lets through.
 */
export function auc<T>(
  high: readonly T[],
  low: readonly T[],
  value: (item: T) => number,
  counts: (high: T, low: T) => boolean = () => true,
): number | null {
  let [won, pairs] = [0, 0];
  for (const a of high) {
    for (const b of low) {
      if (!counts(a, b)) continue;
      pairs += 1;
      won += value(a) > value(b) ? 1 : value(a) === value(b) ? 0.5 : 0;
    }
  }
  return pairs === 0 ? null : won / pairs;
}

/** From 1 for the smallest; equal numbers share the mean of their ranks. */
export function ranks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

/** Rank correlation, -1 to 1: Pearson's of the ranks, so that ties are allowed. */
export function spearman(a: readonly number[], b: readonly number[]): number | null {
  if (a.length !== b.length) throw new RangeError(`${a.length} numbers cannot be ranked beside ${b.length}`);
  if (a.length < 2) return null;
  const [x, y] = [ranks(a), ranks(b)];
  const [mx, my] = [mean(x), mean(y)];
  const together = x.reduce((sum, rank, i) => sum + (rank - mx) * ((y[i] ?? NaN) - my), 0);
  const spread = Math.sqrt(sumOfSquares(x) * sumOfSquares(y));
  return spread === 0 ? null : together / spread;
}

/** d' of signal detection: the distance of two means in standard deviations, the root mean square of both groups'. */
export function dPrime(high: readonly number[], low: readonly number[]): number | null {
  if (high.length < 2 || low.length < 2) return null;
  const variance = (values: readonly number[]) => sumOfSquares(values) / (values.length - 1);
  const sd = Math.sqrt((variance(high) + variance(low)) / 2);
  return sd === 0 ? null : (mean(high) - mean(low)) / sd;
}

/** Sums of squares and products about the group's own mean, which groups can be added up from. */
export interface CrossProducts {
  /** Predictors with each other, with the answer, and the answer with itself. */
  xx: number[][];
  xy: number[];
  yy: number;
}

/** Of one group; `rows` are its predictors. */
export function crossProducts(rows: readonly (readonly number[])[], answers: readonly number[]): CrossProducts {
  const width = rows[0]?.length ?? 0;
  const columns = Array.from({ length: width }, (_, i) => centredColumn(rows.map((row) => row[i] ?? NaN)));
  const y = centredColumn(answers);
  return {
    xx: columns.map((a) => columns.map((b) => product(a, b))),
    xy: columns.map((column) => product(column, y)),
    yy: product(y, y),
  };
}

/** Share of the variance inside groups that linear regression on the predictors explains, 0-1. */
export function withinR2(groups: readonly CrossProducts[]): number | null {
  const [first] = groups;
  if (!first) return null;
  const add = (a: readonly number[], b: readonly number[]) => a.map((value, i) => value + (b[i] ?? NaN));
  const sum = groups.slice(1).reduce(
    (all, { xx, xy, yy }) => ({
      xx: all.xx.map((row, i) => add(row, xx[i] ?? [])),
      xy: add(all.xy, xy),
      yy: all.yy + yy,
    }),
    first,
  );
  if (sum.yy === 0) return null;
  return product(solve(sum.xx, sum.xy), sum.xy) / sum.yy;
}

/**
 * Solves a symmetric, positive semidefinite system by Gaussian elimination; a predictor that does not vary, or that
 * follows from those before it, gets 0.
 */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const a = matrix.map((row, i) => [...row, right[i] ?? NaN]);
  const at = (i: number, j: number) => a[i]?.[j] ?? NaN;
  const kept: number[] = [];
  for (let k = 0; k < a.length; k += 1) {
    const original = Math.abs(matrix[k]?.[k] ?? 0);
    if (at(k, k) <= 1e-10 * original || original === 0) continue;
    kept.push(k);
    for (let i = 0; i < a.length; i += 1) {
      if (i === k) continue;
      const factor = at(i, k) / at(k, k);
      a[i] = (a[i] ?? []).map((value, j) => value - factor * at(k, j));
    }
  }
  return a.map((_, k) => (kept.includes(k) ? at(k, a.length) / at(k, k) : 0));
}

function centredColumn(values: readonly number[]): number[] {
  const middle = mean(values);
  return values.map((value) => value - middle);
}

function product(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? NaN), 0);
}
