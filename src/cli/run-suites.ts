import * as path from 'node:path';
import type { Cassette } from '../generate/cassette.js';
import { CassettePlayer } from '../generate/cassette-player.js';
import type { CassetteRecorder } from '../generate/cassette-recorder.js';
import { debugged, openDebugFolder } from '../generate/debug-folder.js';
import { markFile } from '../image/mark-file.js';
import type { ExchangeStore } from '../generate/provider.js';
import { systemClock } from '../lib/clock.js';
import { encoderOnDisk } from '../encode/source.js';
import { UsageError } from '../lib/errors.js';
import { seededRandom } from '../lib/random.js';
import type { RunEvent, RunRecord } from '../record.js';
import type { Reporter } from '../report/reporter.js';
import { type MatrixRequest, run } from '../run.js';
import { planRun } from '../run-plan.js';
import { openScorer, type Scorer } from '../score/scorer.js';
import { loadSuite } from '../suite/load.js';
import { present } from '../suite/present.js';
import type { Limits, Suite } from '../suite/suite.js';
import type { RunFlags } from './commands/run.js';
import type { CommandContext } from './context.js';
import { type Connection, connect, defaultEncoder } from './connecting.js';
import { type Deliver, deliveryOf } from './delivering.js';
import { batchSettings, checkBatch, fixedNumber } from './batching.js';
import { emulatorOrigin } from './emulating.js';
import { exitCodeOf, exitCodes, worstExitCode } from './exit-code.js';
import { resolveAgainst } from './against.js';
import { baselinesFolder, cacheFolder, lookForRecord } from './folders.js';
import { planText, type Preview, shardLine } from './plan-text.js';
import { systemProcesses } from './processes.js';
import { makeReporters } from './reporting.js';
import { scorerData } from './scorer-data.js';
import { inspectImage, suiteTargets } from './suite-targets.js';
import { cassetteOf, recorderOf } from './taping.js';

/** Loads every suite before anything is spent, then runs them one after another. Resolves to the exit code. */
export async function runSuites(targets: readonly string[], flags: RunFlags, context: CommandContext): Promise<number> {
  if (flags.perMonth !== undefined && !flags.dryRun)
    throw new UsageError('--per-month is for planning', { fix: 'Add --dry-run.' });
  checkBatch(flags, context);
  const cassette = cassetteOf(flags, context);
  const suites = await Promise.all(
    (await suiteTargets(targets, context.cwd)).map((target) =>
      loadSuite(target, { inspectImage, markRegion: markFile, revisions: gitRevisions(flags) }),
    ),
  );
  const requests = suites.map((suite) => baseRequest(suite, flags, cassette, context));
  const deliver = deliveryOf(flags, context);
  makeReporters(flags, context);
  const previews = await previewsOf(requests, flags, context);
  if (flags.dryRun) {
    context.stdout(planText(previews, flags));
    return exitCodes.pass;
  }
  const unpriced = [...new Set(previews.flatMap(({ planned }) => planned.estimate.unpriced))];
  if (flags.maxCost !== undefined && unpriced.length > 0) {
    throw new UsageError(`--max-cost: no price is known for ${unpriced.join(', ')}, so nothing can hold it to a sum`, {
      fix: 'Leave --max-cost out, or narrow the run with --model.',
    });
  }
  for (const preview of previews) for (const text of shardLine(preview)) context.stderr(`${preview.suite}: ${text}\n`);
  const connection = await connect(flags, context, cassette);
  try {
    const recorder = recorderOf(flags, connection, context);
    const data = scorerData(flags.encoder ?? connection.defaultEncoder, context);
    const scorer = await openScorer(data, (message) => context.stderr(`${message}\n`));
    return await runAll(requests, { flags, context, connection, recorder, scorer, deliver }).finally(() =>
      scorer.close(),
    );
  } finally {
    await connection.close();
  }
}

async function previewsOf(
  requests: readonly MatrixRequest[],
  flags: RunFlags,
  context: CommandContext,
): Promise<Preview[]> {
  return Promise.all(
    requests.map(async (request) => {
      const spec = flags.encoder ?? defaultEncoder(request.emulated);
      const encoder = await encoderOnDisk(spec, scorerData(spec, context).load);
      return { suite: request.suite.name, shard: request.shard ?? null, planned: planRun(request, encoder) };
    }),
  );
}

async function runAll(
  requests: readonly MatrixRequest[],
  {
    flags,
    context,
    connection,
    recorder,
    scorer,
    deliver,
  }: {
    flags: RunFlags;
    context: CommandContext;
    connection: Connection;
    recorder: CassetteRecorder | null;
    scorer: Scorer;
    deliver: Deliver;
  },
): Promise<number> {
  const debug = flags.debug === undefined ? null : openDebugFolder(path.resolve(context.cwd, flags.debug));
  const abort = new AbortController();
  const stopListening = context.onInterrupt(() => {
    abort.abort();
  });
  const watched = (store: ExchangeStore) => {
    const recorded = recorder?.recorded(store, abort.signal) ?? store;
    return debug === null ? recorded : debugged(recorded, debug, systemClock.now);
  };
  const records: RunRecord[] = [];
  for (const request of requests) {
    if (abort.signal.aborted) break;
    const reporters = makeReporters(flags, context, request.suite);
    const onEvent = tell(reporters, request, context);
    const record = await run({
      ...request,
      emulated: connection.emulated,
      origin: connection.origin,
      ...batchSettings(flags, connection.emulated),
      provider: (store) => connection.provider(watched(store)),
      scorer,
      signal: abort.signal,
      onEvent,
      report: async (made, folder) => {
        for (const reporter of reporters) await reporter.onEnd?.(made, { folder, write: context.stdout });
      },
    });
    records.push(record);
    await deliver(record, `${request.folders.reports}/${request.suite.name}/${record.id}`);
  }
  stopListening();
  if (flags.json) context.stdout(`${JSON.stringify(requests.length > 1 ? { runs: records } : records[0], null, 2)}\n`);
  const cutShort = records.length < requests.length ? [exitCodes.interrupted] : [];
  return worstExitCode([...records.map(exitCodeOf), ...cutShort]);
}

function tell(
  reporters: readonly Reporter[],
  { folders, suite }: MatrixRequest,
  { stdout }: CommandContext,
): (event: RunEvent) => void {
  let folder = '';
  return (event) => {
    if (event.type === 'planned') folder = `${folders.reports}/${suite.name}/${event.run}`;
    for (const reporter of reporters) reporter.onEvent?.(event, { folder, write: stdout });
  };
}

/** Everything about a run that the flags and the suite decide between them. */
function baseRequest(suite: Suite, flags: RunFlags, cassette: Cassette | null, context: CommandContext): MatrixRequest {
  const selection = { models: flags.model, revisions: flags.revision, cases: flags.case };
  const against = againstOf(flags);
  const find = (named: string) => recordOf(suite, lookForRecord(named, flags.output, context)?.record);
  return {
    suite,
    selection,
    samples: samplesOf(suite, flags),
    ...(flags.shard && { shard: flags.shard }),
    fixed: flags.fixed === true,
    against: against === null ? null : resolveAgainst(against, suite, selection, find),
    requireGate: flags.requireGate === true || flags.against === 'baseline',
    inputs: flags.inputs ?? suite.inputs,
    seed: flags.seed,
    folders: {
      reports: path.resolve(context.cwd, flags.output),
      baselines: baselinesFolder(context),
      cache: cacheFolder(context),
    },
    ...originOf(flags, cassette),
    ...(cassette && { replay: new CassettePlayer(cassette) }),
    ...batchSettings(flags, flags.offline === true),
    concurrency: flags.concurrency,
    limits: limitsOf(flags),
    maxCost: flags.maxCost ?? null,
    maxFailures: flags.maxFailures ?? null,
    useCache: flags.cache,
    resume: resumeOf(flags),
    retryErrors: flags.retryErrors === true,
    clock: systemClock,
    processes: systemProcesses,
    random: seededRandom(systemClock.now()),
  };
}

function limitsOf({ rpm, tpm, rpd }: RunFlags): Limits {
  return present<Limits>({ rpm, tpm, rpd });
}

/** As far as it is known before anything is connected to. */
function originOf({ offline }: RunFlags, cassette: Cassette | null): Pick<MatrixRequest, 'emulated' | 'origin'> {
  if (cassette) return { emulated: cassette.header.emulated, origin: cassette.header.origin };
  return { emulated: offline === true, origin: offline ? emulatorOrigin : 'gemini' };
}

/** What is recorded must be a whole run, and a replay costs nothing: neither goes on with another. */
function resumeOf({ resume, record, replay }: RunFlags): string {
  if (record !== undefined || replay !== undefined) return 'never';
  return resume === true ? 'newest' : (resume ?? 'auto');
}

function samplesOf(suite: Suite, { samples = suite.samples, shard, fixed, batch }: RunFlags): MatrixRequest['samples'] {
  const { min, max } = samples;
  if (fixed || min === max) return samples;
  const asks = samples === suite.samples ? suite.name : '-n';
  if (batch) throw fixedNumber(asks, samples);
  if (shard === undefined) return samples;
  throw new UsageError(
    `--shard: ${asks} asks for ${min}..${max} samples a case, and a shard cannot stop on a verdict that it cannot see`,
    { fix: `Give one number: -n ${max}.` },
  );
}

/** Revisions of git that the flags name; loading renders them beside those of the suite. */
function gitRevisions(flags: RunFlags): string[] {
  const against = againstOf(flags);
  return [...flags.revision, ...(against === null ? [] : [against])].filter((name) => name.startsWith('git:'));
}

/** `git:REF` means the folder of the candidate's revision in that commit: the one that --revision names, where it does. */
function againstOf({ revision: [candidate], against }: RunFlags): string | null {
  if (against === undefined) return null;
  const bare = /^git:[^:]+$/.test(against) && candidate !== undefined && !candidate.startsWith('git:');
  return bare ? `${against}:${candidate}` : against;
}

function recordOf(suite: Suite, record: RunRecord | undefined): RunRecord | null {
  if (record && record.suite.name !== suite.name)
    throw new UsageError(`--against ${record.id}: that is a run of ${record.suite.name}, not of ${suite.name}`);
  return record ?? null;
}
