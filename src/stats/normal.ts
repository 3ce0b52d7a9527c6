import type { Random } from '../lib/random.js';

/** Independent standard normal numbers: G. E. P. Box & M. E. Muller, Ann. Math. Statist. 29(2), 1958. */
export function normalDraws(random: Random): () => number {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/**
 * Chi-square numbers with a whole number of degrees of freedom. From 2 on by G. Marsaglia & W. W. Tsang, ACM TOMS 26(3),
 * 2000. @throws RangeError for anything but 0, 1, 2, ...
 */
export function chiSquareDraws(df: number, random: Random, normal: () => number): () => number {
  if (!Number.isInteger(df) || df < 0) throw new RangeError(`degrees of freedom must be 0, 1, 2, ..., got ${df}`);
  if (df < 2) return () => df * normal() ** 2;
  const d = df / 2 - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  return () => {
    for (;;) {
      const x = normal();
      const v = (1 + c * x) ** 3;
      if (v > 0 && Math.log(1 - random()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return 2 * d * v;
    }
  };
}
