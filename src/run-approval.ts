import type { ApprovedCase } from './gate/baseline.js';
import { incomparable, type Measured } from './gate/comparable.js';
import type { BaselineCase } from './record.js';

/** What a record says of an approved case beside its pictures; scores of metrics that are measured otherwise `here` are left out. */
export function approvalOf(approved: ApprovedCase, here: Measured): Omit<BaselineCase, 'picture' | 'found' | 'turns'> {
  const { run, approvedAt, model, revision, inputsMode, prompt, outcomes, samples } = approved;
  const apart = incomparable(approved, here);
  const ids = Object.keys(approved.metrics).filter((id) => !(id in apart));
  return {
    run,
    approvedAt,
    model,
    revision,
    inputsMode,
    prompt,
    outcomes,
    scores: Object.fromEntries(ids.map((id) => [id, samples.flatMap((sample) => sample.scores[id] ?? [])])),
    incomparable: Object.fromEntries(Object.entries(apart).map(([id, { reason }]) => [id, reason])),
  };
}
