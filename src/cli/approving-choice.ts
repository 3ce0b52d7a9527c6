import picomatch from 'picomatch';
import { type Approvals, byCase } from '../gate/approvals.js';
import { bySample } from '../gate/conversation.js';
import { UsageError } from '../lib/errors.js';
import { suggestion } from '../lib/nearest.js';
import type { RunRecord, SampleRecord } from '../record.js';
import type { ApproveFlags } from './commands/approve.js';

/** A case to be approved: every sample that a variant has of it, turn by turn, and those that somebody liked. */
export interface Choice {
  case: string;
  samples: SampleRecord[];
  liked: number[];
}

/** What the flags choose; `--samples` picks pictures to show the case by, never what enters the statistics. */
export function chosenByFlags(record: RunRecord, flags: ApproveFlags): Choice[] {
  const { id } = variantOf(record, flags);
  const liked = flags.samples ?? [];
  const choices = casesOf(record, flags).map((name) => ({ case: name, samples: samplesOf(record, name, id), liked }));
  // A case with none was made for its picture only.
  const made = choices.filter(({ samples }) => samples.length > 0);
  if (made.length === 0) throw new UsageError(`the run has no sample of these cases on ${id}`);
  for (const { case: name, samples } of made) refuseUnpictured(name, samples, liked);
  return made;
}

/** @throws UsageError unless every mark is on a picture of this very run */
export function chosenByMarks(
  record: RunRecord,
  { suite, run, marks }: Approvals,
  file: string,
): { choices: Choice[]; rejected: string[] } {
  const wrong = (problem: string, fix = 'Export the marks from the report of this run.') =>
    new UsageError(problem, { place: { file }, fix });
  if (suite !== record.suite.name || run !== record.id)
    throw wrong(`these marks are of the run ${run} of ${suite}, not of ${record.id} of ${record.suite.name}`);
  for (const { case: name, variant, sample, sha256 } of marks) {
    const marked = samplesOf(record, name, variant).filter((each) => each.sample === sample);
    const what = `sample ${sample} of ${name} on ${variant}`;
    if (marked.length === 0) throw wrong(`the run has no ${what}`);
    if (!marked.some(({ image }) => image?.sha256 === sha256))
      throw wrong(`the picture of ${what} is not the one that was marked`);
  }
  const { approved, rejected } = byCase(marks);
  const choices = [...approved].map(([name, { variant, liked }]) => ({
    case: name,
    samples: samplesOf(record, name, variant),
    liked,
  }));
  return { choices, rejected };
}

/** Also those that nobody liked, that failed, or that came after the verdict: a choice among them would be biased. */
function samplesOf(record: RunRecord, name: string, variant: string): SampleRecord[] {
  return record.samples.filter(
    (sample) => sample.case === name && sample.variant === variant && sample.extra !== 'ancestor' && !sample.pending,
  );
}

function refuseUnpictured(name: string, samples: readonly SampleRecord[], liked: readonly number[]): void {
  const whole = bySample(samples);
  const numbers = whole.map(([{ sample }]) => sample);
  const unknown = liked.filter((sample) => !numbers.includes(sample));
  if (unknown.length > 0)
    throw new UsageError(`--samples: ${name} has no sample ${unknown.join(', ')}; it has ${numbers.join(', ')}`);
  const pictured = whole.filter((turns) => turns.every(({ image }) => image) && liked.includes(turns[0].sample));
  if (liked.length > 0 && pictured.length === 0)
    throw new UsageError(`--samples: no sample of ${name} among ${liked.join(', ')} has a picture`, {
      fix: 'Name one that has, or choose other cases with --case.',
    });
}

function variantOf(record: RunRecord, flags: ApproveFlags): RunRecord['variants'][number] {
  const fits = record.variants.filter(
    (variant) =>
      [undefined, variant.model, variant.name].includes(flags.model) &&
      [undefined, variant.revision].includes(flags.revision),
  );
  const chosen =
    flags.model === undefined && flags.revision === undefined ? fits.find((variant) => variant.candidate) : fits[0];
  if (chosen) return chosen;
  const known = record.variants.map((variant) => variant.id);
  throw new UsageError(
    `the run has no variant ${flags.model ?? ''}@${flags.revision ?? ''}. It has: ${known.join(', ')}`,
  );
}

function casesOf(record: RunRecord, flags: ApproveFlags): string[] {
  const names = record.cases.map((each) => each.name);
  for (const glob of flags.case) {
    if (!names.some((name) => picomatch(glob)(name)))
      throw new UsageError(`--case ${glob} fits no case of the run.${suggestion(glob, names)}`);
  }
  return names.filter((name) => flags.case.length === 0 || flags.case.some((glob) => picomatch(glob)(name)));
}
