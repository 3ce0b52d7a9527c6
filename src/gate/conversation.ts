import { wholeMean } from '../stats/summary.js';

/** One picture of a run, or what came in its place. */
export interface Turn {
  case: string;
  variant: string;
  sample: number;
  /** Of a conversation, from 1; else left out. */
  turn?: number | undefined;
}

/** The turns of one sample, in order; of most samples there is one. */
export type Turns<T> = readonly [T, ...T[]];

/** Samples in the order of their first turns. A turn that is there twice begins another one, so that it can be told. */
export function bySample<T extends Turn>(turns: readonly T[]): Turns<T>[] {
  const samples: [T, ...T[]][] = [];
  const open = new Map<string, [T, ...T[]]>();
  for (const each of turns) {
    const key = JSON.stringify([each.variant, each.case, each.sample]);
    const known = open.get(key);
    if (known?.every(({ turn }) => turn !== each.turn)) {
      known.push(each);
      continue;
    }
    const begun: [T, ...T[]] = [each];
    open.set(key, begun);
    samples.push(begun);
  }
  for (const each of samples) each.sort((a, b) => (a.turn ?? 0) - (b.turn ?? 0));
  return samples;
}

/** The turn that tells how a sample ended: the first that did not go well, for the later ones were not made; else the last. */
export function endOf<T extends { outcome: string }>(turns: Turns<T>): T {
  return turns.find(({ outcome }) => outcome !== 'ok') ?? turns.at(-1) ?? turns[0];
}

/**
 * Metric -> the mean over the turns, which enter the gate as one sample. `null` unless every turn has a value: turns
 * differ in their means, so that a conversation that broke off would count as a better or a worse one.
 */
export function meansOf(turns: readonly Readonly<Record<string, number | null>>[]): Record<string, number | null> {
  const ids = new Set(turns.flatMap((values) => Object.keys(values)));
  return Object.fromEntries([...ids].map((id) => [id, wholeMean(turns.map((values) => values[id] ?? null))]));
}

/** Whether everyone was found in every picture that says; `null` where none does. */
export function foundInAll(turns: readonly (boolean | null)[]): boolean | null {
  const said = turns.filter((found) => found !== null);
  return said.length > 0 ? said.every(Boolean) : null;
}
