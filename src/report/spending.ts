import type { SampleRecord } from '../record.js';

type Paid = Pick<SampleRecord, 'cost' | 'savedCost' | 'judged'>;

/** USD that a sample took in its run, its judging included; `null` when a price is not known. */
export function spentFor({ cost, judged }: Paid): number | null {
  return total([cost, ...(judged?.votes.map((vote) => vote.cost) ?? [])]);
}

/** USD that the cache or a recording saved. */
export function savedFor({ savedCost, judged }: Paid): number | null {
  return total([savedCost, ...(judged?.votes.map((vote) => vote.savedCost) ?? [])]);
}

function total(amounts: readonly (number | null)[]): number | null {
  return amounts.reduce<number | null>((sum, usd) => (sum === null || usd === null ? null : sum + usd), 0);
}
