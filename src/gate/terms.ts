import { pooledSpread } from '../stats/spread.js';
import type { Retry } from '../suite/suite.js';
import type { Arm, ArmCase, InputHash } from './arm.js';
import { type Difference, incomparable, measuredIn, type Measuring } from './comparable.js';
import type { Pool } from './estimate.js';
import type { GatedMetric, GateInput, Obstacle } from './input.js';

/** What a gate is asked. With the samples of both arms, all that the verdict depends on; the record keeps it. */
export interface Terms {
  subject: string;
  against: string;
  /** Id of the variant that is judged. */
  candidate: string;
  reference:
    { kind: 'baseline' } | { kind: 'variant'; variant: string } | { kind: 'run'; run: string; variant: string };
  rule: GateInput['rule'];
  inputs: GateInput['inputs'];
  samples: GateInput['samples'];
  /** The number before that of the run's first sample. */
  offset: number;
  metrics: readonly (GatedMetric & { auto: boolean })[];
  cases: GateInput['cases'];
}

/** What came of the run besides its samples. */
export interface Circumstances {
  infra: string | null;
  spent: number | null;
  /** More reasons why the arms cannot be compared. */
  obstacles: readonly Obstacle[];
}

export function inputOf(terms: Terms, candidate: Arm, reference: Arm, circumstances: Circumstances): GateInput {
  const names = terms.cases.map(({ name }) => name);
  const samples = (arm: Arm) => names.flatMap((name) => arm.get(name)?.samples ?? []);
  return {
    ...circumstances,
    subject: terms.subject,
    against: terms.against,
    rule: terms.rule,
    inputs: terms.inputs,
    samples: terms.samples,
    metrics: terms.metrics,
    cases: terms.cases,
    candidate: samples(candidate),
    reference: { samples: samples(reference), grows: terms.reference.kind === 'variant' },
    obstacles: [...circumstances.obstacles, ...differences(terms, candidate, reference)],
  };
}

/** Why the arms cannot be compared: what was measured otherwise, or made from other input pictures. */
export function differences(terms: Terms, candidate: Arm, reference: Arm): Obstacle[] {
  const told = new Map<string, { fix: string; cases: string[] }>();
  for (const { name, unchanged } of terms.cases) {
    const [made, before] = [candidate.get(name), reference.get(name)];
    if (unchanged || !made || !before) continue;
    for (const { reason, fix } of differencesOf(terms, made, before)) {
      const { cases } = told.get(reason) ?? { cases: [] };
      told.set(reason, { fix, cases: [...cases, name] });
    }
  }
  return [...told].map(([reason, { fix, cases }]) => ({ problem: `${shown(cases, terms)}: ${reason}`, fix }));
}

function shown(names: readonly string[], { cases }: Terms): string {
  if (names.length === cases.length && names.length > 1) return 'every case';
  return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function differencesOf({ metrics, inputs }: Terms, made: ArmCase, before: ArmCase): Difference[] {
  if (made.emulated !== before.emulated)
    return [{ reason: 'emulated pictures cannot be compared with real ones', fix: 'Choose runs of the same kind.' }];
  if (made.turns !== before.turns)
    return [
      {
        reason: `turns differ: ${before.turns} there, ${made.turns} here`,
        fix: 'Run the case again, and approve it as it is now.',
      },
    ];
  const retried = retryDifference(made.retry, before.retry);
  const gated = new Set(metrics.map(({ id }) => id));
  const apart = Object.entries(incomparable(before, made)).filter(([id]) => gated.has(id));
  const measured = [...retried, ...apart.map(([id, { reason, fix }]) => ({ reason: `${id} ${reason}`, fix }))];
  if (made.inputsMode !== before.inputsMode)
    return [
      ...measured,
      {
        reason: `inputs differ: ${before.inputsMode} there, ${made.inputsMode} here`,
        fix: `Run with --inputs ${before.inputsMode}, or approve a run with ${made.inputsMode} inputs.`,
      },
    ];
  // Every chain has pictures of its own.
  const names = inputs === 'generated' ? [] : differing(made.inputs, before.inputs);
  if (names.length === 0) return measured;
  return [
    ...measured,
    {
      reason: `inputs differ: ${names.join(', ')}`,
      fix: 'Approve a run of these cases that was made from the pictures approved now.',
    },
  ];
}

/** What is left of many tries is better than what comes at the first: only like can be compared with like. */
function retryDifference(made: Retry | undefined, before: Retry | undefined): Difference[] {
  const words = (retry: Retry | undefined) =>
    retry ? `up to ${retry.quality.tries} tries below quality ${retry.quality.below}` : 'no retry';
  if (words(made) === words(before)) return [];
  return [
    {
      reason: `the retry policy differs: ${words(before)} there, ${words(made)} here`,
      fix: 'Write `retry` in the suite as it was, or approve a run with this one.',
    },
  ];
}

/** Names of the input pictures that are not the same in all samples of both arms. */
function differing(made: readonly (readonly InputHash[])[], before: readonly (readonly InputHash[])[]): string[] {
  if (made.length === 0 || before.length === 0) return [];
  const seen = new Map<string, Set<string>>();
  const all = [...made, ...before];
  for (const inputs of all)
    for (const { name, sha256 } of inputs) seen.set(name, (seen.get(name) ?? new Set()).add(sha256));
  const everywhere = (name: string) => all.every((inputs) => inputs.some((input) => input.name === name));
  return [...seen].filter(([name, hashes]) => hashes.size > 1 || !everywhere(name)).map(([name]) => name);
}

/**
 * Scatter that approved cases lend to σ̂ though they are not in the comparison: those of the reference's model that were
 * measured as the run measures.
 */
export function lentBy(
  id: string,
  approved: Arm,
  terms: Pick<Terms, 'cases' | 'reference'>,
  model: string,
  now: Measuring,
): Pool {
  const judged = new Set(terms.reference.kind === 'baseline' ? terms.cases.map(({ name }) => name) : []);
  const lenders = [...approved].filter(
    ([name, each]) => !judged.has(name) && each.model === model && !(id in incomparable(each, measuredIn(now, name))),
  );
  const { sumOfSquares, df } = pooledSpread(
    lenders.map(([, { samples }]) => samples.flatMap(({ values }) => values[id] ?? [])),
  );
  return { sumOfSquares, df };
}
