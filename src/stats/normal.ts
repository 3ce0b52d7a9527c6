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
