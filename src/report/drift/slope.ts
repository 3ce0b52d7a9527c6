import { combinedInterval, slopeWeights, type Variance } from '../../stats/slope.js';
import { mean, standardDeviation } from '../../stats/summary.js';

/** What a hop changes, on average over chains. */
export interface Slope {
  /** Change of the value a hop; below 0 is a loss. */
  perHop: number;
  /** 95 % interval; `null` where the scatter is unknown. For reading only: the gate has its own. */
  interval: [number, number] | null;
  /** How many chains have a slope: a value at two hops at least. */
  chains: number;
}

/** A chain's values, one a hop; `null` where it has none. */
export type Chain = readonly (number | null)[];

/** Mean of approved samples at a hop, and the variance of that mean. */
export interface ApprovedMean {
  mean: number;
  /** `null` where no scene has two approved samples. */
  variance: Variance | null;
}

/**
 * The mean of the slopes of the chains' own least-squares lines. A chain is the unit: its scenes share ancestors, so
 * they are no independent evidence. With `approved`, of the distances from the approved means, which takes out that
 * some scenes are harder than others; the scatter of those means is common to all chains and counts too.
 */
export function slopeOf(
  hops: readonly number[],
  chains: readonly Chain[],
  approved?: readonly (ApprovedMean | null)[],
): Slope | null {
  const level = (i: number) => (approved ? (approved[i]?.mean ?? null) : 0);
  const lines = chains.flatMap((values) => {
    const points = hops.flatMap((hop, i) => {
      const [value, base] = [values[i] ?? null, level(i)];
      return value === null || base === null ? [] : [{ i, hop, height: value - base }];
    });
    const weights = slopeWeights(points.map(({ hop }) => hop));
    if (!weights) return [];
    const slope = points.reduce((sum, { height }, k) => sum + height * (weights[k] ?? 0), 0);
    return [{ slope, weightOf: new Map(points.map(({ i }, k) => [i, weights[k] ?? 0])) }];
  });
  if (lines.length === 0) return null;
  const slopes = lines.map(({ slope }) => slope);
  const perHop = mean(slopes);
  const common = (approved ?? []).flatMap((each, i): (Variance | null)[] => {
    const weight = lines.reduce((sum, { weightOf }) => sum + (weightOf.get(i) ?? 0), 0) / lines.length;
    if (!each || weight === 0) return [];
    return [each.variance && { ...each.variance, variance: weight ** 2 * each.variance.variance }];
  });
  return { perHop, interval: intervalOf(perHop, slopes, common), chains: lines.length };
}

function intervalOf(
  perHop: number,
  slopes: readonly number[],
  common: readonly (Variance | null)[],
): Slope['interval'] {
  const n = slopes.length;
  if (n < 2 || common.includes(null)) return null;
  const sources = [{ variance: standardDeviation(slopes) ** 2 / n, df: n - 1 }];
  // One pooled scatter stands behind all approved means, so that they are one source with its degrees of freedom.
  const known = common.filter((each) => each !== null);
  const df = known[0]?.df;
  if (df !== undefined) sources.push({ variance: known.reduce((sum, each) => sum + each.variance, 0), df });
  const { low, high } = combinedInterval(perHop, sources);
  return [low, high];
}
