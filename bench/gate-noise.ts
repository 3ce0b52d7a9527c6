import { join } from 'node:path';
import { loadBaseline } from '../src/gate/baseline.js';
import type { Random } from '../src/lib/random.js';
import { mean } from '../src/stats/summary.js';

/** Scatter of a sample about the mean of its case; the same in both arms, so that only a shift is a regression. */
export interface Noise {
  name: string;
  cases: number;
  draw(index: number, normal: () => number, random: Random): number;
}

export const SD = 0.03;
const CASES = 9;
const FLOP = { share: 0.04, depth: 0.25 };

const unequal = scaled([0.4, 0.5, 0.6, 0.8, 1, 1, 1.2, 1.5, 2]);
const oneNoisy = scaled([3, 1, 1, 1, 1, 1, 1, 1, 1]);

/** Shapes of standard deviation .03, pooled over the cases; flops come on top. */
export const shapes: Noise[] = [
  shape('Gaussian', (_, normal) => normal()),
  shape('heavy tails (t, 3 df)', (_, normal) => normal() / Math.hypot(normal(), normal(), normal())),
  shape('skewed down (exponential)', (_, __, random) => 1 + Math.log(1 - random())),
  shape('unequal variances (1 : 25)', (index, normal) => normal() * (unequal[index] ?? 1)),
  shape('one case 3 times as noisy', (index, normal) => normal() * (oneNoisy[index] ?? 1)),
  shape('4 % flops of .25', (_, normal, random) => normal() - flop(random)),
  shape('flops, unequal variances', (index, normal, random) => normal() * (unequal[index] ?? 1) - flop(random)),
];

function shape(name: string, draw: Noise['draw']): Noise {
  return { name, cases: CASES, draw: (...from) => SD * draw(...from) };
}

function flop(random: Random): number {
  return random() < FLOP.share ? FLOP.depth / SD : 0;
}

/** With a mean square of 1. */
function scaled(sds: readonly number[]): number[] {
  const size = rms(sds);
  return sds.map((sd) => sd / size);
}

/**
 * What `consistency` really does in the robot suite, and the margin that approval set there. From the approved samples'
 * distances to the mean of their case: each case has its own ones, or every case has the pooled deviation and the shape
 * of all distances together, each in units of its case's deviation.
 */
export function robotNoises(): (Noise & { margin: number })[] {
  const { cases, margins } = loadBaseline(join(import.meta.dirname, '../baselines/robot.emulated'));
  const residuals = [...cases.values()].flatMap(({ samples }) => {
    const values = samples.flatMap((sample) => sample.scores['consistency'] ?? []);
    if (values.length < 2) return [];
    const centre = mean(values);
    // As many as there are degrees of freedom, so that their scatter is not too small.
    const wider = Math.sqrt(values.length / (values.length - 1));
    return [values.map((value) => (value - centre) * wider)];
  });
  const margin = margins['consistency'];
  if (margin === undefined) throw new Error('the robot suite has no margin for consistency');
  const sd = rms(residuals.map(rms));
  const shape = residuals.flatMap((ofCase) => ofCase.map((value) => (value / rms(ofCase)) * sd));
  const noise = (name: string, of: (index: number) => readonly number[]) => ({
    name: `robot suite, ${name}, σ_w ${sd.toFixed(3)}`,
    cases: residuals.length,
    margin,
    draw: (index: number, _: () => number, random: Random) => of(index)[Math.floor(random() * of(index).length)] ?? 0,
  });
  return [noise('each case its own', (index) => residuals[index] ?? []), noise('its shape in all cases', () => shape)];
}

function rms(values: readonly number[]): number {
  return Math.sqrt(mean(values.map((value) => value ** 2)));
}
