import { UsageError } from '../lib/errors.js';
import type { Case, Generation, InputRef, Suite } from '../suite/suite.js';
import { type Graph, levels, withAncestors } from './graph.js';
import { seedOf, slotOf } from './key.js';
import type { PlannedJudge } from './judge.js';
import type { Variant } from './select.js';

export type { Generation, Limits } from '../suite/suite.js';

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
  /** Of a conversation's sample: which turn it is. */
  turn?: PlannedTurn;
  generation: Generation;
  /** Of a conversation they go with its first turn, and so with the history of each later one. */
  inputs: PlannedInput[];
  /** Ids of the samples whose pictures it needs; of a later turn, the turn before. */
  parents: string[];
  /** Goes in a batch job: another price, and never an answer to the same request sent by itself. */
  batch?: true;
  /** Who is to judge its picture, and by what. */
  judge?: PlannedJudge;
  /** Made only because others need its picture; not part of the statistics. */
  extra?: 'ancestor';
}

export interface PlannedTurn {
  /** From 1. */
  number: number;
  /** The turns before, from the first: their prompts and answers go along. */
  earlier: { id: string; prompt: string }[];
}

export interface PlanRequest {
  suite: Suite;
  variants: readonly Variant[];
  /** Asked for; their ancestors come along as far as their pictures are needed. */
  cases: readonly Case[];
  /** Samples of every case in every variant to begin with; a gate may ask for more. */
  samples: number;
  inputs: 'approved' | 'generated';
  /** Cases that have an approved picture. */
  approved: ReadonlySet<string>;
  /** Highest sample index in the baseline: evidence must be new. */
  offset: number;
  seed: number;
  /** All samples go in batch jobs. */
  batch?: true | undefined;
  /** Suite, case and model settings laid over each other. */
  generationFor: (variant: Variant, each: Case) => Generation;
  /** The variant whose first sample stands in where nothing is approved; compared variants share one. Itself by default. */
  provisionalOf?: (variant: Variant) => Variant;
}

/** The n-th new sample of a case, from 1. */
export interface Slot {
  case: string;
  round: number;
}

export interface Plan {
  /** `samples` of each case in every variant, and what they stand on. */
  first: readonly PlannedSample[];
  /** case -> length of the chain of cases it stands on, whatever this run makes of it. */
  levels: ReadonlyMap<string, number>;
  /** Slots beyond the first ones, in each of the variants, with what they stand on. */
  more(slots: readonly Slot[], variants: readonly string[]): PlannedSample[];
}

/** Lays out samples of the matrix as a graph: models x revisions x cases x samples. Pure. */
export function makePlan(request: PlanRequest): Plan {
  const { suite, cases, variants } = request;
  const parentCases: Graph = new Map(
    suite.cases.map((each) => [each.name, each.images.flatMap((image) => ('case' in image ? [image.case] : []))]),
  );
  const rounds = Array.from({ length: request.samples }, (_, index) => index + 1);
  const asked = cases.map((each) => each.name);
  const inRound = (round: number, names: readonly string[], among: readonly Variant[]) =>
    samplesOf(request, parentCases, { round, names, among });
  return {
    // Rounds over cases, so that whatever stops a run early leaves the cases evenly sampled.
    first: rounds.flatMap((round) => inRound(round, asked, variants)),
    levels: levels(parentCases),
    more(slots, ids) {
      const among = variants.filter(({ id }) => ids.includes(id));
      const later = [...new Set(slots.map(({ round }) => round))];
      return later.flatMap((round) =>
        inRound(
          round,
          slots.flatMap((slot) => (slot.round === round ? [slot.case] : [])),
          among,
        ),
      );
    },
  };
}

/** The samples of one round. Variants take turns, so that those compared meet the same hour of the servers. */
function samplesOf(
  request: PlanRequest,
  parentCases: Graph,
  { round, names, among }: { round: number; names: readonly string[]; among: readonly Variant[] },
): PlannedSample[] {
  const { suite, cases, offset } = request;
  const asked = new Set(cases.map((each) => each.name));
  const graph = neededGraph(request, parentCases);
  const needed = new Map(
    among.map((variant) => [
      variant,
      // Only the picture that children receive is bought of a case nobody asked for.
      request.inputs === 'generated' || (round === 1 && provisional(request, variant) === variant)
        ? withAncestors(graph, names)
        : new Set(names),
    ]),
  );
  return suite.cases.flatMap((each) =>
    among
      .filter((variant) => needed.get(variant)?.has(each.name))
      .flatMap((variant) => plannedTurns(request, variant, each, offset + round, asked.has(each.name))),
  );
}

function provisional({ provisionalOf }: PlanRequest, variant: Variant): Variant {
  return provisionalOf?.(variant) ?? variant;
}

/** case -> the cases it needs made in this run; an approved picture stands in for its case. */
function neededGraph(request: PlanRequest, parentCases: Graph): Graph {
  if (request.inputs === 'generated') return parentCases;
  return new Map(
    [...parentCases].map(([name, parents]) => [name, parents.filter((parent) => !request.approved.has(parent))]),
  );
}

/** One sample of a case: one picture, or one for each turn of a conversation. */
function plannedTurns(
  request: PlanRequest,
  variant: Variant,
  each: Case,
  sample: number,
  asked: boolean,
): PlannedSample[] {
  const generation = request.generationFor(variant, each);
  const inputs = each.images.map((image) => plannedInput(request, variant, image, sample));
  const makers = [...new Set(inputs.flatMap((input) => (input.from === 'sample' ? [input.id] : [])))];
  const prompts = promptsOf(each, variant);
  const turns = prompts.map((prompt, index) => ({
    prompt,
    slot: slotOf(each.name, sample, prompts.length > 1 ? index + 1 : undefined),
  }));
  const said = turns.map(({ slot, prompt }) => ({ id: sampleId(variant, slot), prompt }));
  return turns.map(({ slot, prompt }, index) => ({
    id: sampleId(variant, slot),
    slot,
    case: each.name,
    variant,
    sample,
    seed: seedOf(request.seed, slot, generation),
    prompt,
    ...(turns.length > 1 && { turn: { number: index + 1, earlier: said.slice(0, index) } }),
    generation,
    inputs,
    parents: index === 0 ? makers : said.slice(index - 1, index).map(({ id }) => id),
    ...(request.batch && { batch: true as const }),
    ...(asked ? judging(request.suite, each) : { extra: 'ancestor' as const }),
  }));
}

function judging({ judge }: Suite, { checklist }: Case): { judge?: PlannedJudge } {
  return judge && checklist.length > 0 ? { judge: { ...judge, statements: checklist } } : {};
}

function promptsOf({ name, prompts: all }: Case, { revision }: Variant): string[] {
  const prompts = all[revision];
  if (prompts === undefined)
    throw new UsageError(`${revision} has no prompt for ${name}, and other cases need its picture`, {
      fix: `Approve a picture of ${name} first, or choose cases that do without.`,
    });
  return prompts;
}

function plannedInput(request: PlanRequest, variant: Variant, image: InputRef, sample: number): PlannedInput {
  if ('asset' in image) return { name: image.name, from: 'asset', asset: image.asset };
  if (request.inputs === 'generated')
    return { name: image.name, from: 'sample', id: lastOf(request, variant, image.case, sample) };
  if (request.approved.has(image.case)) return { name: image.name, from: 'approved', case: image.case };
  // The provisional picture: one for all children, so that samples of a case differ by chance alone.
  return {
    name: image.name,
    from: 'sample',
    id: lastOf(request, provisional(request, variant), image.case, request.offset + 1),
  };
}

/** The picture that others receive of a case: of a conversation, that of its last turn. */
function lastOf({ suite }: PlanRequest, variant: Variant, caseName: string, sample: number): string {
  const each = suite.cases.find(({ name }) => name === caseName);
  const turns = each ? promptsOf(each, variant).length : 1;
  return sampleId(variant, slotOf(caseName, sample, turns > 1 ? turns : undefined));
}

function sampleId(variant: Variant, slot: string): string {
  return `${variant.id}/${slot}`;
}
