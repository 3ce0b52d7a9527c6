import { approvedPicture, type Baseline, baselineFolder, loadBaseline } from './gate/baseline.js';
import { AnswerCache } from './generate/answers.js';
import { Budget } from './generate/budget.js';
import { inHandBeforeRun } from './generate/cached.js';
import type { GenerateContext } from './generate/context.js';
import { generate, type Stop } from './generate/generate.js';
import { Limiter } from './generate/limiter.js';
import { PictureStore } from './generate/pictures.js';
import type { ExchangeStore, Provider } from './generate/provider.js';
import { markLatest, openRun, type RunFolder } from './generate/run-folder.js';
import type { Processes } from './generate/run-lock.js';
import { canonicalJson, sha256 } from './lib/hash.js';
import type { Clock } from './lib/clock.js';
import type { Random } from './lib/random.js';
import { type Estimate, estimatePlan } from './plan/estimate.js';
import { makePlan, type Plan } from './plan/plan.js';
import { type Selection, selectCases, selectVariants } from './plan/select.js';
import { type RunEvent, type RunRecord, type SampleRecord, writeRecord } from './record.js';
import { buildRecord } from './run-record.js';
import { ScoreQueue } from './score/score-queue.js';
import type { Scorer } from './score/scorer.js';
import { generationFor } from './suite/generation.js';
import type { Suite } from './suite/suite.js';

/** One execution of a suite's matrix: what to make, where things lie, and the outside world. */
export interface RunRequest {
  suite: Suite;
  selection: Selection;
  samples: number;
  inputs: 'approved' | 'generated';
  seed: number;
  folders: { reports: string; baselines: string; cache: string };
  emulated: boolean;
  /** See `KeyContent.origin`. */
  origin: string;
  provider: (answers: ExchangeStore) => Provider;
  scorer: Pick<Scorer, 'encoder' | 'score'>;
  concurrency: number;
  rpm: number | null;
  maxCost: number | null;
  maxFailures: number | null;
  useCache: boolean;
  resume: string;
  retryErrors: boolean;
  clock: Clock;
  random: Random;
  processes: Processes;
  signal: AbortSignal;
  onEvent: (event: RunEvent) => void;
  /** Shows the finished record; a process that is killed on the way leaves the run unfinished. */
  report: (record: RunRecord, folder: string) => Promise<void>;
}

/** What the plan needs of a request: nothing that could send anything. */
export type MatrixRequest = Omit<RunRequest, 'provider' | 'scorer' | 'signal' | 'onEvent' | 'report'>;

/** The whole pipeline: plan, then { generate -> score as it lands -> journal -> decide } until decided, then record. */
export async function run(request: RunRequest): Promise<RunRecord> {
  const baseline = loadBaseline(baselineFolder(request.folders.baselines, request.suite.name, request.emulated));
  const plan = planOf(request, baseline);
  const home = `${request.folders.reports}/${request.suite.name}`;
  const opened = openRun({ ...request, home, matrix: matrixOf(request, plan, baseline), now: request.clock.now });
  try {
    const record = await make(request, plan, baseline, opened);
    writeRecord(opened.folder, record);
    markLatest(home, opened.id);
    request.onEvent({ type: 'finished', record });
    await request.report(record, opened.folder);
    return record;
  } finally {
    opened.release();
  }
}

async function make(request: RunRequest, plan: Plan, baseline: Baseline, opened: RunFolder): Promise<RunRecord> {
  const context = contextOf(request, baseline, opened);
  const samples = new Map<string, SampleRecord>();
  const scoring = new ScoreQueue({
    suite: request.suite,
    // After an interruption nothing is scored any more; going on with the run makes up for it.
    score: (task) => (request.signal.aborted ? Promise.resolve({ scores: {} }) : request.scorer.score(task)),
    read: (picture) => context.pictures.read(picture),
    approved: (name) => approvedBytes(baseline, name),
  });

  context.onSample = (sample, planned) => {
    scoring.add(sample, planned, (scores) => {
      const scored = { ...sample, scores };
      samples.set(planned.id, scored);
      request.onEvent({
        type: 'sample',
        sample: scored,
        done: samples.size,
        planned: plan.samples.length,
        spent: context.budget.total,
      });
    });
  };
  const { calls, cost } = estimateOf(request, plan, baseline);
  request.onEvent({
    type: 'planned',
    suite: request.suite.name,
    emulated: request.emulated,
    run: opened.id,
    continued: opened.continued,
    samples: plan.samples.length,
    calls,
    cost,
    gate: null,
  });
  for (const planned of plan.samples) {
    const earlier = opened.resumed.samples.get(planned.id);
    if (!earlier) continue;
    context.made.set(planned.id, earlier);
    context.onSample(earlier, planned);
  }

  let stop: Stop = null;
  for (let rounds = 0; stop === null; rounds += 1) {
    const round = plan.next({ rounds, finished: samples.size });
    if (round === null) break;
    stop = await generate(round, context);
    await scoring.idle();
  }

  const inOrder = plan.samples.flatMap((planned) => samples.get(planned.id) ?? []);
  if (request.signal.aborted) stop = 'interrupted';
  return buildRecord({ request, plan, baseline, opened, stop, samples: inOrder, pictures: context.pictures });
}

/** What the run would make and cost. Sends nothing, writes nothing. */
export function preview(request: MatrixRequest): { plan: Plan; estimate: Estimate } {
  const baseline = loadBaseline(baselineFolder(request.folders.baselines, request.suite.name, request.emulated));
  const plan = planOf(request, baseline);
  return { plan, estimate: estimateOf(request, plan, baseline) };
}

function estimateOf(request: MatrixRequest, plan: Plan, baseline: Baseline): Estimate {
  const answers = new AnswerCache(`${request.folders.cache}/answers`);
  return estimatePlan(
    plan,
    inHandBeforeRun(plan, request.origin, {
      has: (key) => request.useCache && answers.has(key),
      asset: (name) => known(request.suite.assets[name], `asset ${name}`),
      approved: (name) => known(approvedPicture(baseline, name)?.sample.image, `approved picture of ${name}`),
    }),
  );
}

function planOf(request: MatrixRequest, baseline: Baseline): Plan {
  const { suite } = request;
  return makePlan({
    suite,
    variants: selectVariants(suite, request.selection),
    cases: selectCases(suite, request.selection),
    samples: request.samples,
    inputs: request.inputs,
    approved: new Set(
      [...baseline.cases.values()].filter((each) => each.representative !== null).map((each) => each.case),
    ),
    offset: baseline.offset,
    seed: request.seed,
    generationFor: (variant, each) => generationFor(suite, { generation: variant.settings }, each),
  });
}

/** Two commands with the same hash are the same work: the second goes on where the first stopped. */
function matrixOf(request: RunRequest, plan: Plan, baseline: Baseline): string {
  const approved = [...baseline.cases.values()].map((each) => [each.case, each.representative, each.approvedAt]);
  const planned = plan.samples.map(({ id, seed, inputs, generation }) => ({ id, seed, inputs, generation }));
  return sha256(canonicalJson([request.suite.hash, request.origin, request.scorer.encoder.sha256, approved, planned]));
}

function contextOf(request: RunRequest, baseline: Baseline, opened: RunFolder): GenerateContext {
  const answers = new AnswerCache(`${request.folders.cache}/answers`, request.useCache ? 0 : opened.startedAt);
  const pictures = new PictureStore(opened.folder);
  const earlier = [...opened.resumed.attempts.values()].flat().reduce((sum, attempt) => sum + (attempt.cost ?? 0), 0);
  return {
    ...request,
    provider: request.provider(answers),
    answers,
    pictures,
    journal: opened.journal,
    resumed: opened.resumed,
    limiter: new Limiter({
      now: request.clock.now,
      random: request.random,
      ...(request.rpm === null ? {} : { rpm: request.rpm }),
    }),
    budget: new Budget(request.maxCost, earlier),
    made: new Map(),
    asset: (name) => {
      const asset = known(request.suite.assets[name], `asset ${name}`);
      return { picture: pictures.put(asset.bytes, asset), bytes: asset.bytes };
    },
    approved: (name) => {
      const { bytes, sample } = known(approvedPicture(baseline, name), `approved picture of ${name}`);
      return { picture: pictures.put(bytes, known(sample.image, 'picture')), bytes };
    },
    onSample: () => undefined,
    onPause: (model, ms, reason) => {
      request.onEvent({ type: 'paused', model, ms, reason });
    },
  };
}

function approvedBytes(baseline: Baseline, name: string): { sha256: string; bytes: Uint8Array } | null {
  const approved = approvedPicture(baseline, name);
  return approved?.sample.image ? { sha256: approved.sample.image.sha256, bytes: approved.bytes } : null;
}

/** The plan names only what loading found; anything else is a bug. */
function known<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`the plan needs an unknown ${what}`);
  return value;
}
