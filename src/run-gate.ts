import { type Arm, approvedArm, type ArmCase, madeAlike, madeArm, type Making } from './gate/arm.js';
import { type Baseline, representativeOf } from './gate/baseline.js';
import { wholeSum } from './lib/whole-sum.js';
import type { GateInput, Obstacle } from './gate/input.js';
import { differences, inputOf, type Terms } from './gate/terms.js';
import type { PlannedSample } from './plan/plan.js';
import type { Variant } from './plan/select.js';
import type { RunRecord, SampleRecord } from './record.js';
import { checklistsOf, retryOf } from './record-settings.js';
import { termsOf } from './run-terms.js';
import { measuredOn } from './score/measured-on.js';
import type { Metric } from './score/metric.js';
import { metrics as everyMetric, type MetricId } from './score/metrics/index.js';
import { sheetRole } from './score/sheet-role.js';
import type { Suite } from './suite/suite.js';

/** What the candidate is compared with. */
export type Against =
  { kind: 'baseline' } | { kind: 'variant'; variant: Variant } | { kind: 'run'; record: RunRecord; variant: string };

export interface GateRequest {
  suite: Suite;
  against: Against;
  candidate: Variant;
  /** Asked for, in the order of the suite. */
  cases: readonly string[];
  /** Asked for too, but newer than a revision that is compared. */
  without: readonly string[];
  unchanged: ReadonlySet<string>;
  samples: { min: number; max: number };
  fixed: boolean;
  baseline: Baseline;
  making: Making;
  planned: readonly PlannedSample[];
  /** sha256 of an input picture that is known before the run, else `null`. */
  inputHash: (input: PlannedSample['inputs'][number]) => string | null;
}

/** The gate of a run: what it is asked, and how the samples of the run enter it. */
export interface RunGate {
  terms: Terms;
  /** Variants that grow slot by slot. */
  variants: string[];
  /** Why nothing could be judged, whatever is bought. */
  obstacles: readonly Obstacle[];
  /** Cases that are asked for and not judged, and why. */
  warnings: string[];
  input(samples: Iterable<SampleRecord>, infra: string | null): GateInput;
}

/** `null` where there is nothing to compare with: no case asked for is in the baseline. */
export function openGate(request: GateRequest): RunGate | null {
  const { against, candidate, making, baseline } = request;
  // `null` where the reference is sampled in the run.
  const fixedReference = against.kind === 'variant' ? null : referenceArm(against, baseline);
  const judged = request.cases.filter((name) => fixedReference === null || fixedReference.has(name));
  if (judged.length === 0) return null;
  const cases = judged.map((name) => ({ name, unchanged: request.unchanged.has(name) }));
  const planned = plannedArm(request);
  const variants = [candidate.id, ...(against.kind === 'variant' ? [against.variant.id] : [])];
  const { terms, obstacles } = termsOf({
    ...request,
    against: {
      words: inWords(against, candidate),
      reference: referenceOf(against),
      model: modelOf(against, candidate),
    },
    cases,
    runs: against.kind === 'run' ? [against.record.id] : [],
    reference: fixedReference,
    measures: (id, name) => measures(request, id, name),
  });
  const armOf = (samples: readonly SampleRecord[]) => withPlan(planned, madeArm(samples, candidate.id, making));
  const early = [...obstacles, ...differences(terms, planned, fixedReference ?? new Map())];
  return {
    terms,
    variants,
    obstacles: early,
    warnings: [...warningsOf(request, judged, baseline), ...unjudged(request, terms), ...apart(request, terms)],
    input(samples, infra) {
      const all = [...samples];
      const reference = against.kind === 'variant' ? madeArm(all, against.variant.id, making) : fixedReference;
      const spent = spentOn(all, variants);
      return inputOf(terms, armOf(all), reference ?? new Map(), { infra, spent, obstacles });
    },
  };
}

function measures(request: GateRequest, id: MetricId, name: string): boolean {
  return isMeasured(request, id, name) && !isApart(request, id, name);
}

function isMeasured({ suite }: GateRequest, id: MetricId, name: string): boolean {
  const each = suite.cases.find((one) => one.name === name);
  return each !== undefined && measuredOn(everyMetric[id], each, suite.characters);
}

/** Whether a metric that looks at what is approved of the case met another picture in the run that is compared with. */
function isApart({ suite, against, baseline }: GateRequest, id: MetricId, name: string): boolean {
  const each = suite.cases.find((one) => one.name === name);
  if (against.kind !== 'run' || !each) return false;
  const { against: met }: Metric = everyMetric[id];
  const looks = met === 'approved' || (met === 'sheet' && sheetRole(each, suite.characters).makesSheet);
  return looks && comparedWithAnother(against.record, baseline, name);
}

/** Whether the run's samples of the case were compared with another approved picture than new ones will be. */
export function comparedWithAnother({ cases }: Pick<RunRecord, 'cases'>, baseline: Baseline, name: string): boolean {
  const there = cases.find((each) => each.name === name)?.baseline?.picture?.sha256;
  return there !== representativeOf(baseline.cases.get(name))?.image.sha256;
}

function apart(request: GateRequest, { metrics, cases }: Terms): string[] {
  const { against } = request;
  if (against.kind !== 'run') return [];
  return metrics.flatMap(({ id }) => {
    const names = cases
      .map(({ name }) => name)
      .filter((name) => isMeasured(request, id as MetricId, name) && isApart(request, id as MetricId, name));
    return names.length === 0
      ? []
      : [
          `${id} of ${names.join(', ')} is not judged: run ${against.record.id} was scored against another approved picture`,
        ];
  });
}

/** A sheet, for one, has no score in the run that is approved first: there was no approved sheet to score it against. */
function unjudged(request: GateRequest, { metrics, cases }: Terms): string[] {
  return metrics.flatMap(({ id, cases: measured }) => {
    const names = cases
      .map(({ name }) => name)
      .filter((name) => measures(request, id as MetricId, name) && !measured.includes(name));
    return names.length === 0
      ? []
      : [
          `no approved sample of ${names.join(', ')} has a ${id}, so it is not judged there: run and approve it once more`,
        ];
  });
}

/** Whether anything may be bought. */
export function mayStart({ requireGate }: { requireGate: boolean }, gate: RunGate | null): boolean {
  return !requireGate || (gate !== null && gate.obstacles.length === 0);
}

/** USD for the samples of these variants and for judging them, other columns left out; `null` when a price is not known. */
export function spentOn(samples: readonly SampleRecord[], variants: readonly string[]): number | null {
  const costs = samples
    .filter(({ variant }) => variants.includes(variant))
    .flatMap(({ cost, judged }) => [cost, ...(judged?.votes ?? []).map((vote) => vote.cost)]);
  return wholeSum(costs);
}

/** What was there before the run. */
export function referenceArm(against: Exclude<Against, { kind: 'variant' }>, baseline: Baseline): Arm {
  if (against.kind === 'baseline') return approvedArm(baseline.cases.values());
  return madeArm(against.record.samples, against.variant, makingOf(against.record));
}

/** What the samples of a recorded run have in common. */
export function makingOf(record: RunRecord): Making {
  const numbers = record.samples.map(({ sample }) => sample);
  return {
    encoder: record.encoder,
    metrics: Object.fromEntries(Object.entries(record.metrics).map(([id, { version }]) => [id, version])),
    inputsMode: record.settings['inputs'] === 'generated' ? 'generated' : 'approved',
    emulated: record.emulated,
    ...retryOf(record),
    checklists: checklistsOf(record),
    offset: record.gate?.terms.offset ?? (numbers.length > 0 ? Math.min(...numbers) - 1 : 0),
  };
}

function referenceOf(against: Against): Terms['reference'] {
  if (against.kind === 'baseline') return { kind: 'baseline' };
  if (against.kind === 'variant') return { kind: 'variant', variant: against.variant.id };
  return { kind: 'run', run: against.record.id, variant: against.variant };
}

/** The model whose scatter counts. */
function modelOf(against: Against, candidate: Variant): string {
  if (against.kind === 'baseline') return candidate.model;
  if (against.kind === 'variant') return against.variant.model;
  const variant = against.record.variants.find(({ id }) => id === against.variant);
  return variant?.model ?? candidate.model;
}

function inWords(against: Against, candidate: Variant): string {
  if (against.kind === 'baseline') return 'the baseline';
  if (against.kind === 'run') return `run ${against.record.id}`;
  return variantInWords(against.variant, candidate);
}

type Named = Pick<Variant, 'name' | 'revision'>;

/** By what tells it from the candidate. */
export function variantInWords({ name, revision }: Named, candidate: Named): string {
  if (name === candidate.name) return revision;
  return revision === candidate.revision ? name : `${revision} on ${name}`;
}

/** The candidate's cases as far as they are known before the first call. */
function plannedArm({ planned, candidate, making, inputHash }: GateRequest): Map<string, ArmCase> {
  const arm = new Map<string, ArmCase>();
  for (const { case: name, variant, sample, inputs } of planned) {
    if (variant.id !== candidate.id || arm.has(name)) continue;
    const turns = planned.filter((each) => each.variant === variant && each.case === name && each.sample === sample);
    const hashes = inputs.map((input) => ({ name: input.name, sha256: inputHash(input) }));
    const known = hashes.flatMap(({ name: input, sha256 }) => (sha256 === null ? [] : [{ name: input, sha256 }]));
    arm.set(name, {
      ...madeAlike(making, name),
      model: candidate.model,
      turns: turns.length,
      samples: [],
      inputs: known.length === hashes.length ? [known] : [],
    });
  }
  return arm;
}

/** Cases without a sample yet are those of the plan. */
function withPlan(planned: Arm, made: Arm): Arm {
  return new Map([...planned, ...made]);
}

function warningsOf(
  { against, cases, without, suite }: GateRequest,
  judged: readonly string[],
  baseline: Baseline,
): string[] {
  if (against.kind === 'variant' && without.length > 0)
    return [`not in ${against.variant.revision}, so neither made nor judged: ${without.join(', ')}`];
  if (against.kind !== 'baseline') return [];
  const fresh = cases.filter((name) => !judged.includes(name));
  const known = new Set(suite.cases.map(({ name }) => name));
  const obsolete = [...baseline.cases.keys()].filter((name) => !known.has(name));
  return [
    ...(fresh.length > 0 ? [`not in the baseline, so not judged: ${fresh.join(', ')}`] : []),
    ...(obsolete.length > 0 ? [`in the baseline, but no longer in the suite: ${obsolete.join(', ')}`] : []),
  ];
}
