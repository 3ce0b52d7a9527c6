import type { RecordedCase } from '../matrix.js';

/** What the baseline says about scenes whose inputs were approved pictures, not pictures of their own chain. */
export interface ApprovedScenes {
  /** case -> the values of its approved samples. */
  values: ReadonlyMap<string, readonly number[]>;
  /** Model and revision that they come from, usually one. */
  sources: string[];
  /** Which scenes have none to set beside them, and why. */
  without: { why: string; cases: string[] }[];
}

export function approvedScenes(cases: readonly RecordedCase[], metric: string): ApprovedScenes {
  const values = new Map<string, readonly number[]>();
  const sources = new Set<string>();
  const without = new Map<string, string[]>();
  for (const { name, baseline } of cases) {
    const why = whyNot(baseline, metric);
    if (why !== null) without.set(why, [...(without.get(why) ?? []), name]);
    else if (baseline) {
      values.set(name, baseline.scores[metric] ?? []);
      sources.add(`${baseline.model} · ${baseline.revision}`);
    }
  }
  return { values, sources: [...sources], without: [...without].map(([why, names]) => ({ why, cases: names })) };
}

/** Why there is nothing approved to set beside what a run made of a case, or `null`. */
export function whyNot(baseline: RecordedCase['baseline'], metric: string): string | null {
  if (!baseline) return 'nothing is approved yet';
  if (baseline.inputsMode === 'generated') return 'the approved samples had generated inputs too';
  const incomparable = baseline.incomparable[metric];
  if (incomparable !== undefined) return incomparable;
  return baseline.scores[metric]?.length ? null : 'no approved sample has a score';
}
