/** Sum of amounts of which each may be unknown; `null` when any is, and 0 for none at all. */
export function wholeSum(amounts: readonly (number | null)[]): number | null {
  return amounts.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}
