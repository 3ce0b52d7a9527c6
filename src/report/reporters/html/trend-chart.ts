import { score } from '../../format.js';
import type { Score } from '../../history.js';
import type { Change } from '../../trend-changes.js';
import type { Trend } from '../../trends.js';
import { bandOf, isBanded, pathOf, tenth, ticks, type Point, type RoundAxis } from './curve.js';

/** What an SVG draws of one trend, in its own units: `SIZE` of it, the plot inside `PLOT`. Runs stand at equal distances. */
export interface TrendChart {
  up: { at: number; label: string }[];
  /** Of the mean; may leave the plot, which cuts it. */
  band: string;
  main: Line;
  others: Line[];
  /** Level from run to run, with a step where the approved set changed. */
  approved: string;
  /** Runs that cannot be compared. */
  gaps: Stripe[];
  /** What changed before a run: a line down the plot and the letters of the kinds. */
  changes: { at: number; letters: string }[];
  verdicts: { at: number; mark: string }[];
  /** Under neighbours with the same verdict, where there is room. */
  words: { at: number; word: string }[];
  dates: { first: string; last: string | null };
  /** One for each run, over the height of the plot. */
  columns: Stripe[];
}

/** `marks`: one path with a shape at every point. */
export interface Line {
  path: string;
  marks: string;
}

export interface Stripe {
  x: number;
  width: number;
}

export interface ChartRun {
  mark: string;
  word: string;
  /** Short enough for half the width. */
  date: string;
  incomparable: boolean;
}

export const SIZE = { width: 360, height: 222 };
export const PLOT = { left: 36, right: 352, top: 22, bottom: 164 };
export const letters: Record<Change['kind'], string> = { prompt: 'P', model: 'M', baseline: 'B' };

/** Room for the marks of the first and the last run. */
const MARGIN = 9;
/** Width of a letter of a verdict's word, at the size it is drawn in. */
const LETTER = 6.3;
const GAP = 4;

export function trendChart(each: Trend, runs: readonly ChartRun[], axis: RoundAxis): TrendChart {
  const room = PLOT.right - PLOT.left - 2 * MARGIN;
  const step = runs.length > 1 ? room / (runs.length - 1) : room;
  const x = (i: number) => tenth(PLOT.left + MARGIN + (runs.length > 1 ? i * step : room / 2));
  const y = (value: number) =>
    tenth(PLOT.bottom - ((value - axis.low) / (axis.high - axis.low)) * (PLOT.bottom - PLOT.top));
  const points = (scores: readonly (Score | null)[]) =>
    scores.map((it, i): Point | null => (it ? { x: x(i), y: y(it.mean) } : null));
  const line = (scores: readonly (Score | null)[], shape: Shape) => ({
    path: pathOf(points(scores)),
    marks: points(scores)
      .flatMap((point) => (point ? [shape(point)] : []))
      .join(''),
  });
  const stripe = (i: number) => {
    const [from, to] = [Math.max(PLOT.left, x(i) - step / 2), Math.min(PLOT.right, x(i) + step / 2)];
    return { x: tenth(from), width: tenth(to - from) };
  };
  return {
    up: ticks(axis).map((value) => ({ at: y(value), label: score(value) })),
    band: bandOf(each.main.map((it, i) => isBanded(it) && { x: x(i), from: y(it.interval[0]), to: y(it.interval[1]) })),
    main: line(each.main, disc),
    others: each.others.map((scores, i) => line(scores, shapeOf(i))),
    approved: steps(points(each.approved), stripe),
    gaps: runs.flatMap(({ incomparable }, i) => (incomparable ? [stripe(i)] : [])),
    changes: each.changes.flatMap((found, i) =>
      found.length > 0 ? [{ at: x(i), letters: found.map(({ kind }) => letters[kind]).join('') }] : [],
    ),
    verdicts: runs.map(({ mark }, i) => ({ at: x(i), mark })),
    words: words(runs, x, step),
    dates: { first: runs[0]?.date ?? '', last: runs.length > 1 ? (runs.at(-1)?.date ?? null) : null },
    columns: runs.map((_, i) => stripe(i)),
  };
}

function steps(points: readonly (Point | null)[], stripe: (i: number) => Stripe): string {
  return points
    .flatMap((point, i) => {
      if (!point) return [];
      const { x, width } = stripe(i);
      return [`${points[i - 1] ? 'L' : 'M'}${x} ${point.y}H${tenth(x + width)}`];
    })
    .join('');
}

/** The last verdict always has its word; others where they have room under their own runs. */
function words(runs: readonly ChartRun[], x: (i: number) => number, step: number): TrendChart['words'] {
  const stretches: { word: string; from: number; to: number }[] = [];
  runs.forEach(({ word }, i) => {
    const open = stretches.at(-1);
    if (open?.word === word) open.to = i;
    else stretches.push({ word, from: i, to: i });
  });
  const placed: TrendChart['words'] = [];
  let limit = PLOT.right;
  for (const { word, from, to } of stretches.reverse()) {
    const half = (word.length * LETTER) / 2;
    const at = Math.min((x(from) + x(to)) / 2, limit - half);
    if (at - half < x(from) - step / 2 && to < runs.length - 1) continue;
    placed.push({ at: tenth(at), word });
    limit = at - half - GAP;
  }
  return placed.reverse();
}

type Shape = (at: Point) => string;

const disc: Shape = ({ x, y }) => `M${tenth(x - 3.5)} ${y}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0Z`;

/** By turns; from the fourth on they come again, and the numbers below tell them apart. */
const shapes: { name: string; of: Shape }[] = [
  { name: 'squares', of: ({ x, y }) => `M${tenth(x - 2.5)} ${tenth(y - 2.5)}h5v5h-5Z` },
  { name: 'triangles', of: ({ x, y }) => `M${x} ${tenth(y - 3.2)}l3 5.4h-6Z` },
  { name: 'diamonds', of: ({ x, y }) => `M${x} ${tenth(y - 3.6)}l3.2 3.6l-3.2 3.6l-3.2 -3.6Z` },
  { name: 'crosses', of: ({ x, y }) => `M${tenth(x - 2.6)} ${tenth(y - 2.6)}l5.2 5.2m0 -5.2l-5.2 5.2` },
];

function shapeOf(i: number): Shape {
  return shapes[i % shapes.length]?.of ?? disc;
}

/** How the i-th other variant is drawn, for the legend: its shape by name, and as it looks. */
export function legendKey(i: number): { shape: string; marks: string } {
  return { shape: shapes[i % shapes.length]?.name ?? '', marks: shapeOf(i)({ x: 12, y: 5 }) };
}
