import { priceOf } from './estimate.js';
import type { PlannedSample } from './plan.js';

/** One of `of` parts of a run, made on machines that know nothing of each other; `number` counts from 1. */
export interface Shard {
  number: number;
  of: number;
}

/**
 * The samples of a plan that a shard makes, in the plan's order. All shards together make each sample once, and what is
 * made from a picture of the run stays with that picture; inputs that were there before tie nothing together. Cost is
 * balanced by giving the dearest lineage that is left to the shard that has the least so far: at most 4/3 of the best there
 * is (R. L. Graham, "Bounds on Multiprocessing Timing Anomalies", 1969). What lies in a cache plays no part: every machine
 * must come to the same split.
 */
export function shardOf(samples: readonly PlannedSample[], { number, of }: Shard): PlannedSample[] {
  const cost = costs(samples);
  const costOf = (lineage: readonly PlannedSample[]) => lineage.reduce((sum, each) => sum + (cost.get(each) ?? 0), 0);
  const dearestFirst = lineages(samples)
    .map((lineage) => ({ lineage, cost: costOf(lineage) }))
    .sort((a, b) => b.cost - a.cost);
  const parts = Array.from({ length: of }, () => ({ cost: 0, samples: new Set<PlannedSample>() }));
  for (const { lineage, cost: more } of dearestFirst) {
    const least = parts.reduce((a, b) => (b.cost < a.cost || (b.cost === a.cost && isSmaller(b, a)) ? b : a));
    least.cost += more;
    for (const each of lineage) least.samples.add(each);
  }
  return samples.filter((each) => parts[number - 1]?.samples.has(each));
}

const isSmaller = (a: { samples: Set<unknown> }, b: { samples: Set<unknown> }) => a.samples.size < b.samples.size;

/** Samples that stand on each other's pictures, in the order of the plan. */
function lineages(samples: readonly PlannedSample[]): PlannedSample[][] {
  const root = new Map(samples.map(({ id }) => [id, id]));
  const rootOf = (id: string): string => {
    const above = root.get(id) ?? id;
    if (above === id) return id;
    const top = rootOf(above);
    root.set(id, top);
    return top;
  };
  for (const { id, parents } of samples) for (const parent of parents) root.set(rootOf(id), rootOf(parent));
  const found = new Map<string, PlannedSample[]>();
  for (const each of samples) {
    const top = rootOf(each.id);
    found.set(top, [...(found.get(top) ?? []), each]);
  }
  return [...found.values()];
}

/** USD that each sample will probably cost; where no price is known, as much as the others on average. */
function costs(samples: readonly PlannedSample[]): Map<PlannedSample, number> {
  const known = samples.flatMap((each) => {
    const price = priceOf(each);
    return price ? [[each, (price.low + price.high) / 2] as const] : [];
  });
  const mean = known.length > 0 ? known.reduce((sum, [, cost]) => sum + cost, 0) / known.length : 1;
  return new Map([...samples.map((each) => [each, mean] as const), ...known]);
}
