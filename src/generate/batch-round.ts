import { failedAttempt, lostAttempt } from './attempt.js';
import { type BatchTerms, inBatches } from './batches.js';
import type { GenerateContext } from './context.js';
import { book, type Job } from './job.js';
import type { Failure } from './provider.js';

/**
 * Hands in what waits together, as far as the budget reaches, and has the answers in hand when it resolves. Gives back
 * the jobs that have none, and why; `null` when the budget does not reach for a single one.
 */
export async function batchRound(
  held: readonly Job[],
  context: GenerateContext,
  terms: BatchTerms,
): Promise<Map<Job, Failure> | null> {
  const { answers, budget, clock } = context;
  const unaffordable = held.findIndex((job) => !budget.reserve(job.worstPrice));
  const jobs = unaffordable === -1 ? held : held.slice(0, unaffordable);
  if (jobs.length === 0) return null;
  const lost = new Map<Job, Failure>();
  await inBatches(jobs, context, terms, (call, failure, booked) => {
    const job = jobs.find(({ key }) => key === call.key);
    if (!job) return;
    lost.set(job, failure);
    if (booked === 'open') return;
    const failed = failedAttempt(failure, clock.now());
    const attempt = booked === 'failed' ? failed : { ...lostAttempt(job.request, failed.at), reason: failure.reason };
    job.attempts.push(attempt);
    book(attempt, job, context);
  });
  for (const job of jobs) {
    budget.settle(job.worstPrice, 0);
    // What it cost is booked as the answer is read.
    if (answers.has(job.key)) Object.assign(job, { unbooked: true, boughtBefore: true });
  }
  return lost;
}
