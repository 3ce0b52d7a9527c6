import type { ApprovedCase } from './baseline.js';
import type { Measured } from './comparable.js';
import type { GateSample } from './input.js';

/** One side of a comparison, case by case. */
export type Arm = ReadonlyMap<string, ArmCase>;

export interface ArmCase extends Measured {
  model: string;
  samples: readonly GateSample[];
  /** Name and sha256 of every set of input pictures that its samples were made from; empty while none is known. */
  inputs: readonly (readonly InputHash[])[];
  /** What a case that builds on another one received. */
  inputsMode: 'approved' | 'generated';
  emulated: boolean;
}

export interface InputHash {
  name: string;
  sha256: string;
}

/** A sample as the record of a run keeps it. */
export interface MadeSample {
  case: string;
  variant: string;
  model: string;
  sample: number;
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
export interface Making extends Measured {
  inputsMode: 'approved' | 'generated';
  emulated: boolean;
  /** The number before that of the first sample. */
  offset: number;
}

/** The samples of one variant of a run. */
export function madeArm(samples: readonly MadeSample[], variant: string, making: Making): Arm {
  const arm = new Map<string, ArmCase & { samples: GateSample[]; inputs: InputHash[][] }>();
  for (const sample of samples) {
    if (sample.variant !== variant || sample.extra === 'ancestor' || sample.pending) continue;
    const { offset, ...common } = making;
    const each = arm.get(sample.case) ?? { ...common, model: sample.model, samples: [], inputs: [] };
    each.samples.push({
      case: sample.case,
      round: sample.sample - offset,
      outcome: sample.outcome,
      ids: idsOf(sample.key, sample.image),
      values: Object.fromEntries(Object.entries(sample.scores).map(([id, { value }]) => [id, value])),
      characterFound: characterFound(sample.scores['consistency']?.evidence),
    });
    // A sample that was never sent carried nothing.
    if (sample.key !== null) each.inputs.push(sample.inputs.map(({ name, sha256 }) => ({ name, sha256 })));
    arm.set(sample.case, each);
  }
  return arm;
}

/** What was approved. Its samples are counted on from 1 in each case, however they were numbered. */
export function approvedArm(cases: Iterable<ApprovedCase>): Arm {
  return new Map(
    [...cases].map((approved) => {
      const { encoder, metrics, inputsMode, emulated, inputs, model } = approved;
      const samples = approved.samples.map(({ key, image, outcome, scores, characterFound: found }, index) => ({
        case: approved.case,
        round: index + 1,
        outcome,
        ids: idsOf(key, image),
        values: scores,
        characterFound: found,
      }));
      return [approved.case, { encoder, metrics, inputsMode, emulated, model, samples, inputs: [inputs] }];
    }),
  );
}

function idsOf(key: string | null, image: { sha256: string } | null): string[] {
  return [key, image?.sha256].flatMap((id) => id ?? []);
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
