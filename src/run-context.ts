import { approvedPicture, type Baseline } from './gate/baseline.js';
import { AnswerCache } from './generate/answers.js';
import type { BatchSettings, BatchTerms } from './generate/batches.js';
import { Budget } from './generate/budget.js';
import type { GenerateContext } from './generate/context.js';
import { DayCount } from './generate/day-count.js';
import { Limiter } from './generate/limiter.js';
import { PictureStore } from './generate/pictures.js';
import type { RunFolder } from './generate/run-folder.js';
import type { RunRequest } from './run.js';
import { known } from './run-plan.js';
import { limitsFor } from './suite/limits.js';

/** Puts together what making the samples of a run needs. */
export function contextOf(request: RunRequest, baseline: Baseline, opened: RunFolder): GenerateContext {
  const { batch, ...rest } = request;
  const { folders, replay } = rest;
  const answers = replay ?? new AnswerCache(`${folders.cache}/answers`, request.useCache ? 0 : opened.startedAt);
  const pictures = new PictureStore(opened.folder);
  const earlier = [...opened.resumed.attempts.values()].flat().reduce((sum, attempt) => sum + (attempt.cost ?? 0), 0);
  return {
    ...rest,
    provider: request.provider(answers),
    answers,
    ...(replay && { unrecorded: [] }),
    ...(batch && { batch: batchTerms(batch, request, opened.id) }),
    pictures,
    journal: opened.journal,
    resumed: opened.resumed,
    limiter: new Limiter({
      now: request.clock.now,
      random: request.random,
      limits: (model) => limitsFor(request.suite, model, request.limits),
      today: new DayCount(`${folders.cache}/calls`, request.clock.now),
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

function batchTerms(batch: BatchSettings, { onEvent }: RunRequest, run: string): BatchTerms {
  return {
    ...batch,
    run,
    onProgress: (progress) => onEvent({ type: 'batch', ...progress }),
    onLeft: (jobs) => onEvent({ type: 'batch-left', jobs, lasting: batch.lasting }),
  };
}
