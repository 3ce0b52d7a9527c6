import { tInterval } from '../stats/interval.js';
import { mean, median } from '../stats/summary.js';
import { turned } from './findings.js';
import { line } from './format.js';
import type { History, PastCell, PastRun, PastVariant, Score } from './history.js';
import { changes, type Change } from './trend-changes.js';

/** How the scores of a suite went from run to run. */
export interface Trends {
  /** The candidate's model, which the curves follow, and its revision in this run. */
  model: string;
  /** What else was sampled, as it is drawn in every panel. */
  others: { label: string; sameModel: boolean }[];
  /** The mean of the suite's cases. */
  suite: Trend;
  /** Those that fell most first, and before them those that have no usable picture any more; unmeasured ones last. */
  cases: CaseTrend[];
  /** What changed before a run, in any case; a list for each run. */
  changes: Change[][];
  /** The cases that the suite's mean is of. */
  averaged: string[];
}

/** One panel. Every list has an entry for each run; `null` is a gap. */
export interface Trend {
  /** The candidate's model: its candidate or, where another model was, the same revision, else the first there is. */
  main: (Score | null)[];
  /** In the order of `Trends.others`. */
  others: (Score | null)[][];
  approved: (Score | null)[];
  changes: Change[][];
  /** This run's mean less the median of the earlier ones'. */
  moved: Moved | null;
}

export interface CaseTrend extends Trend {
  name: string;
  /** What the followed variant made of it, whatever it scored. */
  cells: (PastCell | null)[];
}

export interface Moved {
  by: number;
  /** Of the means of `runs` earlier runs. */
  median: number;
  runs: number;
}

export function trends({ metric, runs }: History): Trends {
  const candidate = runs.at(-1)?.variants.find((each) => each.candidate) ?? runs.at(-1)?.variants[0];
  const followed = runs.map((run) => candidate && followedIn(run, candidate));
  const others = otherVariants(runs, followed).map((key) =>
    runs.map((run) => run.variants.find((it) => keyOf(it) === key)),
  );
  const better = metric?.better ?? 'higher';
  const scored = (variants: readonly (PastVariant | undefined)[], score: (variant: PastVariant) => Score | null) =>
    runs.map((run, i) => {
      const variant = variants[i];
      return variant && run.incomparable === null ? score(variant) : null;
    });
  const trend = (score: (variant: PastVariant) => Score | null): Omit<Trend, 'approved' | 'changes'> => {
    const main = scored(followed, score);
    return { main, others: others.map((each) => scored(each, score)), moved: movedOf(main) };
  };
  const names = [...(runs.at(-1)?.baselines.keys() ?? [])];
  const cases = names.map((name): CaseTrend => ({
    name,
    ...trend((variant) => variant.cells.get(name)?.score ?? null),
    approved: runs.map((run) => (run.incomparable === null ? (run.baselines.get(name)?.score ?? null) : null)),
    changes: changes(runs, followed, [name]),
    cells: followed.map((variant) => variant?.cells.get(name) ?? null),
  }));
  const averaged = cases.filter(({ main }) => main.at(-1)).map(({ name }) => name);
  const suiteMean = (scores: (Score | null | undefined)[]) =>
    scores.length > 0 && scores.every((each) => each) ? meanOfCases(scores.filter((each) => each != null)) : null;
  const changed = changes(runs, followed, names);
  return {
    model: candidate?.name ?? '',
    others: others.flatMap((each) => {
      const variant = each.findLast((it) => it);
      return variant ? [{ label: labelOf(variant), sameModel: variant.name === candidate?.name }] : [];
    }),
    suite: {
      ...trend((variant) => suiteMean(averaged.map((name) => variant.cells.get(name)?.score))),
      approved: runs.map((run) =>
        run.incomparable === null ? suiteMean(averaged.map((name) => run.baselines.get(name)?.score)) : null,
      ),
      changes: changed,
    },
    cases: cases.sort((a, b) => rank(a, better) - rank(b, better)),
    changes: changed,
    averaged,
  };
}

/**
 * The mean of cases, each counting once, from the means of their samples. Its interval takes the scatter within cases
 * as one, since a case often has a sample or two: a t interval with the degrees of freedom of all cases together.
 */
export function meanOfCases(cases: readonly Score[]): Score {
  const df = cases.reduce((sum, { n }) => sum + n - 1, 0);
  const estimate = mean(cases.map((each) => each.mean));
  const n = cases.reduce((sum, each) => sum + each.n, 0);
  if (df === 0) return { n, mean: estimate, sd: null, interval: null };
  const sd = Math.sqrt(cases.reduce((sum, each) => sum + (each.n - 1) * (each.sd ?? 0) ** 2, 0) / df);
  const error = (sd * Math.sqrt(cases.reduce((sum, each) => sum + 1 / each.n, 0))) / cases.length;
  const { low, high } = tInterval(estimate, error, df);
  return { n, mean: estimate, sd, interval: [low, high] };
}

function followedIn({ variants }: PastRun, { name, revision }: PastVariant): PastVariant | undefined {
  const same = variants.filter((each) => each.name === name);
  return same.find((each) => each.candidate) ?? same.find((each) => each.revision === revision) ?? same[0];
}

/** Variants that were there beside the followed one, this run's first. */
function otherVariants(runs: readonly PastRun[], followed: readonly (PastVariant | undefined)[]): string[] {
  const keys = runs.map(({ variants }, i) => variants.filter((each) => each !== followed[i]).map(keyOf));
  return [...new Set(keys.reverse().flat())];
}

const keyOf = ({ name, revision }: PastVariant) => JSON.stringify([name, revision]);
const labelOf = ({ name, revision }: PastVariant) => line(`${name} · ${revision}`, 60);

function movedOf(main: readonly (Score | null)[]): Moved | null {
  const now = main.at(-1);
  const earlier = main.slice(0, -1).flatMap((each) => each?.mean ?? []);
  if (!now || earlier.length === 0) return null;
  const usual = median(earlier);
  return { by: now.mean - usual, median: usual, runs: earlier.length };
}

function rank({ main, cells, moved }: CaseTrend, better: 'higher' | 'lower'): number {
  if (isLost(cells.at(-1))) return -Number.MAX_VALUE;
  if (moved) return turned(better, moved.by);
  return main.at(-1) ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE;
}

/** Samples, and not one usable picture among them. */
export function isLost(cell: PastCell | null | undefined): boolean {
  return cell != null && cell.samples > 0 && cell.usable === 0;
}
