import { wholeSum } from '../lib/whole-sum.js';
import { costOf } from '../catalog/cost.js';
import type { PlannedSample } from '../plan/plan.js';
import type { GenerateContext } from './context.js';
import type { Job } from './job.js';
import type { Answer, Outcome } from './provider.js';
import { attemptTotals, blankSample, type Discarded, type Picture, type Sample } from './sample.js';

/** A sample without a picture of its own. */
export function notMade(planned: PlannedSample, outcome: Outcome, reason: string, job?: Job): Sample {
  const made = job ? madeBy(job) : {};
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
    ...madeBy(job),
    outcome: broken ? 'bad_image' : answer.outcome,
    reason: broken ? last.reason : answer.reason,
    image: last?.picture ?? null,
    extraImages,
    modelVersion: answer.modelVersion,
    responseId: answer.responseId,
    text: answer.text,
    cached: !bought,
    savedCost: wholeSum([...job.discarded.map((each) => each.savedCost), bought ? 0 : priceOf(job, answer)]),
  };
}

/** The try as it is kept when the next one takes its place; `null` for one without a picture. */
export function discardedBy(
  job: Job,
  answer: Answer,
  bought: boolean,
  { image }: Sample,
  scores: Discarded['scores'],
): Discarded | null {
  const price = priceOf(job, answer);
  const money = bought ? { cost: price, savedCost: 0 } : { cost: 0, savedCost: price };
  return image && { try: job.discarded.length + 1, key: job.key, seed: job.request.seed, image, ...money, scores };
}

function madeBy(job: Job): Partial<Sample> {
  const { key, inputs, attempts, request, discarded } = job;
  return {
    ...{ key, inputs, attempts, seed: request.seed },
    ...(discarded.length > 0 && { discarded }),
    ...attemptTotals(attempts),
    // How long a job took says nothing about the model.
    ...(request.batch && { latencyMs: null }),
  };
}

const priceOf = ({ request }: Job, { usage }: Answer) => usage && costOf(request.model, usage, request.batch);
