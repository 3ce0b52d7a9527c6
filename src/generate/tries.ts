import type { GenerateContext } from './context.js';
import { discardedBy } from './finish.js';
import { type Job, startJob } from './job.js';
import type { Answer } from './provider.js';
import type { Sample } from './sample.js';

/** The next try at a slot, where the suite retries pictures of low quality and this is one; else `null`: it stays. */
export async function nextTry(
  job: Job,
  { answer, bought, sample }: { answer: Answer; bought: boolean; sample: Sample },
  context: GenerateContext,
): Promise<Job | null> {
  const { retry, signal } = context;
  if (!retry || !sample.image || job.discarded.length + 1 >= retry.tries) return null;
  const scores = await retry.scoresOf(sample, job.planned);
  // Nothing is measured any more; going on with the run takes this try from the cache.
  if (signal.aborted) return job;
  const quality = scores['quality']?.value ?? null;
  const discarded = discardedBy(job, answer, bought, sample, scores);
  if (quality === null || quality >= retry.below || !discarded) return null;
  const before = { attempts: job.attempts, discarded: [...job.discarded, discarded] };
  return startJob(job.planned, context, job.request.history, before);
}
