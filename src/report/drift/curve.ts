import { mean } from '../../stats/summary.js';
import { spread, type Spread } from '../spread.js';
import { slopeOf, type ApprovedMean, type Chain, type Slope } from './slope.js';

/** The mean over approved sets that stand at one place, and the variance of it. */
export function approvedMean(
  sets: readonly (readonly number[])[],
  { sd, df }: { sd: number | null; df: number },
): ApprovedMean {
  const share = sets.reduce((sum, set) => sum + 1 / set.length, 0) / sets.length ** 2;
  const variance = sd === null ? null : { variance: sd ** 2 * share, df };
  return { mean: mean(sets.map((set) => mean(set))), variance };
}

/** What chains come to at each place: their spreads, and their slopes by themselves and beside what was approved. */
export function curveOf(
  hops: readonly { hop: number; approved: ApprovedMean | null }[],
  chains: readonly { values: Chain }[],
): { spreads: (Spread | null)[]; slope: Slope | null; beside: Slope | null } {
  const values = chains.map((each) => each.values);
  const places = hops.map(({ hop }) => hop);
  const approved = hops.map((each) => each.approved);
  return {
    spreads: hops.map((_, i) => spread(values.flatMap((each) => each[i] ?? []))),
    slope: slopeOf(places, values),
    beside: slopeOf(places, values, approved),
  };
}
