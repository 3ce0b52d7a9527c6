import { costOf } from '../catalog/cost.js';
import {
  answerSchema,
  JUDGE_PROMPT,
  judgePrompt,
  judgeSettings,
  readAnswers,
  voteSeed,
  type PlannedJudge,
} from '../plan/judge.js';
import { keyOf } from '../plan/key.js';
import type { PlannedSample } from '../plan/plan.js';
import type { GenerateContext } from './context.js';
import { openJob, type Job } from './job.js';
import type { Answer, GenerateRequest, Outcome } from './provider.js';
import { attemptTotals, type Picture, type Sample, type Vote } from './sample.js';

/** A picture that was made and is being judged. */
interface Sitting {
  planned: PlannedSample;
  sample: Sample;
  judge: PlannedJudge;
  jobs: Job[];
  votes: Map<number, Vote>;
  /** No vote is left to be cast by going on with the run. */
  final: boolean;
}

/** A sample with all votes on its picture. */
export interface Judged {
  planned: PlannedSample;
  sample: Sample;
  final: boolean;
}

/** Pictures that are being judged: each vote is a call of its own, which may fail by itself. */
export class Panel {
  private readonly sittings = new Map<string, Sitting>();

  constructor(private readonly context: GenerateContext) {}

  /** The calls that judge the picture; none where it is not to be judged. Until they are over its sample is not done. */
  open(planned: PlannedSample, sample: Sample): Job[] {
    const { judge } = planned;
    const { image } = sample;
    if (!judge || !image) return [];
    const jobs = Array.from({ length: judge.votes }, (_, index) => this.job(planned, image, judge, index + 1));
    this.sittings.set(planned.id, { planned, sample, judge, jobs, votes: new Map(), final: true });
    return jobs;
  }

  /** What the judge answered. Gives the sample back once this was the last vote. */
  cast(job: Job, answer: Answer, bought: boolean): Judged | null {
    const { request, planned } = job;
    const price = answer.usage && costOf(request.model, answer.usage, request.batch, this.context.clock.now());
    const count = planned.judge?.statements.length ?? 0;
    return this.count(job, {
      ...lost(job, answer.outcome, answer.reason),
      answers: answer.outcome === 'ok' && answer.text !== null ? readAnswers(answer.text, count) : null,
      modelVersion: answer.modelVersion,
      cached: !bought,
      savedCost: bought ? 0 : price,
    });
  }

  /** There is no answer. Unless that is `final`, going on with the run asks again. */
  lose(job: Job, outcome: Outcome, reason: string, final: boolean): Judged | null {
    const sitting = this.sittings.get(job.planned.id);
    if (sitting && !final) sitting.final = false;
    return this.count(job, lost(job, outcome, reason));
  }

  /** The run ends while these are being judged: they keep the votes that came. */
  adjourn(reason: string): Judged[] {
    return [...this.sittings.values()].flatMap(({ jobs, votes }) =>
      jobs.filter(({ vote = 0 }) => !votes.has(vote)).flatMap((job) => this.lose(job, 'skipped', reason, false) ?? []),
    );
  }

  private count(job: Job, vote: Vote): Judged | null {
    const { planned } = job;
    const sitting = this.sittings.get(planned.id);
    if (!sitting || job.vote === undefined) throw new Error(`nobody judges ${job.id}`);
    sitting.votes.set(job.vote, vote);
    if (sitting.votes.size < sitting.judge.votes) return null;
    this.sittings.delete(planned.id);
    const votes = [...sitting.votes].sort(([a], [b]) => a - b).map(([, each]) => each);
    const judged = { model: sitting.judge.model, prompt: JUDGE_PROMPT, votes };
    return { planned, sample: { ...sitting.sample, judged }, final: sitting.final };
  }

  private job(planned: PlannedSample, image: Picture, { model, statements }: PlannedJudge, vote: number): Job {
    const { origin, pictures } = this.context;
    const request: GenerateRequest = {
      model,
      prompt: judgePrompt(statements),
      images: [{ name: 'picture', mime: image.mime, sha256: image.sha256, bytes: pictures.read(image) }],
      generation: judgeSettings(model),
      seed: voteSeed(vote),
      ...(planned.batch && { batch: true as const }),
      words: {
        schema: answerSchema(statements.length),
        statements: statements.length,
        fits: (text) => readAnswers(text, statements.length) !== null,
      },
    };
    const key = keyOf({ ...request, origin, sample: vote });
    return openJob(
      { id: voteId(planned.id, vote), planned, vote, request, key, inputs: [], discarded: [] },
      this.context,
    );
  }
}

/** What the diary calls a vote on the picture of a sample. */
function voteId(sample: string, vote: number): string {
  return `${sample} vote ${vote}`;
}

/** The sample that a line of the diary is about. */
export function sampleIdOf(id: string): string {
  return id.replace(/ vote \d+$/, '');
}

function lost({ key, attempts }: Job, outcome: Outcome, reason: string | null): Vote {
  const { cost } = attemptTotals(attempts);
  return { key, answers: null, outcome, reason, modelVersion: null, cached: false, cost, savedCost: 0, attempts };
}
