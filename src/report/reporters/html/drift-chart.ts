import type { Drift, VariantDrift } from '../../drift/drift.js';
import { score } from '../../format.js';
import type { Spread } from '../../spread.js';
import type { Axis } from './chart.js';

/** What an SVG draws of one variant's chains, in its own units: `SIZE` of it, the plot inside `PLOT`. */
export interface DriftChart {
  across: { at: number; label: string }[];
  up: { at: number; label: string }[];
  /** Thin: one path a chain, broken where it has no value. */
  chains: { path: string; dots: Point[] }[];
  /** The interval of the mean; may leave the plot, which cuts it. */
  band: string;
  mean: { path: string; dots: Point[] };
  approved: { path: string; dots: Point[] };
}

export interface Point {
  x: number;
  y: number;
}

/** Both ends are multiples of the step. */
export interface DriftAxis extends Axis {
  step: number;
}

export const SIZE = { width: 360, height: 208 };
export const PLOT = { left: 36, right: 348, top: 8, bottom: 170 };
/** Hop labels that fit side by side, and steps of the axis that still leave the picture quiet. */
const LABELS = 12;
const STEPS = 6;
/** The axis spans this much at least: a larger scale would only make scatter look like drift. */
const LEAST = 0.2;
/** Room for what sums of shares such as 0.2 lose. */
const SLACK = 1e-9;

/** One axis for all variants of a drift, so that their curves compare: round ends that hold every chain. */
export function driftAxis({ hops, variants }: Drift): DriftAxis {
  const values = [
    ...variants.flatMap(({ chains }) => chains.flatMap((each) => each.values)),
    ...hops.map(({ approved }) => approved?.mean ?? null),
  ].filter((value) => value !== null);
  if (values.length === 0) return { low: 0, high: 1, step: 0.2 };
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const step = stepOf(Math.max(high - low, LEAST));
  const from = Math.floor(low / step + SLACK);
  const to = Math.max(Math.ceil(high / step - SLACK), from + Math.ceil(LEAST / step - SLACK));
  return { low: from * step, high: to * step, step };
}

export function driftChart({ hops }: Pick<Drift, 'hops'>, each: VariantDrift, axis: DriftAxis): DriftChart {
  const first = hops[0]?.hop ?? 0;
  const range = (hops.at(-1)?.hop ?? 0) - first;
  const x = (i: number) => {
    const share = range > 0 ? ((hops[i]?.hop ?? 0) - first) / range : 0.5;
    return round(PLOT.left + MARGIN + share * (PLOT.right - PLOT.left - 2 * MARGIN));
  };
  const y = (value: number) =>
    round(PLOT.bottom - ((value - axis.low) / (axis.high - axis.low)) * (PLOT.bottom - PLOT.top));
  const curve = (values: readonly (number | null)[]) => {
    const points = values.map((value, i) => (value === null ? null : { x: x(i), y: y(value) }));
    return { path: pathOf(points), dots: points.filter((point) => point !== null) };
  };
  const labelled = Math.ceil(hops.length / LABELS);
  return {
    across: hops.flatMap(({ hop }, i) => (i % labelled === 0 ? [{ at: x(i), label: String(hop) }] : [])),
    up: ticks(axis).map((value) => ({ at: y(value), label: score(value) })),
    chains: each.chains.map(({ values }) => curve(values)),
    band: bandOf(
      each.spreads.map((it, i) => isBanded(it) && { x: x(i), from: y(it.interval[0]), to: y(it.interval[1]) }),
    ),
    mean: curve(each.spreads.map((it) => it?.mean ?? null)),
    approved: curve(hops.map((hop) => hop.approved?.mean ?? null)),
  };
}

/** Room for the dots of the first and the last hop. */
const MARGIN = 10;
const round = (value: number) => Math.round(value * 10) / 10;

/** A line through neighbours; a gap breaks it. */
function pathOf(points: readonly (Point | null)[]): string {
  return points.flatMap((point, i) => (point ? [`${points[i - 1] ? 'L' : 'M'}${point.x} ${point.y}`] : [])).join('');
}

/** The interval from two chains is wider than anything worth seeing; the numbers have it. */
export function isBanded(each: Spread | null | undefined): each is Spread & { interval: [number, number] } {
  return each?.interval != null && each.n > 2;
}

type Bar = { x: number; from: number; to: number };

/** There along the upper ends and back along the lower ones, for each stretch of neighbours. */
function bandOf(bars: readonly (Bar | false)[]): string {
  const stretches: Bar[][] = [];
  bars.forEach((bar, i) => {
    if (!bar) return;
    if (bars[i - 1]) stretches.at(-1)?.push(bar);
    else stretches.push([bar]);
  });
  return stretches
    .map((stretch) => {
      // A lone bar has no width of its own.
      const [only] = stretch;
      const wide =
        stretch.length > 1 || !only
          ? stretch
          : [
              { ...only, x: only.x - 3 },
              { ...only, x: only.x + 3 },
            ];
      const corners = [
        ...wide.map(({ x, to }) => `${x} ${to}`),
        ...wide.toReversed().map(({ x, from }) => `${x} ${from}`),
      ];
      return `M${corners.join('L')}Z`;
    })
    .join('');
}

function ticks({ low, high, step }: DriftAxis): number[] {
  return Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step);
}

/** The smallest round step that crosses the range in `STEPS` at most. */
function stepOf(range: number): number {
  const least = range / STEPS;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5].map((each) => each * power).find((each) => each >= least * (1 - SLACK)) ?? 10 * power;
}
