import type { Spread } from '../../spread.js';
import type { Axis } from './chart.js';

/** What curves over runs or hops share: a round axis, lines and bands that break where there is no value. */

export interface Point {
  x: number;
  y: number;
}

/** Both ends are multiples of the step. */
export interface RoundAxis extends Axis {
  step: number;
}

/** Steps of the axis that still leave the picture quiet. */
const STEPS = 6;
/** The axis spans this much at least: a larger scale would only make scatter look like change. */
const LEAST = 0.2;
/** Room for what sums of shares such as 0.2 lose. */
const SLACK = 1e-9;

/** Round ends that hold every value; 0 to 1 without any. */
export function roundAxis(values: readonly number[]): RoundAxis {
  if (values.length === 0) return { low: 0, high: 1, step: 0.2 };
  const [low, high] = values.reduce(([a, b], value) => [Math.min(a, value), Math.max(b, value)], [Infinity, -Infinity]);
  const step = stepOf(Math.max(high - low, LEAST));
  const from = Math.floor(low / step + SLACK);
  const to = Math.max(Math.ceil(high / step - SLACK), from + Math.ceil(LEAST / step - SLACK));
  return { low: from * step, high: to * step, step };
}

export function ticks({ low, high, step }: RoundAxis): number[] {
  return Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step);
}

/** Drawings need no more than a tenth of a unit. */
export function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A line through neighbours; a gap breaks it. */
export function pathOf(points: readonly (Point | null)[]): string {
  return points.flatMap((point, i) => (point ? [`${points[i - 1] ? 'L' : 'M'}${point.x} ${point.y}`] : [])).join('');
}

/** The interval from two values is wider than anything worth seeing; the numbers have it. */
export function isBanded<Each extends Pick<Spread, 'n' | 'interval'>>(
  each: Each | null | undefined,
): each is Each & { interval: [number, number] } {
  return each?.interval != null && each.n > 2;
}

export type Bar = { x: number; from: number; to: number };

/** There along the upper ends and back along the lower ones, for each stretch of neighbours. */
export function bandOf(bars: readonly (Bar | false)[]): string {
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

/** The smallest round step that crosses the range in `STEPS` at most. */
function stepOf(range: number): number {
  const least = range / STEPS;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5].map((each) => each * power).find((each) => each >= least * (1 - SLACK)) ?? 10 * power;
}
