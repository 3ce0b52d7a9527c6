import type { Design } from './trial.js';

/** How the 5 % chance of crying wolf are shared out (rationale.md): any false REGRESSION of one gate, all together. */
const SUITE = 0.025;
const GUARD = 0.0125;
const RATES = 0.0125;

/** Chance to pass a suite that dropped by its margin; the same for each metric, for a pass needs all of them. */
const MISS = 0.05;

/** Error chances of single tests, 0-1. */
export interface Levels {
  /** A gating metric says "regressed" though the mean did not drop. */
  regression: number;
  /** A gating metric says "same" though the mean dropped by its margin. */
  pass: number;
  /** One metric calls one unchanged case broken. */
  guard: number;
  /** One rate is called risen though it did not rise. */
  rate: number;
}

export function levelsOf({ metrics, rates }: Design): Levels {
  const guarded = metrics.reduce((sum, { cases }) => sum + cases.length, 0);
  return { regression: SUITE / metrics.length, pass: MISS, guard: GUARD / guarded, rate: RATES / rates };
}
