import { Moments } from '../stats/moments.js';
import { type CaseArms, pool, type Pool } from './estimate.js';
import type { RateCounts } from './rates.js';

/** What is judged, in numbers. Cases are those that can differ, by index; metrics and rates by index too. */
export interface Design {
  cases: number;
  metrics: readonly MetricDesign[];
  rates: number;
  /** The unit of the suite's mean is the chain (one sample of every case), not the sample. */
  chains: boolean;
  /** Looks begin after `min` rounds, the cap is `max` rounds. */
  samples: { min: number; max: number };
  /** Samples that a case may get beyond, for the guard. */
  extras: number;
}

export interface MetricDesign {
  /** δ, in score units. */
  margin: number;
  /** Those it is measured on. */
  cases: readonly number[];
  /** C: how many cases the mean is over, unchanged ones included. */
  total: number;
  /** Scatter inside cases known from elsewhere. */
  lent: Pool;
}

/** One sample in numbers. */
export interface Observation {
  case: number;
  /** By metric, higher is better; `null` unscored. */
  values: readonly (number | null)[];
  /** By rate; `null` when the sample says nothing about it. */
  events: readonly (boolean | null)[];
}

/** What becomes evidence together: the sample of a slot, or all samples of a chain; of both arms when both grow. */
export interface Step {
  candidate: readonly Observation[];
  reference: readonly Observation[];
}

/** What has been counted so far. */
export class Trial {
  /** By metric, the units of the suite's mean: its cases, or all chains as one. */
  readonly units: CaseArms[][];
  /** By metric and case; `undefined` where the metric is not measured on the case. */
  readonly arms: (CaseArms | null)[][];
  readonly rates: RateCounts[];
  /** By metric, the arms of the cases that it is measured on. */
  private readonly measured: CaseArms[][];

  constructor(readonly design: Design) {
    this.arms = design.metrics.map(({ cases }) =>
      Array.from({ length: design.cases }, (_, index) => (cases.includes(index) ? bothEmpty() : null)),
    );
    this.measured = this.arms.map((byCase) => byCase.filter((arms) => arms !== null));
    this.units = design.chains ? this.measured.map((arms) => (arms.length === 0 ? [] : [bothEmpty()])) : this.measured;
    this.rates = Array.from({ length: design.rates }, () => ({
      candidate: { events: 0, of: 0 },
      reference: { events: 0, of: 0 },
    }));
  }

  /** How many units the suite's mean is over. */
  total(metric: MetricDesign): number {
    return this.design.chains ? 1 : metric.total;
  }

  /** The scatter of units; that of whole chains is lent by nobody. */
  unitPool(metric: MetricDesign, index: number): Pool {
    return pool(this.units[index] ?? [], this.design.chains ? { sumOfSquares: 0, df: 0 } : metric.lent);
  }

  /** The scatter inside cases. */
  casePool(metric: MetricDesign, index: number): Pool {
    return pool(this.measured[index] ?? [], metric.lent);
  }

  /** What σ̂ can rest on at most: every slot up to the cap scored, in both arms when the reference grows. */
  dfAtCap(metric: MetricDesign, index: number, grows: boolean): number {
    const later = this.design.samples.max - 1;
    return (this.units[index] ?? []).reduce(
      (sum, { reference }) => sum + later + (grows ? later : Math.max(0, reference.n - 1)),
      this.design.chains ? 0 : metric.lent.df,
    );
  }

  addStep(step: Step): void {
    this.add('candidate', step.candidate);
    this.add('reference', step.reference);
  }

  /** Counts observations that belong together: one sample, or a chain. */
  add(arm: 'candidate' | 'reference', observations: readonly Observation[]): void {
    for (const each of observations) this.addToCase(arm, each);
    if (!this.design.chains) {
      for (const each of observations) this.count(arm, each.events);
      return;
    }
    this.count(arm, chainEvents(observations));
    this.design.metrics.forEach((metric, m) => {
      const value = chainValue(observations, metric, m);
      if (value !== null) this.units[m]?.[0]?.[arm].add(value);
    });
  }

  /** Counts a sample for its case alone: the guard's extras never move the suite's mean or its rates. */
  addToCase(arm: 'candidate' | 'reference', { case: index, values }: Observation): void {
    for (let m = 0; m < values.length; m += 1) {
      const value = values[m] ?? null;
      if (value !== null) this.arms[m]?.[index]?.[arm].add(value);
    }
  }

  private count(arm: 'candidate' | 'reference', events: readonly (boolean | null)[]): void {
    for (let r = 0; r < events.length; r += 1) {
      const tally = this.rates[r]?.[arm];
      const event = events[r] ?? null;
      if (!tally || event === null) continue;
      tally.of += 1;
      if (event) tally.events += 1;
    }
  }
}

/** The chain's sum over the metric's cases divided by C, or `null` unless all are scored: hops differ in their means. */
function chainValue(observations: readonly Observation[], metric: MetricDesign, m: number): number | null {
  let sum = 0;
  for (const index of metric.cases) {
    const value = observations.find((each) => each.case === index)?.values[m] ?? null;
    if (value === null) return null;
    sum += value;
  }
  return sum / metric.total;
}

/** It happened in a chain when it happened anywhere in it: samples of a chain are not independent trials. */
function chainEvents(observations: readonly Observation[]): (boolean | null)[] {
  return (observations[0]?.events ?? []).map((_, r) => {
    const seen = observations.map((each) => each.events[r] ?? null).filter((event) => event !== null);
    return seen.length === 0 ? null : seen.some(Boolean);
  });
}

function bothEmpty(): CaseArms {
  return { candidate: new Moments(), reference: new Moments() };
}
