import { type Arm, madeArm } from './gate/arm.js';
import { gate } from './gate/gate.js';
import { infraFailure } from './gate/infra.js';
import type { Obstacle } from './gate/input.js';
import { inputOf, type Terms } from './gate/terms.js';
import type { Verdict } from './gate/verdict.js';
import type { RunRecord } from './record.js';
import { candidateOf, derivedQuestion, type Question, type Sides } from './run-compare-question.js';
import { approvalOf, turnScores } from './run-approval.js';
import { makingOf, referenceArm } from './run-gate.js';
import { gateOf, judged, wordsOf } from './run-conclusion.js';

export interface CompareRequest extends Sides {
  /** Scores were measured otherwise when the run was judged, so that its own terms say nothing about these. */
  remeasured: boolean;
  /** Why nothing can be judged, known beforehand. */
  obstacles: readonly Obstacle[];
}

export interface Comparison {
  terms: Terms;
  verdict: Verdict;
  /** The run as it would be recorded, had it been judged so and nothing else been asked of it. */
  record: RunRecord;
  /** The question is the one that the run itself was asked. */
  own: boolean;
  /** What is not judged, and why. */
  notes: readonly string[];
}

/**
 * The gate's verdict on samples that are there. Where the run was gated against the same thing, by the terms of the run,
 * so that it is the run's own verdict; else by those that its settings make of all slots that are there.
 *
 * @throws UsageError for a record that does not say how it is to be judged
 * @throws RangeError for samples that no run can have made
 */
export function compare(request: CompareRequest): Comparison {
  const { record, opponent, baseline } = request;
  const candidate = madeArm(record.samples, candidateOf(record).id, makingOf(record));
  const reference = referenceArm(opponent, baseline);
  const own = isOwn(request) ? ownQuestion(record) : null;
  const { terms, spent, notes, ...question } = own ?? derivedQuestion(request, candidate, reference);
  const obstacles = request.obstacles.length > 0 ? request.obstacles : question.obstacles;
  const verdict = verdictOn({ terms, spent, obstacles }, record, { candidate, reference });
  const answer = { verdict: wordsOf(verdict), gate: gateOf(terms, obstacles, verdict) };
  const cases = opponent.kind === 'baseline' ? asApproved(record, baseline) : record.cases;
  return {
    terms,
    verdict,
    record: { ...record, status: 'complete', checks: [], cases, ...answer },
    own: own !== null,
    notes,
  };
}

/** The cases beside what is approved of them now, which need not be what was approved when the run was made. */
function asApproved(record: RunRecord, baseline: Sides['baseline']): RunRecord['cases'] {
  return record.cases.map((each) => {
    const approved = baseline.cases.get(each.name);
    if (!approved) return each;
    const here = makingOf(record);
    const turns = approved.turns?.map(({ prompt }, index) => ({
      ...(each.baseline?.turns?.[index] ?? { picture: null, prompt }),
      scores: turnScores(approved, index, here),
    }));
    const told = { ...approvalOf(approved, here), ...(turns && { turns }) };
    return { ...each, baseline: { picture: null, ...each.baseline, ...told } };
  });
}

/** The gate's verdict on the samples of a record. */
export function verdictOn(
  { terms, spent, obstacles }: Omit<Question, 'notes'>,
  { samples }: RunRecord,
  { candidate, reference }: Record<'candidate' | 'reference', Arm>,
): Verdict {
  const infra = infraFailure(judged(samples));
  return gate({ ...inputOf(terms, candidate, reference, { infra, spent, obstacles: [] }), obstacles });
}

/** Whether the run was gated against this, as it still is. */
export function isOwn({ record, opponent, baseline, remeasured }: Omit<CompareRequest, 'obstacles'>): boolean {
  const reference = record.gate?.terms.reference;
  if (!reference || remeasured) return false;
  if (opponent.kind === 'baseline') return reference.kind === 'baseline' && isSameBaseline(record, baseline);
  const run = reference.kind === 'run' ? reference.run : record.id;
  return reference.kind !== 'baseline' && run === opponent.record.id && reference.variant === opponent.variant;
}

/** A case that was approved again is another case; of one that the run did not get to, the time alone tells. */
function isSameBaseline({ gate: own, cases, finishedAt }: RunRecord, baseline: Sides['baseline']): boolean {
  const names = own?.terms.cases.map(({ name }) => name) ?? [];
  return names.every((name) => {
    const now = baseline.cases.get(name);
    const then = cases.find((each) => each.name === name)?.baseline;
    if (!now) return false;
    return then ? now.run === then.run && now.approvedAt === then.approvedAt : now.approvedAt <= finishedAt;
  });
}

function ownQuestion({ gate: own }: RunRecord): Question | null {
  return own && { terms: own.terms, obstacles: own.obstacles, spent: own.numbers.spent, notes: [] };
}
