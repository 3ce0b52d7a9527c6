import { wholeSum } from '../lib/whole-sum.js';
import type { SampleRecord } from '../record.js';

type Paid = Pick<SampleRecord, 'cost' | 'savedCost' | 'judged'>;

/** USD that a sample took in its run, its judging included; `null` when a price is not known. */
export function spentFor({ cost, judged }: Paid): number | null {
  return wholeSum([cost, ...(judged?.votes.map((vote) => vote.cost) ?? [])]);
}

/** USD that the cache or a recording saved. */
export function savedFor({ savedCost, judged }: Paid): number | null {
  return wholeSum([savedCost, ...(judged?.votes.map((vote) => vote.savedCost) ?? [])]);
}
