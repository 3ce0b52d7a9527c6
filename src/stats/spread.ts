import { sumOfSquares } from './summary.js';

export interface Spread {
  /** Standard deviation inside a group, pooled over groups; `null` without degrees of freedom. */
  sd: number | null;
  sumOfSquares: number;
  df: number;
}

/** The spread inside groups (the samples of each case), whatever the groups' means are. */
export function pooledSpread(groups: readonly ArrayLike<number>[]): Spread {
  let squares = 0;
  let df = 0;
  for (const group of groups) {
    if (group.length < 2) continue;
    squares += sumOfSquares(group);
    df += group.length - 1;
  }
  return { sd: df > 0 ? Math.sqrt(squares / df) : null, sumOfSquares: squares, df };
}
