import { modelInfo, pricesAsOf } from './catalog/catalog.js';
import { type ApprovedCase, type Baseline, approvedPicture } from './gate/baseline.js';
import { runChecks } from './gate/checks.js';
import { incomparable, incomparableWarnings, type Measured } from './gate/comparable.js';
import { infraFailure } from './gate/infra.js';
import type { Obstacle } from './gate/input.js';
import type { Terms } from './gate/terms.js';
import { type Answered, versionWarnings } from './gate/model-versions.js';
import type { Verdict } from './gate/verdict.js';
import type { Stop } from './generate/generate.js';
import type { PictureStore } from './generate/pictures.js';
import type { RunFolder } from './generate/run-folder.js';
import type { RunRecord, SampleRecord } from './record.js';
import { gateTerms } from './record-gate.js';
import type { RecordedSettings } from './record-settings.js';
import type { RunRequest } from './run.js';
import { askedOf } from './run-asked.js';
import type { RunGate } from './run-gate.js';
import type { RunPlan } from './run-plan.js';
import { metrics } from './score/metrics/index.js';
import { sheetRole } from './score/sheet-role.js';
import { quantile } from './stats/summary.js';

interface Finished {
  request: RunRequest;
  planned: RunPlan;
  opened: RunFolder;
  stop: Stop;
  samples: SampleRecord[];
  pictures: PictureStore;
  /** The gate's, where there is one, and why it could not judge. */
  verdict: Verdict | null;
  obstacles: readonly Obstacle[];
}

/** Samples that say something about their case: not those made for their picture only. */
export function judged(samples: readonly SampleRecord[]): SampleRecord[] {
  return samples.filter(({ extra }) => extra !== 'ancestor');
}

/** Puts what happened into the one contract that reporters read. */
export function buildRecord(finished: Finished): RunRecord {
  const { request, planned, opened, stop, verdict } = finished;
  const { suite } = request;
  const { id, sha256 } = request.scorer.encoder;
  const { gate, variants } = planned;
  const samples = gate && verdict ? marked(finished.samples, gate, verdict) : finished.samples;
  const infra = infraFailure(judged(samples));
  const candidate = variants.find((variant) => variant.candidate);
  // What the infrastructure lost says nothing about the pictures; it has its own limit.
  const candidates = judged(samples).filter(
    ({ variant, outcome }) => variant === candidate?.id && outcome !== 'infra_error' && outcome !== 'skipped',
  );
  return {
    version: 1,
    id: opened.id,
    suite: { name: suite.name, description: suite.description, hash: suite.hash },
    emulated: request.emulated,
    status: statusOf(stop, infra),
    startedAt: new Date(opened.startedAt).toISOString(),
    finishedAt: new Date(request.clock.now()).toISOString(),
    settings: settingsOf(request),
    encoder: { id, sha256 },
    prices: { asOf: pricesAsOf },
    asked: askedOf(suite, planned.plan.first),
    metrics: Object.fromEntries(Object.values(metrics).map(({ id, version, better }) => [id, { version, better }])),
    variants: variants.map(({ id, model, name, revision, candidate: first }) => ({
      id,
      model,
      name,
      revision,
      ...(suite.commits[revision] === undefined ? {} : { commit: suite.commits[revision] }),
      candidate: first,
    })),
    cases: recordedCases(finished),
    samples,
    verdict: verdict ? wordsOf(verdict) : ungated(finished, infra, candidates),
    gate: gate && verdict ? gateOf(gate.terms, finished.obstacles, verdict) : null,
    checks: candidate ? runChecks(suite.checks, candidate.id, candidates) : [],
    warnings: warningsOf(finished),
    totals: totalsOf(samples),
  };
}

/** Samples that the suite's rule did not count, by what became of them. */
function marked(samples: readonly SampleRecord[], { terms, variants }: RunGate, verdict: Verdict): SampleRecord[] {
  const cases = new Map(verdict.cases.map((each) => [each.case, each]));
  return samples.map((sample) => {
    const each = cases.get(sample.case);
    if (!each || sample.extra === 'ancestor' || sample.pending || !variants.includes(sample.variant)) return sample;
    const round = sample.sample - terms.offset;
    if (round <= each.counted || each.state === 'unchanged') return sample;
    return { ...sample, extra: round <= each.counted + each.extra ? 'guard' : 'inflight' };
  });
}

export const wordsOf = ({ state, title, message }: Verdict) => ({ state, title, message });

export function gateOf(
  terms: Terms,
  obstacles: readonly Obstacle[],
  { rule, unit, metrics: measured, cases, rates, samples, spent }: Verdict,
): NonNullable<RunRecord['gate']> {
  const numbers = { rule, unit, metrics: measured, cases, rates, samples, spent };
  return { terms: gateTerms.parse(terms), obstacles: [...obstacles], numbers };
}

/** Fails closed: what was to be gated and cannot be has not passed, nor has a candidate without a single picture. */
function ungated(
  { request, stop }: Finished,
  infra: string | null,
  candidates: readonly SampleRecord[],
): RunRecord['verdict'] {
  if (infra !== null) return { state: 'infra', title: 'No verdict: the infrastructure failed', message: infra };
  if (request.requireGate)
    return {
      state: 'not-gateable',
      title: 'Not gateable: nothing is approved yet',
      message:
        'No case of the run is in the baseline. Run without --against and --require-gate, look, then approve: evaluate approve.',
    };
  if (stop !== null || candidates.some((sample) => sample.image)) return null;
  const outcomes = [...new Set(candidates.map((sample) => sample.outcome))].join(', ') || 'nothing was made';
  return {
    state: 'not-gateable',
    title: 'Not gateable: nothing to judge',
    message: `No sample of the candidate has a picture: ${outcomes}.`,
  };
}

function statusOf(stop: Stop, infra: string | null): RunRecord['status'] {
  if (stop === 'failures' || (stop === null && infra !== null)) return 'failed';
  return stop ?? 'complete';
}

function settingsOf(request: RunRequest): RecordedSettings & Record<string, unknown> {
  const { samples, fixed, inputs, seed, concurrency, rpm, maxCost, maxFailures, useCache, selection, suite } = request;
  return {
    samples,
    fixed,
    inputs,
    seed,
    concurrency,
    rpm,
    maxCost,
    maxFailures,
    useCache,
    selection,
    metrics: suite.metrics,
    checks: suite.checks,
    suiteSamples: suite.samples,
  };
}

function recordedCases({ request, planned: { plan, baseline }, samples, pictures }: Finished): RunRecord['cases'] {
  const seen = new Set(samples.map((sample) => sample.case));
  return request.suite.cases
    .filter((each) => seen.has(each.name))
    .map((each) => {
      const { characters } = sheetRole(each, request.suite.characters);
      return {
        name: each.name,
        characters: characters.map(({ character, input }) => ({ name: character.name, sheet: input })),
        level: plan.levels.get(each.name) ?? 0,
        baseline: recordedBaseline(baseline, each.name, pictures, measuredHere(request)),
      };
    });
}

function recordedBaseline(
  baseline: Baseline,
  name: string,
  pictures: PictureStore,
  here: Measured,
): RunRecord['cases'][number]['baseline'] {
  const approved = baseline.cases.get(name);
  if (!approved) return null;
  const { run, approvedAt, model, revision, inputsMode, outcomes, samples } = approved;
  const picture = approvedPicture(baseline, name);
  const apart = incomparable(approved, here);
  const ids = Object.keys(approved.metrics).filter((id) => !(id in apart));
  return {
    run,
    approvedAt,
    model,
    revision,
    inputsMode,
    picture: picture?.sample.image ? pictures.put(picture.bytes, picture.sample.image) : null,
    outcomes,
    scores: Object.fromEntries(ids.map((id) => [id, samples.flatMap((sample) => sample.scores[id] ?? [])])),
    incomparable: Object.fromEntries(Object.entries(apart).map(([id, { reason }]) => [id, reason])),
  };
}

function measuredHere({ scorer }: RunRequest): Measured {
  const versions = Object.values(metrics).map(({ id, version }) => [id, version]);
  return { encoder: scorer.encoder, metrics: Object.fromEntries(versions) as Measured['metrics'] };
}

function warningsOf({ request, samples, planned: { baseline, gate, outlook } }: Finished): string[] {
  const unpriced = [...new Set(samples.map((sample) => sample.model))].filter((id) => !modelInfo(id)?.prices);
  const seen = new Set(samples.map((sample) => sample.case));
  const approved = [...baseline.cases.values()].filter((each) => seen.has(each.case));
  return [
    ...request.suite.warnings,
    ...unpriced.map((id) => `no price is known for ${id}: what its pictures cost is not counted`),
    ...versionWarnings(samples, approvedAnswers(approved)),
    ...incomparableWarnings(approved, measuredHere(request)),
    ...(baseline.cases.size === 0 ? ['no baseline yet: `evaluate approve` makes this run the approved one'] : []),
    ...(gate?.warnings ?? []),
    // Obstacles are the verdict's to tell.
    ...(gate?.obstacles.length === 0 ? (outlook()?.warnings ?? []) : []),
  ];
}

function approvedAnswers(approved: readonly ApprovedCase[]): Answered[] {
  return approved.flatMap(({ model, samples }) => samples.map(({ modelVersion }) => ({ model, modelVersion })));
}

function totalsOf(samples: readonly SampleRecord[]): RunRecord['totals'] {
  const attempts = samples.flatMap((sample) => sample.attempts);
  const sum = (values: (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const latencies = samples.flatMap((sample) => sample.latencyMs ?? []);
  return {
    calls: attempts.length,
    images: samples.filter((sample) => sample.image).length,
    cost: {
      spent: sum(attempts.map((attempt) => attempt.cost)),
      saved: sum(samples.map((sample) => sample.savedCost)),
      estimated: sum(attempts.filter((attempt) => attempt.costEstimated).map((attempt) => attempt.cost)),
      unpriced: attempts.filter((attempt) => attempt.cost === null).length,
    },
    latencyMs: {
      p50: latencies.length > 0 ? quantile(latencies, 0.5) : null,
      p95: latencies.length > 0 ? quantile(latencies, 0.95) : null,
    },
  };
}
