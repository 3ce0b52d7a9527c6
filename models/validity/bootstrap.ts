import { seededRandom } from '../../src/lib/random.js';
import { quantile } from '../../src/stats/summary.js';

export interface Estimate {
  value: number | null;
  /** 95 % interval; `null` where an estimate needs more characters. */
  low: number | null;
  high: number | null;
}

export const RESAMPLES = 1000;
export const BOOTSTRAP_SEED = 20_260_000;

/**
 * The percentile bootstrap over whole characters (Efron & Tibshirani, "An Introduction to the Bootstrap", 1993, ch. 13):
 * pictures of one character are not independent, characters are. The same seed for all estimates, so that differences of
 * two are resampled together.
 */
export function bootstrap<T>(
  characters: readonly T[],
  estimate: (characters: readonly T[]) => number | null,
): Estimate {
  const random = seededRandom(BOOTSTRAP_SEED);
  const found: number[] = [];
  for (let i = 0; i < RESAMPLES; i += 1) {
    const drawn = characters.flatMap(() => {
      const one = characters[Math.floor(random() * characters.length)];
      return one === undefined ? [] : [one];
    });
    const value = estimate(drawn);
    if (value !== null) found.push(value);
  }
  const enough = characters.length > 1 && found.length > RESAMPLES / 2;
  return {
    value: estimate(characters),
    low: enough ? quantile(found, 0.025) : null,
    high: enough ? quantile(found, 0.975) : null,
  };
}
