import { heights } from '../plan/graph.js';
import type { PlannedSample } from '../plan/plan.js';
import { attemptOnce, worstTokens } from './attempt.js';
import { batchRound } from './batch-round.js';
import { settleOpenBatches } from './batches.js';
import { mayBegin } from './begin.js';
import type { GenerateContext, Unrecorded } from './context.js';
import { notMade, sampleOf } from './finish.js';
import { book, type Job, startJob } from './job.js';
import { type Judged, Panel } from './panel.js';
import type { Failure, Outcome } from './provider.js';
import type { Sample } from './sample.js';
import { backoffMs, mayRetry } from './retry.js';
import { nextTry } from './tries.js';

/** Why a round ended early; `null` when every sample got its final outcome. */
export type Stop = 'interrupted' | 'budget' | 'failures' | null;

/**
 * Makes the samples of a round, parents before children, as many at a time as allowed. Every sample is handed to
 * `context.onSample` as it lands. Those on the longest chains go first, which keeps the last ones from waiting alone.
 */
export async function generate(round: readonly PlannedSample[], context: GenerateContext): Promise<Stop> {
  const { clock, limiter, signal } = context;
  const height = heights(new Map(round.map((planned) => [planned.id, planned.parents])));
  const made = context.made;
  const running = new Map<string, Promise<void>>();
  const queue: Job[] = [];
  const panel = new Panel(context);
  let waiting = round.filter((planned) => !made.has(planned.id));
  let failures = 0;
  let stop: Stop = null;
  const unsettled = context.batch ? await settleOpenBatches(context, context.batch) : new Map<string, Failure>();

  const land = (planned: PlannedSample, sample: Sample, final: boolean): void => {
    made.set(planned.id, sample);
    if (final) context.journal.write({ type: 'sample', id: planned.id, sample });
    context.onSample(sample, planned);
    if (sample.outcome !== 'infra_error') return;
    failures += 1;
    if (context.maxFailures !== null && failures >= context.maxFailures) stop ??= 'failures';
  };

  /** A picture that is to be judged lands with its votes; what builds on it need not wait for them. */
  const settle = (planned: PlannedSample, sample: Sample): void => {
    const votes = panel.open(planned, sample);
    made.set(planned.id, sample);
    queue.push(...votes);
    if (votes.length === 0) land(planned, sample, true);
  };

  const landJudged = (judged: Judged | null): void => {
    if (judged) land(judged.planned, judged.sample, judged.final);
  };

  /** Nothing came of it. Unless that is final, going on with the run asks again. */
  const giveUp = (job: Job, outcome: Outcome, reason: string, final: boolean): void => {
    if (job.vote !== undefined) {
      landJudged(panel.lose(job, outcome, reason, final));
    } else {
      const sample = notMade(job.planned, outcome, reason, job);
      land(job.planned, final ? sample : { ...sample, pending: true }, final);
    }
  };

  /** Moves samples whose parents are all known into the queue; a failed parent settles its children at once. */
  const admit = (): void => {
    for (let again = true; again;) {
      again = false;
      waiting = waiting.filter((planned) => {
        const ready = mayBegin(planned, context);
        if (ready === 'waits') return true;
        if ('outcome' in ready) {
          land(planned, ready, false);
          again = true;
        } else {
          queue.push(startJob(planned, context, ready.history));
        }
        return false;
      });
    }
    queue.sort((a, b) => (height.get(b.planned.id) ?? 0) - (height.get(a.planned.id) ?? 0));
  };

  const run = async (job: Job): Promise<void> => {
    const { planned, request, key } = job;
    const { model } = request;
    if (!job.inHand) {
      context.journal.write({ type: 'call', id: job.id, key });
      limiter.started(model, worstTokens(request));
    }
    const called = attemptOnce(context.provider, request, key, clock, signal);
    const { answer, attempt, cached } = await called.finally(() => {
      if (!job.inHand) limiter.ended(model);
    });
    const bought = !cached || job.boughtBefore;
    if (!cached || job.unbooked) {
      job.attempts.push(attempt);
      book(attempt, job, context);
    } else {
      // A replay has the attempts of the recording, which are paid for.
      if (context.unrecorded) job.attempts.push({ ...attempt, cost: 0, costEstimated: false });
      context.budget.settle(job.reserved, 0);
    }
    job.reserved = 0;
    job.unbooked = false;
    if (answer.outcome !== 'infra_error') {
      if (!cached) limiter.succeeded(model);
      if (job.vote !== undefined) {
        landJudged(panel.cast(job, answer, bought));
        return;
      }
      const sample = await sampleOf(job, answer, bought, context);
      const next = await nextTry(job, { answer, bought, sample }, context);
      if (next) queue.push(next);
      else settle(planned, sample);
      return;
    }
    if (signal.aborted) {
      queue.push(job);
      return;
    }
    if (answer.retry === 'model-ended') limiter.end(model, answer.reason ?? 'ended');
    if (typeof answer.retry === 'object') {
      // What was answered long ago says nothing about the server now.
      const pause = cached ? null : limiter.paused(model, answer.retry.pauseMs);
      if (pause?.news && pause.ended === null) context.onPause(model, pause.ms, answer.reason ?? 'rate limit');
      queue.push(job);
      return;
    }
    job.tries += 1;
    const delay = cached ? 0 : backoffMs(job.tries, context.random);
    if (answer.retry === 'yes' && mayRetry(job.tries, job.waitedMs + delay)) {
      job.waitedMs += delay;
      job.notBefore = clock.now() + delay;
      queue.push(job);
    } else if (answer.retry !== 'model-ended') {
      giveUp(job, 'infra_error', answer.reason ?? 'no usable answer', true);
    } else {
      queue.push(job);
    }
  };

  /** Not final, unless the request itself is at fault: going on with the run asks again. */
  const landLost = (job: Job, { reason, retry }: Failure): void => {
    queue.splice(queue.indexOf(job), 1);
    giveUp(job, 'infra_error', reason ?? 'no usable answer', retry === 'no');
  };

  /** Starts what may start now; returns the ms until something in the queue may start, `Infinity` for nothing. */
  const launch = (): number => {
    if (running.has('batch')) return Infinity;
    let soonest = Infinity;
    const held: Job[] = [];
    for (const job of [...queue]) {
      const ended = limiter.endedReason(job.request.model);
      if (ended !== null && !job.inHand) {
        queue.splice(queue.indexOf(job), 1);
        // Not final: when the model answers again, the same run goes on with it.
        giveUp(job, 'infra_error', ended, false);
        soonest = 0;
        continue;
      }
      if (running.size >= context.concurrency || stop !== null) return soonest;
      if (running.has(job.key)) continue;
      job.inHand = context.answers.has(job.key);
      if (!job.inHand && context.unrecorded) {
        queue.splice(queue.indexOf(job), 1);
        const lacking = job.attempts.length === job.attemptsBefore;
        if (lacking) context.unrecorded.push(unrecorded(job));
        // Else the recording was stopped, or the model given up, before there was an answer of use.
        if (lacking) giveUp(job, 'skipped', 'the recording lacks it', false);
        else giveUp(job, 'infra_error', job.attempts.at(-1)?.reason ?? 'no usable answer', true);
        soonest = 0;
        continue;
      }
      if (!job.inHand && context.batch) {
        const failure = unsettled.get(job.key);
        if (failure) landLost(job, failure);
        else if (held.every(({ key }) => key !== job.key)) held.push(job);
        if (failure) soonest = 0;
        continue;
      }
      const wait = Math.max(
        job.notBefore - clock.now(),
        job.inHand ? 0 : limiter.waitMs(job.request.model, worstTokens(job.request)),
      );
      if (wait > 0) {
        const news = job.inHand ? null : limiter.newsOfWait(job.request.model, worstTokens(job.request));
        if (news) context.onPause(job.request.model, news.ms, news.reason);
        soonest = Math.min(soonest, wait);
        continue;
      }
      if (!job.inHand && !context.budget.reserve(job.worstPrice)) {
        // What is under way may cost less than was set aside for it.
        if (running.size === 0) stop = 'budget';
        return soonest;
      }
      job.reserved = job.inHand ? 0 : job.worstPrice;
      queue.splice(queue.indexOf(job), 1);
      running.set(
        job.key,
        run(job).finally(() => running.delete(job.key)),
      );
    }
    if (context.batch && held.length > 0 && running.size === 0 && soonest > 0) {
      const round = batchRound(held, context, context.batch).then((lost) => {
        if (lost === null) stop = 'budget';
        for (const [job, failure] of lost ?? []) landLost(job, failure);
      });
      running.set(
        'batch',
        round.finally(() => running.delete('batch')),
      );
    }
    return soonest;
  };

  for (;;) {
    if (signal.aborted) stop = 'interrupted';
    admit();
    const soonest = launch();
    if (running.size === 0 && (stop !== null || (queue.length === 0 && waiting.length === 0))) break;
    if (soonest === 0) continue;
    const wake = new AbortController();
    const timer = soonest === Infinity ? [] : [clock.sleep(soonest, AbortSignal.any([signal, wake.signal]))];
    await Promise.race([...running.values(), ...timer]);
    wake.abort();
  }
  const why = {
    interrupted: 'the run was interrupted',
    budget: 'the budget was reached: the call might have cost more than was left',
    failures: 'too many failures',
  };
  if (stop !== null) {
    const reason = why[stop as Exclude<Stop, null>];
    for (const judged of panel.adjourn(reason)) landJudged(judged);
    for (const planned of round) {
      if (made.has(planned.id)) continue;
      const job = queue.find((each) => each.planned === planned);
      land(planned, { ...notMade(planned, 'skipped', reason, job), pending: true }, false);
    }
  }
  return stop;
}

function unrecorded({ planned, vote, request }: Job): Unrecorded {
  return vote === undefined ? planned : { ...planned, judgedBy: request.model };
}
