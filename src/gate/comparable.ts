import { isDeepStrictEqual } from 'node:util';
import type { Metric } from '../score/metric.js';
import { metrics } from '../score/metrics/index.js';

/** Who answered the checklist of a case, and what it asked. */
export interface JudgedBy {
  model: string;
  /** Version of the words it was asked in. */
  prompt: string;
  /** Votes a picture. */
  votes: number;
  statements: readonly { says: string; under: number | null }[];
}

/** With what the scores of a case were measured. */
export interface Measured {
  encoder: { id: string; sha256: string } | null;
  /** metric -> version */
  metrics: Readonly<Record<string, string>>;
  /** Left out where nobody was asked. */
  judged?: JudgedBy | undefined;
  /** What holds for a whole run says nothing of a case before `measuredIn`. */
  checklists?: never;
}

/** With what those of a whole run were. */
export interface Measuring {
  encoder: Measured['encoder'];
  metrics: Measured['metrics'];
  /** By case. */
  checklists?: Readonly<Record<string, JudgedBy>> | undefined;
}

export function measuredIn({ encoder, metrics, checklists }: Measuring, name: string): Measured {
  return { encoder, metrics, judged: checklists?.[name] };
}

/** Why values must not be compared, and how new ones are made that may be. */
export interface Difference {
  reason: string;
  fix: string;
}

/**
 * The metrics of `approved` whose values say nothing beside those of `now`: another version of the metric, or, where
 * the metric looks through the encoder, another encoder file.
 */
export function incomparable(approved: Measured, now: Measured): Record<string, Difference> {
  return Object.fromEntries(
    Object.keys(approved.metrics).flatMap((id) => {
      const difference = differenceOf(id, approved, now);
      return difference ? [[id, difference]] : [];
    }),
  );
}

const RESCORE = 'Score the stored pictures again: evaluate compare --rescore';

function differenceOf(id: string, approved: Measured, now: Measured): Difference | null {
  const [before, here] = [approved.metrics[id], now.metrics[id]];
  if (before !== here) {
    return {
      reason: `approved with version ${before ?? '?'} of the metric, measured here with ${here === undefined ? 'none' : `version ${here}`}`,
      fix: `${RESCORE}, or approve a run of this version: evaluate approve.`,
    };
  }
  const metric = Object.values<Metric>(metrics).find((each) => each.id === id);
  if (metric?.judges) return judgeDifference(approved.judged, now.judged);
  if (!metric?.encodes || approved.encoder?.sha256 === now.encoder?.sha256) return null;
  return {
    reason: `approved with encoder ${named(approved.encoder)}, measured here with ${named(now.encoder)}`,
    fix: `${RESCORE}, ${sameAs(approved.encoder)}or approve a run that was measured with ${now.encoder?.id ?? 'this one'}: evaluate approve.`,
  };
}

/** Another judge, another question, another number of votes: each moves the answers, and none can be given again. */
function judgeDifference(before: JudgedBy | undefined, here: JudgedBy | undefined): Difference | null {
  const words = (by: JudgedBy | undefined) =>
    by ? `by ${by.model} (prompt ${by.prompt}, ${by.votes} ${by.votes === 1 ? 'vote' : 'votes'})` : 'by nobody';
  const fix = 'Write `judge` and the checklist as they were, or approve a run with these: evaluate approve.';
  if (words(before) !== words(here))
    return { reason: `approved as judged ${words(before)}, judged here ${words(here)}`, fix };
  if (isDeepStrictEqual(before?.statements, here?.statements)) return null;
  return { reason: 'approved with another checklist', fix };
}

function named(encoder: Measured['encoder']): string {
  return encoder ? `${encoder.id} (${encoder.sha256.slice(0, 12)})` : 'none';
}

function sameAs(encoder: Measured['encoder']): string {
  if (!encoder) return '';
  // A folder's encoder is known by the folder's name alone.
  const isFolder = !/^pocket(:|$)|\//.test(encoder.id);
  return `run again with --encoder ${isFolder ? `and the folder ${encoder.id}` : encoder.id} (the pictures come from the cache, nothing is paid), `;
}

/** What to tell of a whole run: each difference once, with the metrics and the number of cases that it concerns. */
export function incomparableWarnings(approved: readonly (Measured & { case: string })[], now: Measuring): string[] {
  const told = new Map<string, { ids: Set<string>; cases: Set<Measured>; fix: string }>();
  for (const each of approved) {
    for (const [id, { reason, fix }] of Object.entries(incomparable(each, measuredIn(now, each.case)))) {
      const { ids, cases } = told.get(reason) ?? { ids: new Set(), cases: new Set() };
      told.set(reason, { ids: ids.add(id), cases: cases.add(each), fix });
    }
  }
  return [...told].map(([reason, { ids, cases, fix }]) => {
    const where = cases.size === 1 ? '1 case' : `${cases.size} cases`;
    return `not comparable with the baseline: ${[...ids].join(', ')} of ${where}, ${reason}. ${fix}`;
  });
}
