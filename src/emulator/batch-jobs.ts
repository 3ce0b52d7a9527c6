import { randomBytes } from 'node:crypto';
import type { AnyModelInfo } from '../catalog/catalog.js';
import type { BatchPayload, BatchRequest } from './batch-payload.js';
import type { Emulator } from './call.js';
import { answerRequest } from './generate.js';
import { asGoogleError, GoogleError, rpcCodes } from './google-error.js';

/** ms that a job waits, and that it then takes at least; Google promises a day, and often needs minutes. */
const WAITS_MS = 60_000;
const TAKES_MS = 120_000;

type Result = BatchRequest['tag'] & ({ response: unknown } | { error: { code: number; message: string } });
type End = { state: 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'EXPIRED'; at: number; message?: string };

interface Job {
  /** `batches/...` */
  name: string;
  model: AnyModelInfo;
  payload: BatchPayload;
  createdAt: number;
  results: Result[];
  end: End | null;
}

/** Batch jobs, kept while the emulator runs. A job works by itself, one request after another. */
export class BatchJobs {
  readonly #jobs = new Map<string, Job>();

  constructor(
    private readonly emulator: Omit<Emulator, 'batches'>,
    /** Fires when the emulator closes. */
    private readonly closed: AbortSignal,
  ) {}

  create(model: AnyModelInfo, payload: BatchPayload): unknown {
    const name = `batches/${randomBytes(12).toString('hex')}`;
    const job: Job = { name, model, payload, createdAt: this.emulator.clock.now(), results: [], end: null };
    this.#jobs.set(name, job);
    void this.#work(job);
    return this.#shown(job, false);
  }

  get(name: string): unknown {
    return this.#shown(this.#find(name), true);
  }

  /** Newest first, without their answers. */
  list(): unknown[] {
    return [...this.#jobs.values()].reverse().map((job) => this.#shown(job, false));
  }

  cancel(name: string): void {
    const job = this.#find(name);
    job.end ??= { state: 'CANCELLED', at: this.emulator.clock.now() };
  }

  delete(name: string): void {
    this.cancel(name);
    this.#jobs.delete(name);
  }

  #find(name: string): Job {
    const job = this.#jobs.get(name);
    if (job) return job;
    throw new GoogleError(404, 'NOT_FOUND', 'Requested entity was not found.');
  }

  async #work(job: Job): Promise<void> {
    const { clock, latencyScale, files } = this.emulator;
    const until = async (ms: number) => {
      const left = job.createdAt + ms * latencyScale - clock.now();
      if (left > 0) await clock.sleep(left, this.closed);
    };
    const finish = (state: End['state'], message?: string) => {
      job.end ??= { state, at: clock.now(), ...(message !== undefined && { message }) };
    };
    await until(WAITS_MS);
    let ending: 'FAILED' | 'EXPIRED' | null = null;
    for (const each of job.payload.requests) {
      if (job.end || this.closed.aborted) return;
      if (each === null) {
        finish('FAILED', 'A line of the input file is no request.');
        return;
      }
      const { result, ends } = await this.#answer(job.model, each);
      job.results.push(result);
      ending ??= ends;
    }
    await until(WAITS_MS + TAKES_MS);
    if (ending) {
      finish(ending, ending === 'FAILED' ? 'The batch failed.' : 'The batch expired.');
      return;
    }
    if (job.payload.source === 'file') {
      const lines = job.results.map((result) => `${JSON.stringify(result)}\n`);
      files.put(responsesFile(job), Buffer.from(lines.join('')));
    }
    finish('SUCCEEDED');
  }

  async #answer(
    model: AnyModelInfo,
    { tag, request }: BatchRequest,
  ): Promise<{ result: Result; ends: 'FAILED' | 'EXPIRED' | null }> {
    try {
      const { answer, fault } = await answerRequest(
        request,
        model,
        { surface: 'developer', header: undefined },
        this.emulator,
      );
      return { result: { ...tag, response: answer }, ends: fault?.kind.job ?? null };
    } catch (thrown) {
      const { status, message } = asGoogleError(thrown);
      return { result: { ...tag, error: { code: rpcCodes[status], message } }, ends: null };
    }
  }

  /** The operation, as `batches.get` gives it: everything is under `metadata`. */
  #shown(job: Job, withAnswers: boolean): unknown {
    const { clock, latencyScale } = this.emulator;
    const { name, model, payload, createdAt, results, end } = job;
    const waits = clock.now() < createdAt + WAITS_MS * latencyScale;
    const iso = (ms: number) => new Date(ms).toISOString();
    const failed = results.filter((result) => 'error' in result).length;
    const done = end?.state === 'SUCCEEDED';
    return {
      name,
      metadata: {
        '@type': 'type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch',
        model: `models/${model.id}`,
        displayName: payload.displayName,
        createTime: iso(createdAt),
        updateTime: iso(end?.at ?? clock.now()),
        ...(end && { endTime: iso(end.at) }),
        batchStats: {
          requestCount: `${payload.requests.length}`,
          ...(done && { successfulRequestCount: `${results.length - failed}`, failedRequestCount: `${failed}` }),
          ...(!end && { pendingRequestCount: `${payload.requests.length}` }),
        },
        state: `BATCH_STATE_${end?.state ?? (waits ? 'PENDING' : 'RUNNING')}`,
        name,
        ...(done && withAnswers && { output: outputOf(job) }),
      },
      ...(end && { done: true }),
      ...(end?.message !== undefined && { error: { code: 13, message: end.message } }),
    };
  }
}

function outputOf(job: Job): unknown {
  return job.payload.source === 'file'
    ? { responsesFile: responsesFile(job) }
    : { inlinedResponses: { inlinedResponses: job.results } };
}

const responsesFile = ({ name }: Job): string => `files/${name.replace('batches/', 'batch-')}`;
