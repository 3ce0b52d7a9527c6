import { type ApprovedCases, meanChange, outdatedInputs } from '../gate/approve-changes.js';
import { type ApprovedCase, representativeOf } from '../gate/baseline.js';
import type { StoredMargin } from '../gate/lock.js';
import type { RunRecord } from '../record.js';
import { count, line } from '../report/format.js';
import type { Choice } from './approving-choice.js';

/** What approving does to the baseline. */
export interface Change {
  record: RunRecord;
  choices: readonly Choice[];
  before: ApprovedCases;
  after: ApprovedCases;
}

/** Cases of which nothing is approved. */
export interface Others {
  rejected: readonly string[];
  obsolete: readonly string[];
  removed: readonly string[];
}

export interface MarginChange {
  before: Readonly<Record<string, StoredMargin>>;
  after: Readonly<Record<string, StoredMargin>>;
  /** Metric -> why it has no margin. */
  without: Readonly<Record<string, string>>;
}

/** A line a case, then what it entails; ends with a line feed. */
export function changesText(change: Change, { rejected, obsolete, removed }: Others, margins: MarginChange): string {
  const { choices, before, after } = change;
  const untouched = [...before.keys()].filter(
    (name) => !choices.some((choice) => choice.case === name) && ![...rejected, ...obsolete].includes(name),
  );
  const left = obsolete.filter((name) => !removed.includes(name));
  return [
    ...choices.flatMap(({ case: name }) => caseLine(before.get(name), after.get(name))),
    ...about(rejected, 'rejected, left as it was'),
    ...about(untouched, 'left as it was'),
    ...about(removed, 'no longer in the suite, removed'),
    ...about(left, 'no longer in the suite; --prune removes it'),
    ...marginLines(margins),
  ]
    .map((text) => `${line(text)}\n`)
    .join('');
}

function about(names: readonly string[], what: string): string[] {
  return names.length > 0 ? [`${names.join(', ')}: ${what}`] : [];
}

function caseLine(before: ApprovedCase | undefined, after: ApprovedCase | undefined): string[] {
  if (!after) return [];
  const from = before ? `${before.model}@${before.revision} -> ` : 'new, ';
  const outcomes = Object.entries(after.outcomes).map(([outcome, n]) => `${n} ${outcome}`);
  const samples = `${before ? `${before.samples.length} -> ` : ''}${count(after.samples.length, 'sample')}`;
  return [
    [
      `${after.case}: ${from}${after.model}@${after.revision}`,
      `${samples} (${outcomes.join(', ')})`,
      ...consistency(before, after),
      `representative ${representative(before, after)}`,
    ].join('; '),
  ];
}

function consistency(before: ApprovedCase | undefined, after: ApprovedCase): string[] {
  const means = meanChange('consistency', before, after);
  if (means.after === null) return [];
  return [`consistency ${means.before === null ? '' : `${means.before.toFixed(3)} -> `}${means.after.toFixed(3)}`];
}

function representative(before: ApprovedCase | undefined, after: ApprovedCase): string {
  const [was, is] = [representativeOf(before), representativeOf(after)];
  if (!is) return 'none, for no sample has a picture';
  const which = `${is.sample}${after.kept ? ` of ${after.kept.run}` : ''}`;
  if (was === null) return which;
  return was.image.sha256 === is.image.sha256 ? `kept (${which})` : `changed (${was.sample} -> ${which})`;
}

function marginLines({ before, after, without }: MarginChange): string[] {
  return [
    ...Object.entries(after).map(([id, { margin, cap, sd, cases }]) => {
      const old = before[id]?.margin;
      const was = old === undefined || old === margin ? '' : `${old} -> `;
      const noise = `for at most ${count(cap, 'sample')} a case; they scatter by ${sd.toFixed(3)} in ${count(cases, 'case')}`;
      return `margin of ${id}: ${was}${margin}, ${noise}`;
    }),
    ...Object.entries(without).map(([id, reason]) => `margin of ${id}: none is stored; ${reason}`),
  ];
}

/** No look at the scores is taken before 18 degrees of freedom: three samples each of nine cases. */
const FEW = 3;

/** What the approved samples cannot serve for. */
export function warningsOf({ record, choices, before, after }: Change): string[] {
  const approved = choices.flatMap(({ case: name }) => after.get(name) ?? []);
  const few = approved.filter(({ samples }) => samples.length < FEW).map((each) => each.case);
  const builtOn = record.cases.filter(({ level }) => level > 0).map(({ name }) => name);
  const generated = approved.filter((each) => each.inputsMode === 'generated' && builtOn.includes(each.case));
  return [
    ...outdatedWarnings(outdatedInputs(after, makersOf(record, [before, after]))),
    ...(generated.length > 0
      ? [
          `made with generated inputs: ${generated.map((each) => each.case).join(', ')}. A gate with approved inputs is not gateable against them (inputs differ); approve a run with --inputs approved for that`,
        ]
      : []),
    ...(few.length > 0
      ? [
          `fewer than ${FEW} samples: ${few.join(', ')}. A gate may not be able to judge by so few; approve 8 or more a case`,
        ]
      : []),
  ].map((text) => line(text));
}

function outdatedWarnings(outdated: ReadonlyMap<string, string[]>): string[] {
  if (outdated.size === 0) return [];
  const parents = [...new Set([...outdated.values()].flat())];
  return [
    `inputs differ: ${[...outdated.keys()].join(', ')} must be run and approved again, for they were made from another picture than the approved one of ${parents.join(', ')}`,
  ];
}

/** Picture -> the case it is of. */
function makersOf(record: RunRecord, baselines: readonly ApprovedCases[]): Map<string, string> {
  const makers = new Map<string, string>();
  for (const { case: name, image } of record.samples) if (image) makers.set(image.sha256, name);
  for (const cases of baselines)
    for (const { case: name, samples, kept } of cases.values())
      for (const { image } of [...samples, ...(kept ? [kept] : [])]) if (image) makers.set(image.sha256, name);
  return makers;
}
