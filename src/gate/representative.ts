/** The change between two pictures of one approved set: lower is more alike. */
export interface Pair {
  pair: [number, number];
  distance: number;
}

/** The sample with the least summed distance to all others: the most typical picture. `null` for an empty set. */
export function medoid(samples: readonly number[], pairs: readonly Pair[]): number | null {
  const total = (sample: number) =>
    pairs.reduce((sum, { pair, distance }) => (pair.includes(sample) ? sum + distance : sum), 0);
  const ranked = samples
    .map((sample) => ({ sample, total: total(sample) }))
    .sort((a, b) => a.total - b.total || a.sample - b.sample);
  return ranked[0]?.sample ?? null;
}
