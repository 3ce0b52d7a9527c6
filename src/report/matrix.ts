import { wholeSum } from '../lib/whole-sum.js';
import { checkResults } from '../record-checks.js';
import type { RunRecord, SampleRecord } from '../record.js';
import { pictureLatencies } from '../record-latency.js';
import { outcomes } from '../record-sample.js';
import { wholeMean } from '../stats/summary.js';
import { quantile, spread, type Spread } from './spread.js';
import { savedFor, spentFor } from './spending.js';

export type Outcome = SampleRecord['outcome'];
export type Variant = RunRecord['variants'][number];
export type RecordedCase = RunRecord['cases'][number];

/** One case in one variant. */
export interface Cell {
  case: RecordedCase;
  variant: Variant;
  /** All of them, extras included, in the order of the record. */
  samples: SampleRecord[];
  /** How many samples of the statistics ended how; outcomes that did not happen are left out. */
  outcomes: { outcome: Outcome; n: number }[];
  /** metric -> what its samples say, extras left out; a metric without any value is `null`. */
  scores: Record<string, Spread | null>;
  /** USD spent and saved over all samples; `null` when a call had no known price. */
  cost: number | null;
  saved: number;
  /** ms, median over the calls that made a picture. */
  p50: number | null;
  checksFailed: number;
}

/** The record as its table: a row per case, a column per variant, the weakest row first. */
export interface Matrix {
  /** The metric that orders the rows and fills the cells; `null` when the run measured nothing. */
  metric: string | null;
  candidate: Variant | undefined;
  rows: { case: RecordedCase; cells: Cell[] }[];
}

export function matrix(record: RunRecord): Matrix {
  const metric = shownMetrics(record)[0] ?? Object.keys(record.metrics)[0] ?? null;
  const candidate = record.variants.find((variant) => variant.candidate) ?? record.variants[0];
  const samples = new Map<string, SampleRecord[]>();
  for (const sample of record.samples) {
    const key = keyOf(sample.case, sample.variant);
    samples.set(key, [...(samples.get(key) ?? []), sample]);
  }
  const rows = record.cases.map((recorded) => ({
    case: recorded,
    cells: record.variants.map((variant) =>
      cell(record, recorded, variant, samples.get(keyOf(recorded.name, variant.id)) ?? []),
    ),
  }));
  const badness = (row: Matrix['rows'][number]) =>
    rank(
      record,
      metric,
      row.cells.find((each) => each.variant === candidate),
    );
  return { metric, candidate, rows: rows.sort((a, b) => badness(a) - badness(b)) };
}

/**
 * What people look at first: consistency, what the suite gates by, quality. Those without a value in the run are left
 * out, so that a suite of edits does not lead with a figure that it does not have.
 */
export function shownMetrics(record: RunRecord): string[] {
  const set = record.settings['metrics'];
  const gating = typeof set === 'object' && set !== null ? Object.keys(set) : [];
  const there = [...new Set(['consistency', ...gating, 'quality'])].filter((id) => id in record.metrics);
  const measured = there.filter((id) => record.samples.some(({ scores }) => typeof scores[id]?.value === 'number'));
  return measured.length > 0 ? measured : there;
}

/** True when there are samples and not one usable picture among them. */
export function isLost(cell: Cell): boolean {
  return cell.samples.length > 0 && !cell.outcomes.some(({ outcome }) => outcome === 'ok');
}

export function variantLabel(variant: Variant): string {
  return `${variant.name} · ${variant.revision}`;
}

/** Weakest first: -1 worse, as the metric counts. A missing value is neither good nor bad and comes last. */
export function byScore(record: RunRecord, metric: string | null): (a: SampleRecord, b: SampleRecord) => number {
  const sign = metric !== null && record.metrics[metric]?.better === 'lower' ? -1 : 1;
  const key = (sample: SampleRecord) => {
    const value = metric === null ? null : (sample.scores[metric]?.value ?? null);
    return value === null ? Number.MAX_VALUE : value * sign;
  };
  return (a, b) => key(a) - key(b) || a.sample - b.sample || (a.turn ?? 0) - (b.turn ?? 0);
}

const keyOf = (name: string, variant: string) => JSON.stringify([name, variant]);

function cell(record: RunRecord, recorded: RecordedCase, variant: Variant, samples: SampleRecord[]): Cell {
  const counted = samples.filter((sample) => sample.extra === undefined);
  const costs = samples.map(spentFor);
  return {
    case: recorded,
    variant,
    samples,
    outcomes: outcomes
      .map((outcome) => ({ outcome, n: counted.filter((sample) => sample.outcome === outcome).length }))
      .filter(({ n }) => n > 0),
    scores: Object.fromEntries(
      Object.keys(record.metrics).map((metric) => [metric, spread(valuesOf(counted, metric))]),
    ),
    cost: wholeSum(costs),
    saved: samples.reduce((sum, sample) => sum + (savedFor(sample) ?? 0), 0),
    p50: quantile(samples.flatMap(pictureLatencies), 0.5),
    checksFailed: checkResults(record).failed.filter(
      (check) => check.case === recorded.name && check.variant === variant.id,
    ).length,
  };
}

/** One value a sample: the turns of a conversation count once, as their mean; one that broke off has none. */
export function valuesOf(
  samples: readonly { sample: number; scores: Readonly<Record<string, { value: number | null }>> }[],
  metric: string,
): number[] {
  const bySample = new Map<number, (number | null)[]>();
  for (const { sample, scores } of samples)
    bySample.set(sample, [...(bySample.get(sample) ?? []), scores[metric]?.value ?? null]);
  return [...bySample.values()].flatMap((turns) => wholeMean(turns) ?? []);
}

/** Cases without one usable picture first, then by mean, then those that nothing measures. */
function rank(record: RunRecord, metric: string | null, candidate: Cell | undefined): number {
  if (!candidate || metric === null) return Number.MAX_VALUE;
  if (isLost(candidate)) return -Number.MAX_VALUE;
  const mean = candidate.scores[metric]?.mean;
  if (mean === undefined) return Number.MAX_VALUE;
  return record.metrics[metric]?.better === 'lower' ? -mean : mean;
}
