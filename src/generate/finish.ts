import { costOf } from '../catalog/cost.js';
import type { PlannedSample } from '../plan/plan.js';
import type { GenerateContext } from './context.js';
import type { Job } from './job.js';
import type { Answer, Outcome } from './provider.js';
import { attemptTotals, blankSample, type Picture, type Sample } from './sample.js';

/** A sample without a picture of its own. */
export function notMade(planned: PlannedSample, outcome: Outcome, reason: string, job?: Job): Sample {
  const made = job ? { key: job.key, inputs: job.inputs, attempts: job.attempts, ...attemptTotals(job.attempts) } : {};
  return { ...blankSample(planned), ...made, outcome, reason };
}

/** Turns a final answer into a sample: its pictures are checked and stored, the last one is the result. */
export async function sampleOf(job: Job, answer: Answer, bought: boolean, context: GenerateContext): Promise<Sample> {
  const stored = await Promise.all(answer.images.map((bytes) => context.pictures.add(bytes)));
  const last = stored.at(-1);
  const extraImages = stored.slice(0, -1).flatMap(({ picture }): Picture[] => (picture ? [picture] : []));
  const broken = last !== undefined && !last.picture;
  return {
    ...blankSample(job.planned),
    key: job.key,
    inputs: job.inputs,
    attempts: job.attempts,
    ...attemptTotals(job.attempts),
    outcome: broken ? 'bad_image' : answer.outcome,
    reason: broken ? last.reason : answer.reason,
    image: last?.picture ?? null,
    extraImages,
    modelVersion: answer.modelVersion,
    responseId: answer.responseId,
    text: answer.text,
    cached: !bought,
    savedCost: bought ? 0 : answer.usage && costOf(job.request.model, answer.usage),
  };
}
