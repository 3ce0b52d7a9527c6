import { approvedPicture, type Baseline, baselineFolder, loadBaseline } from './gate/baseline.js';
import type { Measured } from './gate/comparable.js';
import { bySample } from './gate/conversation.js';
import { type Outlook, outlook as outlookFor } from './gate/outlook.js';
import { AnswerCache } from './generate/answers.js';
import type { CassettePlayer } from './generate/cassette-player.js';
import { inHandBeforeRun } from './generate/cached.js';
import { refuseUnrecorded } from './generate/unrecorded.js';
import { canonicalJson, sha256 } from './lib/hash.js';
import { type Estimate, estimatePlan, priceOf } from './plan/estimate.js';
import { makePlan, type Plan, type PlannedInput, type PlannedSample } from './plan/plan.js';
import { checklistsAsked } from './run-asked.js';
import { selectCases, selectVariants, type Variant } from './plan/select.js';
import { shardOf } from './plan/shard.js';
import { unchangedCases } from './plan/unchanged.js';
import type { GatePlan } from './record-gate.js';
import type { MatrixRequest } from './run.js';
import { mayStart, openGate, type RunGate } from './run-gate.js';
import { metrics } from './score/metrics/index.js';
import { generationFor } from './suite/generation.js';
import { present } from './suite/present.js';
import type { Retry } from './suite/suite.js';

/** What a run is to make and how it is to be judged, before anything is sent. */
export interface RunPlan {
  baseline: Baseline;
  variants: Variant[];
  plan: Plan;
  /** What the run begins with, all its shards together. */
  entire: readonly PlannedSample[];
  /** `null` where there is nothing to compare with. */
  gate: RunGate | null;
  /** Simulated when it is first asked for. */
  outlook: () => Outlook | null;
  estimate: Estimate;
  /** Which pictures are asked for again. */
  retry: Retry | null;
}

/**
 * Lays out the run. Sends nothing, writes nothing. `max` stands in for the cap of the request where a run goes on; the
 * encoder is `null` as long as none is loaded, and then taken to be the approved one.
 */
export function planRun(request: MatrixRequest, encoder: Measured['encoder'], max = request.samples.max): RunPlan {
  const { suite, against, inputs, folders, samples } = request;
  const baseline = loadBaseline(baselineFolder(folders.baselines, suite.name, request.emulated));
  const variants = variantsOf(request);
  const others = against?.kind === 'run' ? against.record.samples.map(({ sample }) => sample) : [];
  const offset = Math.max(baseline.offset, ...others);
  const selected = selectCases(suite, request.selection);
  const cases = selected.filter((each) => variants.every(({ revision }) => revision in each.prompts));
  const first = request.fixed ? max : samples.min;
  const [candidate] = variants;
  const reference = against?.kind === 'variant' ? against.variant : null;
  const planOf = (asked: typeof cases) =>
    makePlan({
      suite,
      variants,
      cases: asked,
      samples: first,
      inputs,
      approved: new Set(
        [...baseline.cases.values()].filter((each) => each.representative !== null).map((each) => each.case),
      ),
      offset,
      seed: request.seed,
      batch: request.batch && true,
      generationFor: (variant, each) => generationFor(suite, { generation: variant.settings }, each),
      provisionalOf: (variant) => (reference && variant === candidate ? reference : variant),
    });
  const whole = planOf(cases);
  const unchanged = candidate && reference ? unchangedCases(whole, candidate, reference) : new Set<string>();
  const changed = unchanged.size === 0 ? whole : planOf(cases.filter(({ name }) => !unchanged.has(name)));
  const entire = changed.first;
  const plan = request.shard ? { ...changed, first: shardOf(entire, request.shard) } : changed;
  const pictures = knownPictures(request, baseline);
  const gate =
    candidate === undefined
      ? null
      : openGate({
          suite,
          against: against ?? { kind: 'baseline' },
          candidate,
          cases: cases.map(({ name }) => name),
          without: selected.filter((each) => !cases.includes(each)).map(({ name }) => name),
          unchanged,
          samples: { min: samples.min, max },
          fixed: request.fixed,
          baseline,
          making: {
            encoder: encoder ?? [...baseline.cases.values()][0]?.encoder ?? null,
            metrics: Object.fromEntries(Object.values(metrics).map(({ id, version }) => [id, version])),
            inputsMode: inputs,
            emulated: request.emulated,
            ...(suite.retry && { retry: suite.retry }),
            checklists: checklistsAsked(suite),
            offset,
          },
          planned: whole.first,
          inputHash: (input) => inputHash(input, pictures),
        });
  if (request.replay && mayStart(request, gate)) refuseUnrecordedBeforehand(request.replay, request, plan, pictures);
  const now = request.clock.now();
  let outlook: Outlook | null = null;
  return {
    baseline,
    variants,
    plan,
    entire,
    gate,
    outlook: () => (outlook ??= gate && outlookOf(gate, entire, suite.retry?.quality.tries ?? 1, now)),
    estimate: estimateOf(request, plan, pictures),
    retry: suite.retry ?? null,
  };
}

/** The candidate and what it is compared with; more only where flags name them. */
function variantsOf({ suite, selection, against }: MatrixRequest): Variant[] {
  const selected = selectVariants(suite, selection);
  if (against?.kind !== 'variant') return selected;
  const named = selection.models.length > 0 || selection.revisions.length > 0 ? selected : selected.slice(0, 1);
  return named.some(({ id }) => id === against.variant.id)
    ? named.map((variant) => (variant.id === against.variant.id ? against.variant : variant))
    : [...named, against.variant];
}

/** The samples that the gate's variants begin with are bought whatever it says. A conversation costs all its turns. */
function outlookOf(gate: RunGate, first: readonly PlannedSample[], tries: number, at: number): Outlook {
  const turns = first.filter(({ variant }) => gate.variants.includes(variant.id));
  const judged = bySample(turns.map((each) => ({ ...each, variant: each.variant.id, turn: each.turn?.number, each })));
  const prices = judged.map((sample) => sumOf(sample.map(({ each }) => priceOf(each, at))));
  const mean = (of: (price: { low: number; high: number }) => number) =>
    prices.reduce((sum, price) => sum + (price ? of(price) : 0), 0) / prices.length;
  const price = prices.every((each) => each !== null) && prices.length > 0;
  return outlookFor(
    gate.input([], null),
    judged.length,
    price ? { middle: mean(({ low, high }) => (low + high) / 2), most: tries * mean(({ high }) => high) } : null,
  );
}

function sumOf(prices: readonly ReturnType<typeof priceOf>[]): ReturnType<typeof priceOf> {
  return prices.reduce((sum, price) => sum && price && { low: sum.low + price.low, high: sum.high + price.high }, {
    low: 0,
    high: 0,
  } as ReturnType<typeof priceOf>);
}

/** For people, before the first call. */
export function gatePlan({ gate, outlook }: RunPlan): GatePlan | null {
  const seen = outlook();
  if (!gate || !seen) return null;
  const { terms, warnings } = gate;
  const { expected, worst, warnings: more } = seen;
  return {
    subject: terms.subject,
    against: terms.against,
    margins: terms.metrics.map(({ id, margin, auto }) => ({ id, margin, auto })),
    expected,
    worst,
    warnings: [...warnings, ...more],
  };
}

type KnownPicture = { mime: string; sha256: string };

function knownPictures({ suite }: MatrixRequest, baseline: Baseline) {
  return {
    asset: (name: string): KnownPicture => known(suite.assets[name], `asset ${name}`),
    approved: (name: string): KnownPicture =>
      known(approvedPicture(baseline, name)?.sample.image, `approved picture of ${name}`),
  };
}

function inputHash(input: PlannedInput, pictures: ReturnType<typeof knownPictures>): string | null {
  if (input.from === 'asset') return pictures.asset(input.asset).sha256;
  return input.from === 'approved' ? pictures.approved(input.case).sha256 : null;
}

/** Children are looked for once their parents' pictures are there. */
function refuseUnrecordedBeforehand(
  replay: CassettePlayer,
  { origin }: MatrixRequest,
  { first }: Plan,
  pictures: ReturnType<typeof knownPictures>,
): void {
  const inHand = inHandBeforeRun(first, origin, { has: (key) => replay.has(key), ...pictures });
  refuseUnrecorded(
    first.filter(({ id, parents }) => parents.length === 0 && !inHand.has(id)),
    replay.cassette,
  );
}

function estimateOf(
  { suite, folders, origin, useCache, replay, clock }: MatrixRequest,
  plan: Plan,
  pictures: ReturnType<typeof knownPictures>,
): Estimate {
  const at = clock.now();
  if (replay) {
    // All lies in the recording, whatever was said of pictures too.
    const pictures = plan.first.map((each) => present<PlannedSample>({ ...each, judge: undefined }));
    return estimatePlan(pictures, new Map(pictures.map(({ id }) => [id, 'cached'])), { at });
  }
  const answers = new AnswerCache(`${folders.cache}/answers`);
  const has = (key: string) => useCache && answers.has(key);
  return estimatePlan(plan.first, inHandBeforeRun(plan.first, origin, { has, ...pictures }), {
    tries: suite.retry?.quality.tries ?? 1,
    at,
  });
}

/** Two commands with the same hash are the same work: the second goes on where the first stopped. */
export function matrixOf(request: MatrixRequest, planned: RunPlan, encoder: Measured['encoder']): string {
  const whole = wholeMatrixOf(request, planned, encoder);
  return request.shard ? sha256(canonicalJson([whole, request.shard])) : whole;
}

/** The same for all shards of a run. */
export function wholeMatrixOf(
  { suite, origin, against, fixed, replay, batch }: MatrixRequest,
  { entire, baseline }: RunPlan,
  encoder: Measured['encoder'],
): string {
  const approved = [...baseline.cases.values()].map((each) => [each.case, each.representative, each.approvedAt]);
  const planned = entire.map(({ id, seed, inputs, generation }) => ({ id, seed, inputs, generation }));
  const reference =
    against?.kind === 'run' ? against.record.id : against?.kind === 'variant' ? against.variant.id : null;
  return sha256(
    canonicalJson([
      suite.hash,
      origin,
      encoder?.sha256,
      approved,
      planned,
      reference,
      fixed,
      ...(replay ? ['replay'] : []),
      ...(batch ? ['batch'] : []),
    ]),
  );
}

/** The plan names only what loading found; anything else is a bug. */
export function known<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`the plan needs an unknown ${what}`);
  return value;
}
