import type { Arm } from './gate/arm.js';
import type { Baseline } from './gate/baseline.js';
import { batchWarnings } from './gate/batch-arms.js';
import type { Obstacle } from './gate/input.js';
import { differences, type Terms } from './gate/terms.js';
import { UsageError } from './lib/errors.js';
import type { RunRecord } from './record.js';
import { type RecordedSettings, settingsOf } from './record-settings.js';
import { missingShards } from './record-shards.js';
import { measures, sameRequests } from './run-compare-cases.js';
import { type Against, makingOf, spentOn, variantInWords } from './run-gate.js';
import { termsOf, type TermsRequest } from './run-terms.js';
import { metrics } from './score/metrics/index.js';

/** What the candidate of a run that is over is compared with: approved samples, or those of a variant of some run. */
export type Opponent = Exclude<Against, { kind: 'variant' }>;

export interface Sides {
  record: RunRecord;
  opponent: Opponent;
  /** Of the record's suite. */
  baseline: Baseline;
}

/** What is asked about two arms that are there, and what keeps it from being answered. */
export interface Question {
  terms: Terms;
  obstacles: readonly Obstacle[];
  /** USD for the samples of the run that are judged; `null` when a price is not known. */
  spent: number | null;
  notes: readonly string[];
}

/** @throws UsageError for a record without one */
export function candidateOf({ id, variants }: RunRecord): RunRecord['variants'][number] {
  const candidate = variants.find((variant) => variant.candidate) ?? variants[0];
  if (!candidate) throw new UsageError(`the run ${id} has no variant to judge`);
  return candidate;
}

/** Whether both are records of one run: an id alone may be given on two machines in the same second. */
export function areOneRun(one: RunRecord, other: RunRecord): boolean {
  return one.id === other.id && one.startedAt === other.startedAt;
}

/** The cases that the run was to make for their own sake, those it did not get to included. */
export function askedCases(record: RunRecord): string[] {
  const { id } = candidateOf(record);
  return Object.entries(record.asked.cases).flatMap(([name, { requested }]) => (id in requested ? [name] : []));
}

/** What is asked of a run that was judged by something else, or not at all. */
export function derivedQuestion(sides: Sides, candidate: Arm, reference: Arm): Question {
  const { record, opponent, baseline } = sides;
  const settings = settingsOf(record);
  const { id, name, revision } = candidateOf(record);
  const asked = askedCases(record);
  const other = opponent.kind === 'run' ? opponent : null;
  const ofOne = other !== null && areOneRun(other.record, record);
  const unchanged = ofOne ? sameRequests(record, id, other.variant) : new Set<string>();
  const cases = asked
    .filter((each) => reference.has(each))
    .map((each) => ({ name: each, unchanged: unchanged.has(each) }));
  const unlike = new Set<string>();
  const { terms, obstacles } = termsOf({
    suite: { name: record.suite.name, metrics: knownMetrics(settings), samples: settings.suiteSamples },
    candidate: { id, name, revision },
    against: againstOf(sides),
    cases,
    samples: slotsThere(cases, candidate, settings),
    fixed: settings.fixed,
    baseline,
    making: makingOf(record),
    runs: [record.id, ...(other ? [other.record.id] : [])],
    reference,
    measures: (metric, each) => {
      const answer = measures(sides, metric, each);
      if (answer === 'unlike') unlike.add(`${metric} of ${each}`);
      return answer === 'yes';
    },
  });
  const variants = [id, ...(ofOne ? [other.variant] : [])];
  const missing = asked.filter((each) => !reference.has(each));
  const nothing = { problem: `no case of the run is in ${terms.against}`, fix: 'Approve a run, or name another one.' };
  const before =
    opponent.kind === 'run'
      ? usable(opponent.record.samples)
      : [...baseline.cases.values()].flatMap((each) => each.samples);
  return {
    terms,
    obstacles:
      cases.length === 0
        ? [nothing]
        : [
            ...obstacles,
            ...differences(terms, candidate, reference),
            ...(record.shards ? missingShards(record.shards) : []),
          ],
    spent: spentOn(record.samples, variants),
    notes: [
      ...batchWarnings(usable(record.samples), before, terms.against),
      ...(missing.length > 0 && cases.length > 0
        ? [`not in ${terms.against}, so not judged: ${missing.join(', ')}`]
        : []),
      ...(unlike.size > 0
        ? [`compared with another approved picture there, or with none here, so not judged: ${[...unlike].join(', ')}`]
        : []),
    ],
  };
}

const usable = (samples: RunRecord['samples']) => samples.filter(({ outcome }) => outcome !== 'skipped');

function againstOf({ record, opponent }: Sides): TermsRequest['against'] {
  const candidate = candidateOf(record);
  if (opponent.kind === 'baseline')
    return { words: 'the baseline', reference: { kind: 'baseline' }, model: candidate.model };
  const { id, variants } = opponent.record;
  const variant = variants.find((each) => each.id === opponent.variant) ?? candidate;
  return {
    words: id === record.id ? variantInWords(variant, candidate) : `run ${id}`,
    reference: { kind: 'run', run: id, variant: opponent.variant },
    model: variant.model,
  };
}

/** Every slot that stands in order without a gap; only whole rounds where they are looked at together. */
function slotsThere(
  cases: Terms['cases'],
  arm: Arm,
  { samples, fixed, inputs }: RecordedSettings,
): { min: number; max: number } {
  const made = cases
    .filter(({ unchanged }) => !unchanged)
    .map(({ name }) => new Set(arm.get(name)?.samples.map(({ round }) => round)));
  let whole = 0;
  while (made.length > 0 && made.every((rounds) => rounds.has(whole + 1))) whole += 1;
  const begun = !fixed && inputs === 'approved' && made[0]?.has(whole + 1) === true;
  const max = Math.max(1, begun ? whole + 1 : whole);
  return { min: Math.min(samples.min, max), max };
}

function knownMetrics({ metrics: written }: RecordedSettings): RecordedSettings['metrics'] {
  const unknown = Object.entries(written).find(([id, { gate }]) => gate && !Object.hasOwn(metrics, id));
  if (unknown === undefined) return written;
  throw new UsageError(`the run was judged by ${unknown[0]}, a metric that this version does not have`);
}
