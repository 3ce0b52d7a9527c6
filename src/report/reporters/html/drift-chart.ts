import type { Drift, VariantDrift } from '../../drift/drift.js';
import { score } from '../../format.js';
import { bandOf, isBanded, pathOf, roundAxis, tenth, ticks, type Point, type RoundAxis } from './curve.js';

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

export const SIZE = { width: 360, height: 208 };
export const PLOT = { left: 36, right: 348, top: 8, bottom: 170 };
/** Hop labels that fit side by side. */
const LABELS = 12;

/** One axis for all variants of a drift, so that their curves compare: round ends that hold every chain. */
export function driftAxis({ hops, variants }: Drift): RoundAxis {
  const values = [
    ...variants.flatMap(({ chains }) => chains.flatMap((each) => each.values)),
    ...hops.map(({ approved }) => approved?.mean ?? null),
  ].filter((value) => value !== null);
  return roundAxis(values);
}

export function driftChart({ hops }: Pick<Drift, 'hops'>, each: VariantDrift, axis: RoundAxis): DriftChart {
  const first = hops[0]?.hop ?? 0;
  const range = (hops.at(-1)?.hop ?? 0) - first;
  const x = (i: number) => {
    const share = range > 0 ? ((hops[i]?.hop ?? 0) - first) / range : 0.5;
    return tenth(PLOT.left + MARGIN + share * (PLOT.right - PLOT.left - 2 * MARGIN));
  };
  const y = (value: number) =>
    tenth(PLOT.bottom - ((value - axis.low) / (axis.high - axis.low)) * (PLOT.bottom - PLOT.top));
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
