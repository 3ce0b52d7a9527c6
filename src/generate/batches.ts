import { sha256 } from '../lib/hash.js';
import type { GenerateContext } from './context.js';
import { failedAttempt } from './attempt.js';
import type { Job } from './job.js';
import { learn, type JournalLine, type OpenBatch } from './journal.js';
import type { BatchEnd, BatchProvider, Failure } from './provider.js';
import { backoffMs, mayRetry } from './retry.js';

/** How batch jobs are made, whatever the run. */
export interface BatchSettings {
  /** ms between two looks at a job: the first, and what it grows to. */
  pollMs: { first: number; most: number };
  /** Requests that are larger together go as a file. */
  inlineBytes: number;
  /** Jobs outlive the process that handed them in; those of an embedded emulator do not. */
  lasting: boolean;
}

export interface BatchTerms extends BatchSettings {
  /** Id of the run: part of the names that jobs are found by. */
  run: string;
  onProgress(progress: BatchProgress): void;
  /** The process ends before these jobs do, given by their names at the server. */
  onLeft(jobs: string[]): void;
}

/** One look at one job. */
export interface BatchProgress {
  number: number;
  of: number;
  model: string;
  job: string;
  requests: number;
  state: 'waits' | 'runs' | BatchEnd | 'gone';
  /** ms since it was handed in. */
  runningMs: number;
}

/**
 * Told why a request has no answer, and what is to be booked: nothing while its job goes on (`open`), an attempt without
 * a price (`failed`), or one that may have to be paid, as nobody can tell what became of it (`charged`).
 */
export type Lost = (call: { id: string; key: string }, failure: Failure, booked: 'open' | 'failed' | 'charged') => void;

/** Requests of one job: what is lost with a job, or with one answer of it, stays small. */
const MOST_REQUESTS = 100;
/** Looks in a row that may fail, some minutes; then the job is left to itself until the command is given again. */
const MOST_REFUSALS = 10;

/**
 * Hands in one job a model and waits for all of them. Each answer is stored as it would be by a call of its own; `lost`
 * hears of the others. Once the signal fires nothing more is said: the journal names the jobs that go on.
 */
export async function inBatches(jobs: readonly Job[], context: GenerateContext, terms: BatchTerms, lost: Lost) {
  const sent: OpenBatch[] = [];
  for (const { model, part } of parts(jobs)) {
    if (context.signal.aborted) break;
    const handed = await handIn(model, part, context, terms);
    if ('failure' in handed) for (const call of handed.calls) lost(call, handed.failure, 'failed');
    else if (handed.job !== null) sent.push(handed);
  }
  await collect(sent, context, terms, lost);
}

/** Waits for the jobs that an earlier process left. Gives back, by key, what they have no answer to, and why. */
export async function settleOpenBatches(context: GenerateContext, terms: BatchTerms): Promise<Map<string, Failure>> {
  const unsettled = new Map<string, Failure>();
  const found: OpenBatch[] = [];
  for (const batch of [...context.resumed.batches.values()]) {
    const there = batch.job === null ? await providerOf(context).find(batch.name, context.signal) : { job: batch.job };
    if ('failure' in there) {
      const reason = `It cannot be told whether the batch job '${batch.name}' was handed in: ${there.failure.reason}`;
      for (const { key } of batch.calls) unsettled.set(key, { ...there.failure, reason });
    } else if (there.job === null) {
      note(context, { type: 'batch-over', batch: batch.name, sent: false });
    } else {
      if (batch.job === null) note(context, { type: 'batch-job', batch: batch.name, job: there.job });
      found.push({ ...batch, job: there.job });
    }
  }
  await collect(found, context, terms, (call, failure, booked) => {
    unsettled.set(call.key, failure);
    // What may have to be paid stays open in the diary, and is booked as every call that got lost.
    if (booked === 'failed')
      note(context, { type: 'answer', ...call, attempt: failedAttempt(failure, context.clock.now()) });
  });
  return unsettled;
}

async function handIn(
  model: string,
  jobs: readonly Job[],
  context: GenerateContext,
  { run, inlineBytes }: BatchTerms,
): Promise<OpenBatch | { failure: Failure; calls: OpenBatch['calls'] }> {
  const { clock, journal, random, signal } = context;
  const provider = providerOf(context);
  const calls = jobs.map(({ id, key }) => ({ id, key }));
  const name = `evaluate ${run} ${sha256(`${calls.map(({ key }) => key).join()} ${random()}`).slice(0, 12)}`;
  const { at } = journal.write({ type: 'batch', batch: name, model, calls });
  const opened = (job: string | null): OpenBatch => {
    if (job !== null) journal.write({ type: 'batch-job', batch: name, job });
    return { name, model, calls, job, at };
  };
  for (let tries = 1, waited = 0; ; tries += 1) {
    const handed = await provider.submit({ name, model, requests: jobs, inlineBytes }, signal);
    if ('job' in handed) return opened(handed.job);
    const { failure } = handed;
    // Whatever was said or not said, the job may be there all the same.
    const isUncertain = failure.retry === 'yes' && !failure.unreachable;
    const found = isUncertain ? await provider.find(name, signal) : { job: null };
    if ('job' in found && found.job !== null) return opened(found.job);
    if (signal.aborted) return opened(null);
    const delay = typeof failure.retry === 'object' ? (failure.retry.pauseMs ?? 0) : 0;
    const wait = Math.max(delay, backoffMs(tries, random));
    if (!isTemporary(failure) || !mayRetry(tries, waited + wait)) {
      if ('job' in found) journal.write({ type: 'batch-over', batch: name, sent: false });
      return { failure, calls };
    }
    waited += wait;
    await clock.sleep(wait, signal);
  }
}

async function collect(batches: readonly OpenBatch[], context: GenerateContext, terms: BatchTerms, lost: Lost) {
  const { clock, signal } = context;
  const open = new Set(batches);
  let wait = terms.pollMs.first;
  let refused = 0;
  while (open.size > 0 && !signal.aborted) {
    for (const batch of open) {
      const { job, calls, model } = batch;
      if (job === null) throw new Error(`the job of '${batch.name}' is not known`);
      const keys = calls.map(({ key }) => key);
      const looked = await providerOf(context).look(job, keys, signal);
      if (signal.aborted) break;
      if ('failure' in looked) {
        refused += 1;
        if (isTemporary(looked.failure) && refused < MOST_REFUSALS) continue;
        open.delete(batch);
        const reason = `The batch job ${job} cannot be asked after: ${looked.failure.reason}`;
        for (const call of calls) lost(call, { ...looked.failure, retry: 'yes', reason }, 'open');
        continue;
      }
      refused = 0;
      const place = { number: batches.indexOf(batch) + 1, of: batches.length, model, job, requests: calls.length };
      terms.onProgress({ ...place, state: looked.state, runningMs: clock.now() - Date.parse(batch.at) });
      if (looked.state === 'waits' || looked.state === 'runs') continue;
      open.delete(batch);
      if ('failures' in looked) settle(batch, looked, context, lost);
      else forget(batch, context, lost);
    }
    if (open.size === 0) return;
    await clock.sleep(wait, signal);
    wait = Math.min(terms.pollMs.most, wait * 1.5);
  }
  if (open.size > 0) terms.onLeft([...open].flatMap(({ job }) => job ?? []));
}

/** Writes down what has no answer; the others are in the cache, and booked as they are read from there. */
function settle(
  { name, job, calls }: OpenBatch,
  { state, reason, failures }: { state: BatchEnd; reason: string | null; failures: Map<string, Failure> },
  context: GenerateContext,
  lost: Lost,
): void {
  note(context, { type: 'batch-over', batch: name, sent: true });
  const missing = reason ?? `The batch job ${job} ${state}, and has no answer to this request.`;
  for (const call of calls) {
    if (context.answers.has(call.key)) continue;
    lost(call, failures.get(call.key) ?? { reason: missing, retry: 'yes' }, 'failed');
  }
}

/** An emulator forgets its jobs when it ends, and nothing was paid for them: they are handed in again. */
function forget({ name, job, calls }: OpenBatch, context: GenerateContext, lost: Lost): void {
  const isEmulated = context.provider.emulated;
  const reason = `The server does not know the batch job ${job} any more, or not with this key.`;
  note(context, { type: 'batch-over', batch: name, sent: !isEmulated });
  if (!isEmulated) for (const call of calls) lost(call, { reason, retry: 'yes' }, 'charged');
}

function isTemporary({ retry }: Failure): boolean {
  return retry === 'yes' || typeof retry === 'object';
}

function providerOf({ provider }: GenerateContext): BatchProvider {
  if (!provider.batches) throw new Error(`${provider.id} has no batch jobs here`);
  return provider.batches;
}

function note({ journal, resumed }: GenerateContext, line: Parameters<GenerateContext['journal']['write']>[0]): void {
  const written: JournalLine = journal.write(line);
  learn(resumed, written);
}

/** Jobs by model, of which none is too large. */
function parts(jobs: readonly Job[]): { model: string; part: Job[] }[] {
  return [...new Set(jobs.map(({ request }) => request.model))].flatMap((model) => {
    const all = jobs.filter(({ request }) => request.model === model);
    return Array.from({ length: Math.ceil(all.length / MOST_REQUESTS) }, (_, index) => ({
      model,
      part: all.slice(index * MOST_REQUESTS, (index + 1) * MOST_REQUESTS),
    }));
  });
}
