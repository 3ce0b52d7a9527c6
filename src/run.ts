import { type Baseline, pictureBytes, representedTurn } from './gate/baseline.js';
import { gate as judge } from './gate/gate.js';
import { infraFailure } from './gate/infra.js';
import type { Obstacle } from './gate/input.js';
import { nextSlots } from './gate/next-slots.js';
import type { BatchSettings } from './generate/batches.js';
import type { CassettePlayer } from './generate/cassette-player.js';
import { generate, type Stop } from './generate/generate.js';
import type { ExchangeStore, Provider } from './generate/provider.js';
import { markLatest, openRun, type RunFolder } from './generate/run-folder.js';
import type { Processes } from './generate/run-lock.js';
import { refuseUnrecorded, shortage } from './generate/unrecorded.js';
import type { Clock } from './lib/clock.js';
import { removeEmptyFolder, rmSync } from './lib/files.js';
import type { Random } from './lib/random.js';
import type { PlannedSample } from './plan/plan.js';
import type { Selection } from './plan/select.js';
import type { Shard } from './plan/shard.js';
import { type RunEvent, type RunRecord, type SampleRecord, writeRecord } from './record.js';
import { missingShards } from './record-shards.js';
import { type Against, mayStart, type RunGate } from './run-gate.js';
import { contextOf } from './run-context.js';
import { gatePlan, matrixOf, planRun, type RunPlan } from './run-plan.js';
import { judged } from './run-conclusion.js';
import { buildRecord } from './run-record.js';
import { ScoreQueue } from './score/score-queue.js';
import type { Scorer } from './score/scorer.js';
import type { Limits, Suite } from './suite/suite.js';

/** One execution of a suite's matrix: what to make, where things lie, and the outside world. */
export interface RunRequest {
  suite: Suite;
  selection: Selection;
  /** A case: looks of the gate begin after `min`, the cap is `max`. */
  samples: { min: number; max: number };
  /** A t interval on `max` samples in place of the sequential rule. */
  fixed: boolean;
  /** `null`: the baseline, as far as there is one. */
  against: Against | null;
  /** Nothing is bought unless there is something to judge against. */
  requireGate: boolean;
  inputs: 'approved' | 'generated';
  seed: number;
  /** Makes this part of the run only, and judges nothing. */
  shard?: Shard;
  /** Takes every answer from a cassette: nothing is sent, and the cache is left alone. */
  replay?: CassettePlayer;
  /** Samples go in batch jobs; all are made before the first look at the verdict. */
  batch?: BatchSettings;
  folders: { reports: string; baselines: string; cache: string };
  emulated: boolean;
  /** See `KeyContent.origin`. */
  origin: string;
  provider: (answers: ExchangeStore) => Provider;
  scorer: Pick<Scorer, 'encoder' | 'score'>;
  concurrency: number;
  /** They win over those of the suite, for every model. */
  limits: Limits;
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
  const { encoder } = request.scorer;
  const home = `${request.folders.reports}/${request.suite.name}`;
  const matrix = matrixOf(request, planRun(request, encoder), encoder);
  const opened = openRun({ ...request, home, matrix, now: request.clock.now });
  try {
    return await finish(request, home, opened);
  } catch (thrown) {
    // No run goes on with a replay, and what it lacked is told.
    if (request.replay) {
      rmSync(opened.folder, { recursive: true });
      removeEmptyFolder(home);
    }
    throw thrown;
  }
}

async function finish(request: RunRequest, home: string, opened: RunFolder): Promise<RunRecord> {
  const { encoder } = request.scorer;
  try {
    const record = await make(request, planRun(request, encoder, capOf(request, opened)), opened);
    writeRecord(opened.folder, record);
    markLatest(home, opened.id);
    request.onEvent({ type: 'finished', record });
    await request.report(record, opened.folder);
    return record;
  } finally {
    opened.release();
  }
}

/** A run that was left undecided at its cap goes on: the same command again raises the cap by as much. */
function capOf({ samples: { max } }: RunRequest, { earlier }: RunFolder): number {
  if (earlier === null) return max;
  return earlier.undecided && max <= earlier.cap ? earlier.cap + max : Math.max(max, earlier.cap);
}

async function make(request: RunRequest, planned: RunPlan, opened: RunFolder): Promise<RunRecord> {
  const { plan, baseline, gate } = planned;
  const context = contextOf(request, baseline, opened);
  const samples = new Map<string, SampleRecord>();
  const ordered = new Set<string>();
  const scoring = new ScoreQueue({
    suite: request.suite,
    // After an interruption nothing is scored any more; going on with the run makes up for it.
    score: (task) => (request.signal.aborted ? Promise.resolve({ scores: {} }) : request.scorer.score(task)),
    read: (picture) => context.pictures.read(picture),
    approved: (name, turn) => approvedBytes(baseline, name, turn),
  });

  context.onSample = (sample, each) => {
    scoring.add(sample, each, (scores) => {
      const scored = { ...sample, scores };
      samples.set(each.id, scored);
      const [done, all, spent] = [samples.size, ordered.size, context.budget.total];
      request.onEvent({ type: 'sample', sample: scored, done, planned: all, spent });
    });
  };
  const policy = request.suite.retry?.quality;
  if (policy) context.retry = { ...policy, scoresOf: (sample, each) => scoring.beforehand(sample, each) };
  request.onEvent(plannedEvent(request, planned, opened));

  /** In the order of the plan, as the record keeps them, whatever landed first. */
  const inOrder = () => [...ordered].flatMap((id) => samples.get(id) ?? []);
  const inputOf = ({ input, obstacles }: RunGate) => {
    const all = inOrder();
    const said = input(all, infraFailure(judged(all)));
    // What only the samples tell is told when all of them are there.
    const later = [
      ...(request.shard ? missingBeside(request.shard) : []),
      ...shortage(context.unrecorded ?? [], request.replay?.cassette),
    ];
    return later.length > 0 ? { ...said, obstacles: [...obstacles, ...later] } : said;
  };
  let stop: Stop = null;
  let round: readonly PlannedSample[] = mayStart(request, gate) ? plan.first : [];
  while (stop === null && round.length > 0) {
    for (const { id } of round) ordered.add(id);
    for (const each of round) {
      const earlier = opened.resumed.samples.get(each.id);
      if (!earlier) continue;
      context.made.set(each.id, earlier);
      context.onSample(earlier, each);
    }
    stop = await generate(round, context);
    await scoring.idle();
    if (round === plan.first && request.replay) refuseUnrecorded(context.unrecorded ?? [], request.replay.cassette);
    // What the server would not give now is not asked for again in the same run.
    if ([...samples.values()].some((sample) => sample.pending)) break;
    round =
      gate && !request.batch ? plan.more(nextSlots(inputOf(gate), [], atATime(request, gate)), gate.variants) : [];
  }

  if (request.signal.aborted) stop = 'interrupted';
  const input = gate && inputOf(gate);
  const verdict = input && judge(input);
  const obstacles = input?.obstacles ?? [];
  return buildRecord({
    request,
    planned,
    opened,
    stop,
    samples: inOrder(),
    pictures: context.pictures,
    verdict,
    obstacles,
  });
}

function missingBeside({ number, of }: Shard): Obstacle[] {
  return missingShards({ of, parts: [{ shard: number }] });
}

/** Slots of a round: as many as calls may run at a time, and whole chains where they are made anew. */
function atATime({ concurrency, inputs }: RunRequest, { terms }: RunGate): number {
  return inputs === 'generated' ? Math.max(concurrency, terms.cases.length) : concurrency;
}

function plannedEvent({ suite, emulated, replay }: RunRequest, planned: RunPlan, opened: RunFolder) {
  const { plan, estimate } = planned;
  return {
    type: 'planned' as const,
    suite: suite.name,
    emulated,
    run: opened.id,
    continued: opened.continued,
    ...(replay && { replayed: true as const }),
    samples: new Set(plan.first.map((each) => `${each.variant.id}/${each.case}#${each.sample}`)).size,
    calls: estimate.calls,
    cost: estimate.cost,
    gate: gatePlan(planned),
  };
}

function approvedBytes(baseline: Baseline, name: string, turn?: number): { sha256: string; bytes: Uint8Array } | null {
  const approved = representedTurn(baseline.cases.get(name), turn);
  return approved && { sha256: approved.image.sha256, bytes: pictureBytes(baseline, approved) };
}
