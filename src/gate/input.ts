import type { Pool } from './estimate.js';

/** One sample of one arm, with a final outcome. Multi-turn samples come once, with the means over their turns. */
export interface GateSample {
  case: string;
  /** 1, 2, ...: its place among the samples of its case and arm. In generated-inputs runs, the number of its chain. */
  round: number;
  outcome: string;
  /** Its key and the hashes of its pictures: what makes it new evidence. */
  ids: readonly string[];
  /** Metric -> value as computed, never clipped; `null` or absent where there is none. */
  values: Readonly<Record<string, number | null>>;
  /** `null` where there is no character to look for, or no picture to look at. */
  characterFound: boolean | null;
}

export interface GatedMetric {
  id: string;
  better: 'higher' | 'lower';
  /** δ: the drop of the suite's mean that must not go unseen, in the metric's units. */
  margin: number;
  /** The cases it is measured on; the others are only judged by their outcomes. */
  cases: readonly string[];
  /** Scatter inside the cases of another baseline of the same model, metric and encoder. */
  lent: Pool;
}

/** Why the two arms cannot be compared, and what to do about it. */
export interface Obstacle {
  problem: string;
  fix: string;
}

/** All that the verdict depends on. */
export interface GateInput {
  /** What is judged and against what, in words: `robot on gemini-3-pro-image`, `the baseline`. */
  subject: string;
  against: string;
  /** The one-sided e-process, looked at after every slot; or a t interval, looked at once. */
  rule: 'sequential' | 'fixed';
  /** `generated`: samples of one round share ancestors, so the unit is the chain. */
  inputs: 'approved' | 'generated';
  /** Slots a case: looks begin after `min`, the cap is `max`. */
  samples: { min: number; max: number };
  metrics: readonly GatedMetric[];
  /** In the suite's order. `unchanged`: both arms ask for the very same, so the difference is 0 by definition. */
  cases: readonly { name: string; unchanged: boolean }[];
  candidate: readonly GateSample[];
  /** `grows`: sampled in this run too, slot by slot with the candidate; else approved before, every sample of it. */
  reference: { samples: readonly GateSample[]; grows: boolean };
  /** Anything here, and the verdict is "not gateable". */
  obstacles: readonly Obstacle[];
  /** Why the infrastructure failed the run, or `null`. */
  infra: string | null;
  /** USD, or `null` when not known. */
  spent: number | null;
}

/** The n-th sample of a case: the unit of planning, order and pairing. */
export interface Slot {
  case: string;
  round: number;
}

/** @throws RangeError for what no run can have made: a slot filled twice, an unknown case, a value that is no number */
export function refuseImpossible(input: GateInput): void {
  const { min, max } = input.samples;
  if (!(Number.isInteger(min) && Number.isInteger(max) && min >= 1 && max >= min))
    throw new RangeError(`samples must be whole numbers, 1 ≤ min ≤ max, got ${min}..${max}`);
  for (const { id, margin } of input.metrics)
    if (!(margin > 0 && margin < Infinity)) throw new RangeError(`the margin of ${id} must be positive, got ${margin}`);
  const names = new Set(input.cases.map(({ name }) => name));
  refuseSamples('candidate', input.candidate, names);
  refuseSamples('reference', input.reference.samples, names);
}

function refuseSamples(arm: string, samples: readonly GateSample[], names: ReadonlySet<string>): void {
  const slots = new Set<string>();
  for (const { case: name, round, values } of samples) {
    const slot = `${arm} sample ${round} of ${name}`;
    if (!names.has(name)) throw new RangeError(`${slot}: there is no such case`);
    if (!(Number.isInteger(round) && round >= 1)) throw new RangeError(`${slot}: rounds are 1, 2, ...`);
    if (slots.has(slot)) throw new RangeError(`${slot} is there twice`);
    slots.add(slot);
    for (const [id, value] of Object.entries(values))
      if (value !== null && !Number.isFinite(value)) throw new RangeError(`${slot}: ${id} is ${value}`);
  }
}
