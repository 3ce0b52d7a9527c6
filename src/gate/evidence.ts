import { pooledSpread } from '../stats/spread.js';
import { MOST_EXTRAS } from './guard.js';
import type { GatedMetric, GateInput, GateSample, Slot } from './input.js';
import { rates } from './rates.js';
import { type Design, type MetricDesign, type Observation, type Step, Trial } from './trial.js';

/** A slot that is final in every arm that the run samples. */
interface Pairing {
  candidate: Observation;
  /** `null` where the reference was there before the run. */
  reference: Observation | null;
}

/** What the samples of a gate say, in the order in which they count. The order in which they arrived plays no part. */
export class Evidence {
  /** Names of the cases that can differ; designs and observations hold indices into it. */
  readonly cases: readonly string[];
  readonly design: Design;
  /** Candidate samples that are no evidence, for their key or picture was there before. */
  repeated = 0;
  /** By case, its slots from the first on, as far as they are final without a gap. */
  private readonly timelines: readonly (readonly Pairing[])[];

  private readonly made: { candidate: ReadonlySet<string>; reference: ReadonlySet<string> };

  constructor(private readonly input: GateInput) {
    const slots = (samples: readonly GateSample[]) => new Set(samples.map((each) => `${each.round} ${each.case}`));
    this.made = { candidate: slots(input.candidate), reference: slots(input.reference.samples) };
    this.cases = input.cases.filter(({ unchanged }) => !unchanged).map(({ name }) => name);
    this.design = {
      cases: this.cases.length,
      metrics: input.metrics.map((metric) => metricDesign(metric, input, this.cases)),
      rates: rates.length,
      chains: input.inputs === 'generated',
      samples: input.samples,
      extras: mayBuyExtras(input) ? MOST_EXTRAS : 0,
    };
    this.timelines = this.cases.map((name) => this.timeline(name));
  }

  /** A trial that holds what the reference had before the run. */
  trial(): Trial {
    const trial = new Trial(this.design);
    const { reference } = this.input;
    if (reference.grows) return trial;
    const changed = reference.samples
      .filter(({ case: name }) => this.cases.includes(name))
      .sort((a, b) => a.round - b.round);
    const together = this.design.chains ? byRound(changed) : changed.map((sample) => [sample]);
    for (const samples of together) {
      trial.add(
        'reference',
        samples.map((sample) => this.observe(sample)),
      );
    }
    return trial;
  }

  /** Slots (round, then case) or whole chains, up to the cap or the first one that is not final. */
  *steps(): Generator<Step> {
    for (let round = 1; round <= this.design.samples.max; round += 1) {
      const chain: Pairing[] = [];
      for (const timeline of this.timelines) {
        const pairing = timeline[round - 1];
        if (!pairing) return;
        if (this.design.chains) chain.push(pairing);
        else yield step([pairing]);
      }
      if (this.design.chains) yield step(chain);
    }
  }

  /** The slots of one case after its first `taken` ones. */
  later(index: number, taken: number): readonly Pairing[] {
    return this.timelines[index]?.slice(taken) ?? [];
  }

  /** The slot has a sample of each arm that the run samples. */
  isFinal({ case: name, round }: Slot): boolean {
    const slot = `${round} ${name}`;
    return this.made.candidate.has(slot) && (!this.input.reference.grows || this.made.reference.has(slot));
  }

  /**
   * A candidate sample whose key or picture is in the reference, or came before in its case, is no evidence: its slot
   * is final and says nothing.
   */
  private timeline(name: string): Pairing[] {
    const { candidate, reference } = this.input;
    const candidates = new Map(samplesOf(candidate, name));
    const references = new Map(samplesOf(reference.samples, name));
    const seen = new Set(reference.grows ? [] : reference.samples.flatMap(({ ids }) => ids));
    const pairings: Pairing[] = [];
    for (let round = 1; ; round += 1) {
      const made = candidates.get(round);
      const beside = reference.grows ? references.get(round) : null;
      if (!made || beside === undefined) return pairings;
      beside?.ids.forEach((id) => seen.add(id));
      const repeated = made.ids.some((id) => seen.has(id));
      made.ids.forEach((id) => seen.add(id));
      if (repeated) this.repeated += 1;
      pairings.push({
        candidate: repeated ? this.silent(name) : this.observe(made),
        reference: beside && this.observe(beside),
      });
    }
  }

  private observe(sample: GateSample): Observation {
    return {
      case: this.cases.indexOf(sample.case),
      values: this.input.metrics.map((metric) => upward(metric, sample)),
      events: rates.map(({ event }) => event(sample)),
    };
  }

  private silent(name: string): Observation {
    return {
      case: this.cases.indexOf(name),
      values: this.input.metrics.map(() => null),
      events: rates.map(() => null),
    };
  }
}

/**
 * A number of samples that was fixed beforehand is not exceeded, and an extra picture at the end of a chain would cost the
 * whole chain.
 */
function mayBuyExtras({ rule, inputs, samples }: GateInput): boolean {
  return rule === 'sequential' && inputs === 'approved' && samples.min < samples.max;
}

/** Unchanged cases count in the mean, with a difference of 0, and lend the scatter of what was approved. */
function metricDesign(metric: GatedMetric, input: GateInput, changed: readonly string[]): MetricDesign {
  const unchanged = metric.cases.filter((name) => !changed.includes(name));
  const { sumOfSquares, df } = pooledSpread(
    unchanged.map((name) =>
      samplesOf(input.reference.samples, name).flatMap(([, sample]) => upward(metric, sample) ?? []),
    ),
  );
  return {
    margin: metric.margin,
    cases: changed.flatMap((name, index) => (metric.cases.includes(name) ? [index] : [])),
    total: metric.cases.length,
    lent: { sumOfSquares: sumOfSquares + metric.lent.sumOfSquares, df: df + metric.lent.df },
  };
}

/** Higher is better inside the gate. */
function upward({ id, better }: GatedMetric, { values }: GateSample): number | null {
  const value = values[id] ?? null;
  return value !== null && better === 'lower' ? -value : value;
}

function samplesOf(samples: readonly GateSample[], name: string): [number, GateSample][] {
  return samples.filter((sample) => sample.case === name).map((sample) => [sample.round, sample]);
}

function byRound(samples: readonly GateSample[]): GateSample[][] {
  const rounds = new Map<number, GateSample[]>();
  for (const sample of samples) rounds.set(sample.round, [...(rounds.get(sample.round) ?? []), sample]);
  return [...rounds.values()];
}

function step(pairings: readonly Pairing[]): Step {
  return {
    candidate: pairings.map(({ candidate }) => candidate),
    reference: pairings.flatMap(({ reference }) => reference ?? []),
  };
}
