import { interval, score } from '../../format.js';
import type { Spread } from '../../spread.js';

/** One x axis for every bar of a report, so that lengths and places compare. */
export interface Axis {
  low: number;
  high: number;
}

/** Numbers an SVG draws, in its own units: `WIDTH` across, 20 high. */
export interface IntervalBar {
  label: string;
  mean: number;
  from: number;
  to: number;
  dots: number[];
  approved: number | null;
}

export const WIDTH = 200;
const PAD = 6;

/** Tenths (or the like) that hold every value and interval. */
export function axisOf(spreads: readonly (Spread | null)[]): Axis {
  const ends = spreads.flatMap((each) => (each ? [...each.values, ...(each.interval ?? [])] : []));
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  if (!(high >= low)) return { low: 0, high: 1 };
  const step = 10 ** Math.ceil(Math.log10(Math.max(high - low, 1e-6)) - 1);
  const from = Math.floor(low / step) * step;
  const to = Math.ceil(high / step) * step;
  return to > from ? { low: from, high: to } : { low: from, high: from + step };
}

const place = (axis: Axis, value: number) =>
  Math.round((PAD + ((value - axis.low) / (axis.high - axis.low)) * (WIDTH - 2 * PAD)) * 10) / 10;

/** `approved`: the mean of the approved set, drawn as a dashed line. */
export function intervalBar(axis: Axis, metric: string, each: Spread, approved: number | null): IntervalBar {
  const [from, to] = each.interval ?? [each.mean, each.mean];
  const spoken = [
    `${metric}: mean ${score(each.mean)}`,
    each.interval ? `95 % interval ${interval(each.interval)}` : 'no interval from one sample',
    `n ${each.n}`,
    ...(approved === null ? [] : [`approved mean ${score(approved)}`]),
    `axis from ${score(axis.low)} to ${score(axis.high)}`,
  ];
  return {
    label: spoken.join(', '),
    mean: place(axis, each.mean),
    from: place(axis, from),
    to: place(axis, to),
    dots: each.values.map((value) => place(axis, value)),
    approved: approved === null ? null : Math.min(WIDTH - 1, Math.max(1, place(axis, approved))),
  };
}
