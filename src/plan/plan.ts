import type { Case, Generation, InputRef, Suite } from '../suite/suite.js';
import { type Graph, levels, withAncestors } from './graph.js';
import { seedOf, slotOf } from './key.js';
import type { Variant } from './select.js';

export type { Generation } from '../suite/suite.js';

/** Where one input picture of a sample comes from. */
export type PlannedInput = { name: string } & (
  | { from: 'asset'; asset: string }
  /** The representative picture of a case's baseline. */
  | { from: 'approved'; case: string }
  /** Another sample of this run, by its id. */
  | { from: 'sample'; id: string }
);

/** One picture to make. Its key comes once its inputs are known. */
export interface PlannedSample {
  id: string;
  slot: string;
  case: string;
  variant: Variant;
  /** From 1, counted on from the baseline's highest. */
  sample: number;
  seed: number;
  prompt: string;
  generation: Generation;
  inputs: PlannedInput[];
  /** Ids of the samples whose pictures it needs. */
  parents: string[];
  /** Made only because others need its picture; not part of the statistics. */
  extra?: 'ancestor';
}

export interface PlanRequest {
  suite: Suite;
  variants: readonly Variant[];
  /** Asked for; their ancestors come along as far as their pictures are needed. */
  cases: readonly Case[];
  samples: number;
  inputs: 'approved' | 'generated';
  /** Cases that have an approved picture. */
  approved: ReadonlySet<string>;
  /** Highest sample index in the baseline: evidence must be new. */
  offset: number;
  seed: number;
  /** Suite, case and model settings laid over each other. */
  generationFor: (variant: Variant, each: Case) => Generation;
}

/** What a round may look at to choose the next one. */
export interface PlanState {
  /** Samples with a final outcome. */
  finished: number;
  rounds: number;
}

export interface Plan {
  samples: readonly PlannedSample[];
  /** case -> length of the chain of cases it stands on, whatever this run makes of it. */
  levels: ReadonlyMap<string, number>;
  /** The samples to make now, or `null` when there is nothing left to decide. A fixed n is one round. */
  next(state: PlanState): readonly PlannedSample[] | null;
}

/** Lays out every sample of the matrix as a graph: models x revisions x cases x samples. Pure. */
export function makePlan(request: PlanRequest): Plan {
  const parentCases: Graph = new Map(
    request.suite.cases.map((each) => [
      each.name,
      each.images.flatMap((image) => ('case' in image ? [image.case] : [])),
    ]),
  );
  const samples = samplesOf(request, parentCases);
  return {
    samples,
    levels: levels(parentCases),
    next: ({ rounds }) => (rounds === 0 && samples.length > 0 ? samples : null),
  };
}

function samplesOf(request: PlanRequest, parentCases: Graph): PlannedSample[] {
  const { suite, variants, offset } = request;
  const asked = new Set(request.cases.map((each) => each.name));
  const needed = withAncestors(neededGraph(request, parentCases), asked);
  const indices = Array.from({ length: request.samples }, (_, index) => offset + index + 1);
  // Only the picture that children receive is bought of a case nobody asked for.
  const ancestorIndices = request.inputs === 'generated' ? indices : indices.slice(0, 1);
  // Rounds over cases, so that whatever stops a run early leaves the cases evenly sampled.
  return indices.flatMap((sample) =>
    variants.flatMap((variant) =>
      suite.cases
        .filter(({ name }) => needed.has(name) && (asked.has(name) || ancestorIndices.includes(sample)))
        .map((each) => plannedSample(request, variant, each, sample, asked.has(each.name))),
    ),
  );
}

/** case -> the cases it needs made in this run; an approved picture stands in for its case. */
function neededGraph(request: PlanRequest, parentCases: Graph): Graph {
  if (request.inputs === 'generated') return parentCases;
  return new Map(
    [...parentCases].map(([name, parents]) => [name, parents.filter((parent) => !request.approved.has(parent))]),
  );
}

function plannedSample(
  request: PlanRequest,
  variant: Variant,
  each: Case,
  sample: number,
  asked: boolean,
): PlannedSample {
  const generation = request.generationFor(variant, each);
  const slot = slotOf(each.name, sample);
  const inputs = each.images.map((image) => plannedInput(request, variant, image, sample));
  return {
    id: sampleId(variant, each.name, sample),
    slot,
    case: each.name,
    variant,
    sample,
    seed: seedOf(request.seed, slot, generation),
    prompt: each.prompts[variant.revision] ?? '',
    generation,
    inputs,
    parents: [...new Set(inputs.flatMap((input) => (input.from === 'sample' ? [input.id] : [])))],
    ...(asked ? {} : { extra: 'ancestor' as const }),
  };
}

function plannedInput(request: PlanRequest, variant: Variant, image: InputRef, sample: number): PlannedInput {
  if ('asset' in image) return { name: image.name, from: 'asset', asset: image.asset };
  if (request.inputs === 'generated')
    return { name: image.name, from: 'sample', id: sampleId(variant, image.case, sample) };
  if (request.approved.has(image.case)) return { name: image.name, from: 'approved', case: image.case };
  // The provisional picture: one for all children, so that samples of a case differ by chance alone.
  return { name: image.name, from: 'sample', id: sampleId(variant, image.case, request.offset + 1) };
}

function sampleId(variant: Variant, caseName: string, sample: number): string {
  return `${variant.id}/${slotOf(caseName, sample)}`;
}
