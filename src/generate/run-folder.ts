import { UsageError } from '../lib/errors.js';
import { createFolder, existsSync, mkdirSync, readdirSync, readFileSync, relink } from '../lib/files.js';
import { Journal, type JournalLine, readJournal, resume, type Resumed } from './journal.js';
import { sampleIdOf } from './panel.js';
import { hasLock, lockRun, type Processes } from './run-lock.js';
import type { Sample } from './sample.js';

/** Where a run lives while it is made: `reports/<suite>/<run-id>/`. */
export interface RunFolder {
  id: string;
  folder: string;
  journal: Journal;
  resumed: Resumed;
  /** ms since 1970; of the first process when the run is resumed. */
  startedAt: number;
  /** True when an earlier process began it. */
  continued: boolean;
  /** The gate's cap when it was last recorded, and whether it was left undecided there; `null` without a gate. */
  earlier: { cap: number; undecided: boolean } | null;
  /** To be called when everything about the run is written: it is open to other processes again. */
  release(): void;
}

export interface OpenRequest {
  /** `reports/<suite>`. */
  home: string;
  /** Hash of everything that makes two commands the same work. */
  matrix: string;
  /** A run id to go on with, `newest`, or `auto`: the newest unfinished run of the same matrix, else a new one; `never`. */
  resume: string;
  /** Try again what ended in an infrastructure error, also in a finished run. */
  retryErrors: boolean;
  /** Whether what was bought before may be used: only then a run that is complete but undecided goes on. */
  useCache: boolean;
  now: () => number;
  processes: Processes;
}

/** Finds the run to go on with, or opens a new one. */
export function openRun(request: OpenRequest): RunFolder {
  const found = findRun(request);
  const startedAt = found ? Date.parse(found.lines[0].at) : request.now();
  const { id, release } = found ?? newRun(request, startedAt);
  const folder = `${request.home}/${id}`;
  const resumed = resume(found?.lines ?? []);
  // Whoever issues the command of a failed run again wants to know whether the server is back.
  if (request.retryErrors || standingOf(folder).status === 'failed') {
    for (const [key, sample] of resumed.samples) if (isLost(sample)) resumed.samples.delete(key);
  }
  const journal = new Journal(`${folder}/journal.jsonl`, request.now);
  if (!found) journal.write({ type: 'started', run: id, matrix: request.matrix });
  mkdirSync(`${folder}/images`, { recursive: true });
  const earlier = found ? standingOf(folder).earlier : null;
  return { id, folder, journal, resumed, startedAt, continued: found !== null, earlier, release };
}

/** An error of the infrastructure took the picture, or what was to be said of it. */
function isLost({ outcome, judged }: Sample): boolean {
  return outcome === 'infra_error' || (judged?.votes.some((vote) => vote.outcome === 'infra_error') ?? false);
}

/** Points `latest` at the run. */
export function markLatest(home: string, id: string): void {
  relink(id, `${home}/latest`);
}

/**
 * Keys of the calls that unfinished runs under `home` made without knowing yet what they came to: where they are
 * answered, going on with the run reads them from the cache. Finished samples need no answer, since their pictures are
 * kept, but for turns: the next one sends it again.
 */
export function keysInUse(home: string): string[] {
  return runsUnder(home).flatMap((id) => {
    const folder = `${home}/${id}`;
    if (!isUnfinished(standingOf(folder), true) && !hasLock(folder)) return [];
    const lines = readJournal(`${folder}/journal.jsonl`);
    const finished = new Set(
      lines.flatMap((line) => (line.type === 'sample' && line.sample.turn === undefined ? [line.id] : [])),
    );
    const calls = lines.flatMap((line) => (line.type === 'call' ? [line] : line.type === 'batch' ? line.calls : []));
    return calls.flatMap(({ id, key }) => (finished.has(sampleIdOf(id)) ? [] : [key]));
  });
}

function runsUnder(home: string): string[] {
  return existsSync(home)
    ? readdirSync(home).filter((id) => id !== 'latest' && existsSync(`${home}/${id}/journal.jsonl`))
    : [];
}

interface FoundRun {
  id: string;
  release: () => void;
  lines: [JournalLine & { type: 'started' }, ...JournalLine[]];
}

function findRun({ home, matrix, resume: wanted, retryErrors, useCache, processes }: OpenRequest): FoundRun | null {
  if (wanted === 'never') return null;
  const ids = runsUnder(home);
  const named = wanted !== 'auto' && wanted !== 'newest';
  if (named && !ids.includes(wanted)) throw new UsageError(`--resume ${wanted}: no such run under ${home}`);
  for (const id of named ? [wanted] : ids.sort().reverse()) {
    const folder = `${home}/${id}`;
    const [started] = readJournal(`${folder}/journal.jsonl`);
    if (started?.type !== 'started') continue;
    const open = named || retryErrors || isUnfinished(standingOf(folder), useCache) || hasLock(folder);
    if (started.matrix === matrix && open) {
      const release = lockRun(folder, processes);
      // Read under the lock: until now another process may have written.
      if (release) return { id, release, lines: [started, ...readJournal(`${folder}/journal.jsonl`).slice(1)] };
      if (named) throw new UsageError(`--resume ${wanted}: another process is at work on that run`);
    } else if (named) {
      throw new UsageError(
        `--resume ${wanted}: that run was made from another suite text, matrix, baseline or encoder`,
        {
          fix: 'Run without --resume: what it paid for is in the cache and is not bought again.',
        },
      );
    }
  }
  if (wanted === 'newest') throw new UsageError(`--resume: no unfinished run of this matrix under ${home}`);
  return null;
}

interface Standing {
  status: string | null;
  earlier: RunFolder['earlier'];
}

/** A damaged record is as good as none, since going on with the run writes it anew from the journal. */
function standingOf(folder: string): Standing {
  const none = { status: null, earlier: null };
  if (!existsSync(`${folder}/run.json`)) return none;
  try {
    const { status, verdict, gate } = JSON.parse(readFileSync(`${folder}/run.json`, 'utf8')) as Partial<RecordedEnd>;
    const undecided = status === 'complete' && verdict?.state === 'inconclusive';
    const samples = gate?.terms.samples;
    // A number of samples that was fixed beforehand is not exceeded.
    const earlier = samples && samples.min < samples.max ? { cap: samples.max, undecided } : null;
    return { status: status ?? null, earlier };
  } catch (error) {
    if (error instanceof SyntaxError) return none;
    throw error;
  }
}

/** What of a run's record tells whether it can go on. */
interface RecordedEnd {
  status: string;
  verdict: { state: string } | null;
  gate: { terms: { samples: { min: number; max: number } } } | null;
}

function isUnfinished({ status, earlier }: Standing, useCache: boolean): boolean {
  return status !== 'complete' || (useCache && earlier?.undecided === true);
}

/** Sorts by time: `2026-11-20T14-03-22`, with a number behind it when two runs start in the same second. */
function newRun({ home, processes }: OpenRequest, startedAt: number): { id: string; release: () => void } {
  mkdirSync(home, { recursive: true });
  const stem = new Date(startedAt).toISOString().slice(0, 19).replaceAll(':', '-');
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? stem : `${stem}-${n}`;
    const release = createFolder(`${home}/${id}`) ? lockRun(`${home}/${id}`, processes) : null;
    if (release) return { id, release };
  }
}
