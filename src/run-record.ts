import { modelInfo, pricesAsOf } from './catalog/catalog.js';
import { type Baseline, approvedPicture } from './gate/baseline.js';
import { runChecks } from './gate/checks.js';
import { incomparable, incomparableWarnings, type Measured } from './gate/comparable.js';
import { infraFailure } from './gate/infra.js';
import type { Stop } from './generate/generate.js';
import type { PictureStore } from './generate/pictures.js';
import type { RunFolder } from './generate/run-folder.js';
import type { Plan } from './plan/plan.js';
import { selectVariants } from './plan/select.js';
import type { RunRecord, SampleRecord } from './record.js';
import type { RunRequest } from './run.js';
import { metrics } from './score/metrics/index.js';
import { sheetRole } from './score/sheet-role.js';
import { quantile } from './stats/summary.js';

interface Finished {
  request: RunRequest;
  plan: Plan;
  baseline: Baseline;
  opened: RunFolder;
  stop: Stop;
  samples: SampleRecord[];
  pictures: PictureStore;
}

/** Puts what happened into the one contract that reporters read. */
export function buildRecord(finished: Finished): RunRecord {
  const { request, opened, stop, samples } = finished;
  const { suite } = request;
  const { id, sha256 } = request.scorer.encoder;
  const variants = selectVariants(suite, request.selection);
  const judged = samples.filter((sample) => sample.extra === undefined);
  const infra = infraFailure(judged);
  const candidate = variants.find((variant) => variant.candidate);
  // What the infrastructure lost says nothing about the pictures; it has its own limit.
  const candidates = judged.filter(
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
    metrics: Object.fromEntries(Object.values(metrics).map(({ id, version, better }) => [id, { version, better }])),
    variants: variants.map(({ id, model, name, revision, candidate: first }) => ({
      id,
      model,
      name,
      revision,
      candidate: first,
    })),
    cases: recordedCases(finished),
    samples,
    gate: null,
    verdict: verdictOf(infra, stop, candidates),
    checks: candidate ? runChecks(suite.checks, candidate.id, candidates) : [],
    warnings: warningsOf(finished),
    totals: totalsOf(samples),
  };
}

/** Fails closed: a candidate without a single picture has passed nothing. */
function verdictOf(infra: string | null, stop: Stop, candidates: readonly SampleRecord[]): RunRecord['verdict'] {
  if (infra !== null) return { state: 'infra', title: 'No verdict: the infrastructure failed', message: infra };
  if (stop !== null || candidates.some((sample) => sample.image)) return null;
  const outcomes = [...new Set(candidates.map((sample) => sample.outcome))].join(', ') || 'nothing was made';
  return {
    state: 'not-gateable',
    title: 'Nothing to judge',
    message: `No sample of the candidate has a picture: ${outcomes}.`,
  };
}

function statusOf(stop: Stop, infra: string | null): RunRecord['status'] {
  if (stop === 'failures' || (stop === null && infra !== null)) return 'failed';
  return stop ?? 'complete';
}

function settingsOf(request: RunRequest): Record<string, unknown> {
  const { samples, inputs, seed, concurrency, rpm, maxCost, maxFailures, useCache, selection, suite } = request;
  return {
    samples,
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
  };
}

function recordedCases({ request, plan, baseline, samples, pictures }: Finished): RunRecord['cases'] {
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

function warningsOf({ request, samples, baseline }: Finished): string[] {
  const unpriced = [...new Set(samples.map((sample) => sample.model))].filter((id) => !modelInfo(id)?.prices);
  const gated = Object.entries(request.suite.metrics)
    .filter(([, settings]) => settings.gate)
    .map(([id]) => id);
  const seen = new Set(samples.map((sample) => sample.case));
  const approved = [...baseline.cases.values()].filter((each) => seen.has(each.case));
  return [
    ...request.suite.warnings,
    ...unpriced.map((id) => `no price is known for ${id}: what its pictures cost is not counted`),
    ...incomparableWarnings(approved, measuredHere(request)),
    ...(baseline.cases.size === 0 ? ['no baseline yet: `evaluate approve` makes this run the approved one'] : []),
    ...(gated.length > 0
      ? [`this version does not gate yet (${gated.join(', ')}): metrics are shown, checks decide`]
      : []),
  ];
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
