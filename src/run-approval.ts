import type { ApprovedCase, ApprovedTurn } from './gate/baseline.js';
import { incomparable, measuredIn, type Measuring } from './gate/comparable.js';
import type { BaselineCase } from './record.js';

/** What a record says of an approved case beside its pictures; scores of metrics that are measured otherwise `here` are left out. */
export function approvalOf(approved: ApprovedCase, here: Measuring): Omit<BaselineCase, 'picture' | 'found' | 'turns'> {
  const { run, approvedAt, model, revision, inputsMode, prompt, outcomes, samples } = approved;
  const apart = incomparable(approved, measuredIn(here, approved.case));
  return {
    run,
    approvedAt,
    model,
    revision,
    inputsMode,
    prompt,
    outcomes,
    scores: scoresOf(samples, approved, here),
    incomparable: Object.fromEntries(Object.entries(apart).map(([id, { reason }]) => [id, reason])),
  };
}

/** What it says of one turn of a conversation, by its place. */
export function turnScores(approved: ApprovedCase, index: number, here: Measuring): Record<string, number[]> {
  return scoresOf(
    approved.samples.flatMap(({ turns }) => turns?.[index] ?? []),
    approved,
    here,
  );
}

function scoresOf(turns: readonly ApprovedTurn[], approved: ApprovedCase, here: Measuring): Record<string, number[]> {
  const apart = incomparable(approved, measuredIn(here, approved.case));
  const ids = Object.keys(approved.metrics).filter((id) => !(id in apart));
  return Object.fromEntries(ids.map((id) => [id, turns.flatMap(({ scores }) => scores[id] ?? [])]));
}
