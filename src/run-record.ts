import { basename } from 'node:path';
import { pricesAsOf } from './catalog/catalog.js';
import { type ApprovedTurn, type Baseline, pictureBytes, representativeOf } from './gate/baseline.js';
import { batchWarnings } from './gate/batch-arms.js';
import type { Measuring } from './gate/comparable.js';
import type { Obstacle } from './gate/input.js';
import type { Verdict } from './gate/verdict.js';
import type { Stop } from './generate/generate.js';
import type { PictureStore } from './generate/pictures.js';
import type { RunFolder } from './generate/run-folder.js';
import type { RunRecord, SampleRecord } from './record.js';
import type { RecordedSettings } from './record-settings.js';
import { type RecordedShards, shardsText } from './record-shards.js';
import type { RunRequest } from './run.js';
import { approvalOf, turnScores } from './run-approval.js';
import { JUDGE_PROMPT } from './plan/judge.js';
import { askedOf, checklistsAsked } from './run-asked.js';
import { conclusion } from './run-conclusion.js';
import { mayStart } from './run-gate.js';
import { type RunPlan, wholeMatrixOf } from './run-plan.js';
import { warningsBeforehand, warningsOf } from './run-warnings.js';
import { metrics } from './score/metrics/index.js';
import { sheetRole } from './score/sheet-role.js';

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

/** Puts what happened into the one contract that reporters read. */
export function buildRecord(finished: Finished): RunRecord {
  const { request, planned, opened, stop, samples, verdict, obstacles } = finished;
  const { suite, requireGate } = request;
  const { id, sha256 } = request.scorer.encoder;
  const { gate, variants, entire, baseline } = planned;
  const shards = shardsOf(finished);
  const note = shards && `this is ${shardsText(shards)}: \`evaluate merge\` joins them and judges`;
  return {
    version: 1,
    id: opened.id,
    suite: { name: suite.name, description: suite.description, hash: suite.hash },
    emulated: request.emulated,
    startedAt: new Date(opened.startedAt).toISOString(),
    finishedAt: new Date(request.clock.now()).toISOString(),
    settings: settingsOf(request),
    ...(shards && { shards }),
    encoder: { id, sha256 },
    prices: { asOf: pricesAsOf },
    asked: askedOf(suite, entire),
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
    ...conclusion(samples, {
      candidate: variants.find((variant) => variant.candidate)?.id,
      terms: gate?.terms ?? null,
      verdict,
      obstacles,
      requireGate,
      checks: suite.checks,
      stop,
      isPart: shards !== null && mayStart(request, gate),
    }),
    warnings: [
      ...(note === null ? [] : [note]),
      ...replayWarnings(request),
      ...warningsBeforehand(suite, planned),
      ...warningsOf({ samples, shards }, baseline, measuredHere(request)),
      ...(request.against?.kind === 'run'
        ? batchWarnings(samples, request.against.record.samples, `run ${request.against.record.id}`)
        : []),
    ],
  };
}

function shardsOf({ request, planned, opened, stop }: Finished): RecordedShards | null {
  if (!request.shard) return null;
  const { number, of } = request.shard;
  return {
    of,
    matrix: wholeMatrixOf(request, planned, request.scorer.encoder),
    beforehand: {
      obstacles: [...(planned.gate?.obstacles ?? [])],
      warnings: [...replayWarnings(request), ...warningsBeforehand(request.suite, planned)],
    },
    parts: [{ shard: number, run: opened.id, stop }],
  };
}

function replayWarnings({ replay }: RunRequest): string[] {
  if (!replay) return [];
  const { file, header } = replay.cassette;
  return [`replayed from ${basename(file)}, recorded ${header.at}: nothing was sent, and latencies are those of then`];
}

function settingsOf(request: RunRequest): RecordedSettings & Record<string, unknown> {
  const {
    samples,
    fixed,
    inputs,
    seed,
    requireGate,
    concurrency,
    limits,
    maxCost,
    maxFailures,
    useCache,
    selection,
    suite,
    replay,
    batch,
  } = request;
  return {
    samples,
    fixed,
    inputs,
    seed,
    requireGate,
    concurrency,
    limits,
    maxCost,
    maxFailures,
    useCache,
    ...(batch && { batch: true }),
    ...(replay && { replay: { file: basename(replay.cassette.file), recordedAt: replay.cassette.header.at } }),
    selection,
    metrics: suite.metrics,
    checks: suite.checks,
    suiteSamples: suite.samples,
    ...(suite.retry && { retry: suite.retry }),
    ...(suite.judge && { judge: { ...suite.judge, prompt: JUDGE_PROMPT } }),
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
  here: Measuring,
): RunRecord['cases'][number]['baseline'] {
  const approved = baseline.cases.get(name);
  if (!approved) return null;
  const representative = representativeOf(approved);
  const shown = (turn: ApprovedTurn | null) => ({
    picture: turn?.image ? pictures.put(pictureBytes(baseline, { ...turn, image: turn.image }), turn.image) : null,
    ...(turn?.found ? { found: turn.found } : {}),
  });
  const turns = approved.turns?.map(({ prompt }, index) => ({
    ...shown(representative?.turns?.[index] ?? null),
    prompt,
    scores: turnScores(approved, index, here),
  }));
  return { ...approvalOf(approved, here), ...shown(representative), ...(turns && { turns }) };
}

function measuredHere({ scorer, suite }: RunRequest): Measuring {
  const versions = Object.values(metrics).map(({ id, version }) => [id, version]);
  const metricVersions = Object.fromEntries(versions) as Measuring['metrics'];
  return { encoder: scorer.encoder, metrics: metricVersions, checklists: checklistsAsked(suite) };
}
