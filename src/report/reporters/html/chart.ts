import { interval, score } from '../../format.js';
import type { Spread } from '../../spread.js';

/** One x axis for every bar of a report, so that lengths and places compare. */
export interface Axis {
  low: number;
  high: number;
}

/** Numbers an SVG draws, in its own units: `WIDTH` across, 20 high. */
export interface IntervalBar {
  /** A sentence that says the same; `null` where one stands beside the bar. */
  label: string | null;
  mean: number;
  from: number;
  to: number;
  /** A path with a dot for each value. */
  dots: string;
  approved: number | null;
  /** An arrow where the interval goes on beyond the axis. */
  beyond: string[];
}

export const WIDTH = 200;
const PAD = 6;

/** Round ends that hold every value. Intervals may leave it: from two samples they are wider than anything worth seeing. */
export function axisOf(spreads: readonly (Spread | null)[]): Axis {
  const values = spreads.flatMap((each) => each?.values ?? []);
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (!(high >= low)) return { low: 0, high: 1 };
  const step = 10 ** Math.ceil(Math.log10(Math.max(high - low, 0.5)) - 1);
  const from = Math.floor(low / step) * step;
  const to = Math.ceil(high / step) * step;
  return to > from ? { low: from, high: to } : { low: from, high: from + step };
}

const place = (axis: Axis, value: number) => {
  const share = Math.min(1, Math.max(0, (value - axis.low) / (axis.high - axis.low)));
  return Math.round(PAD + share * (WIDTH - 2 * PAD));
};

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
    dots: each.values.map((value) => `M${place(axis, value)} 10h0`).join(''),
    approved: approved === null ? null : place(axis, approved),
    beyond: [...(from < axis.low ? ['M6 6 0 10 6 14Z'] : []), ...(to > axis.high ? ['M194 6 200 10 194 14Z'] : [])],
  };
}
