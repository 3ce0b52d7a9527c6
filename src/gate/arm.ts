import type { Retry } from '../suite/suite.js';
import type { ApprovedCase } from './baseline.js';
import { type Measured, measuredIn, type Measuring } from './comparable.js';
import { bySample, endOf, foundInAll, meansOf, type Turn } from './conversation.js';
import type { GateSample } from './input.js';

/** One side of a comparison, case by case. */
export type Arm = ReadonlyMap<string, ArmCase>;

export interface ArmCase extends Measured {
  model: string;
  /** How many pictures a sample has: 1, or the turns of a conversation. */
  turns: number;
  samples: readonly GateSample[];
  /** Name and sha256 of every set of input pictures that its samples were made from; empty while none is known. */
  inputs: readonly (readonly InputHash[])[];
  /** What a case that builds on another one received. */
  inputsMode: 'approved' | 'generated';
  emulated: boolean;
  retry?: Retry | undefined;
}

export interface InputHash {
  name: string;
  sha256: string;
}

/** A sample as the record of a run keeps it, or one turn of it. */
export interface MadeSample extends Turn {
  model: string;
  key: string | null;
  outcome: string;
  image: { sha256: string } | null;
  inputs: readonly InputHash[];
  scores: Readonly<Record<string, { value: number | null; evidence?: Record<string, unknown> | undefined }>>;
  /** Made for its picture only, or not final yet: neither says anything. Other marks play no part. */
  extra?: string | undefined;
  pending?: true | undefined;
}

/** What all samples of a run have in common. */
export interface Making extends Measuring {
  inputsMode: 'approved' | 'generated';
  emulated: boolean;
  /** Which pictures were asked for again, where any were. */
  retry?: Retry | undefined;
  /** The number before that of the first sample. */
  offset: number;
}

/** What the samples of a case share with all samples of their run. */
export function madeAlike(making: Making, name: string) {
  const { inputsMode, emulated, retry } = making;
  return { ...measuredIn(making, name), inputsMode, emulated, retry };
}

/** The samples of one variant of a run. */
export function madeArm(samples: readonly MadeSample[], variant: string, making: Making): Arm {
  const arm = new Map<string, ArmCase & { samples: GateSample[]; inputs: InputHash[][] }>();
  for (const turns of bySample(samples.filter((sample) => sample.variant === variant))) {
    if (turns.some(({ extra, pending }) => extra === 'ancestor' || pending)) continue;
    const [{ case: name, sample, model, key, inputs }] = turns;
    const { offset } = making;
    const each = arm.get(name) ?? { ...madeAlike(making, name), model, turns: turns.length, samples: [], inputs: [] };
    each.samples.push({
      case: name,
      round: sample - offset,
      outcome: endOf(turns).outcome,
      ids: turns.flatMap(idsOf),
      values: meansOf(turns.map(({ scores }) => mapScores(scores))),
      characterFound: foundInAll(turns.map(({ scores }) => characterFound(scores['consistency']?.evidence))),
    });
    // A sample that was never sent carried nothing.
    if (key !== null) each.inputs.push(inputs.map(({ name: input, sha256 }) => ({ name: input, sha256 })));
    arm.set(name, each);
  }
  return arm;
}

/** What was approved. Its samples are counted on from 1 in each case, however they were numbered. */
export function approvedArm(cases: Iterable<ApprovedCase>): Arm {
  return new Map(
    [...cases].map((approved) => {
      const { encoder, metrics, judged, inputsMode, emulated, retry, inputs, model } = approved;
      const samples = approved.samples.map((sample, index) => ({
        case: approved.case,
        round: index + 1,
        outcome: sample.outcome,
        ids: (sample.turns ?? [sample]).flatMap(idsOf),
        values: sample.scores,
        characterFound: sample.characterFound,
      }));
      const turns = approved.turns?.length ?? 1;
      return [
        approved.case,
        { encoder, metrics, judged, inputsMode, emulated, retry, model, turns, samples, inputs: [inputs] },
      ];
    }),
  );
}

function idsOf({ key, image }: { key: string | null; image: { sha256: string } | null }): string[] {
  return [key, image?.sha256].flatMap((id) => id ?? []);
}

function mapScores(scores: MadeSample['scores']): Record<string, number | null> {
  return Object.fromEntries(Object.entries(scores).map(([id, { value }]) => [id, value]));
}

/** Whether everyone who should be seen was found; `null` where there is nobody to look for. */
export function characterFound(evidence: Record<string, unknown> | undefined): boolean | null {
  const each: unknown[] = Array.isArray(evidence?.['characters']) ? evidence['characters'] : [evidence];
  const found = each.flatMap((one) => {
    const says = (one as Record<string, unknown> | undefined)?.['characterFound'];
    return typeof says === 'boolean' ? [says] : [];
  });
  return found.length > 0 ? found.every(Boolean) : null;
}
