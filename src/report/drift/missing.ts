import type { SampleRecord } from '../../record.js';
import { wholeMean } from '../../stats/summary.js';
import { count } from '../format.js';
import { outcomeViews } from '../outcomes.js';

/** What a chain has at a scene: its value, the mean over all turns of a conversation, or why there is none. */
export type Reading = { value: number } | { why: string };

export function readingOf(samples: readonly SampleRecord[], metric: string): Reading {
  const value = wholeMean(samples.map(({ scores }) => scores[metric]?.value ?? null));
  if (value !== null) return { value };
  const first = samples.find(({ scores }) => (scores[metric]?.value ?? null) === null);
  if (!first) return { why: 'not made' };
  if (first.outcome !== 'ok') {
    const { word } = outcomeViews[first.outcome];
    // Why a scene was skipped is said where its chain broke.
    return { why: first.reason === null || first.outcome === 'skipped' ? word : `${word}, ${first.reason}` };
  }
  return { why: `not measured, ${first.scores[metric]?.reason ?? 'no reason given'}` };
}

/** Scenes without a value, those of one reason together. */
export interface Missing {
  why: string;
  /** `forest (chain 3)`, `valley (4 chains)`. */
  scenes: string[];
}

export function missingOf(
  gaps: readonly { scene: string; chain: number; why: string }[],
  unit: 'chain' | 'sample',
): Missing[] {
  const reasons = new Map<string, Map<string, number[]>>();
  for (const { scene, chain, why } of gaps) {
    const scenes = reasons.get(why) ?? new Map<string, number[]>();
    reasons.set(why, scenes.set(scene, [...(scenes.get(scene) ?? []), chain]));
  }
  return [...reasons].map(([why, scenes]) => ({
    why,
    scenes: [...scenes].map(
      ([scene, chains]) => `${scene} (${chains.length === 1 ? `${unit} ${chains[0]}` : count(chains.length, unit)})`,
    ),
  }));
}
