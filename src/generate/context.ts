import type { Clock } from '../lib/clock.js';
import type { Random } from '../lib/random.js';
import type { PlannedSample } from '../plan/plan.js';
import type { BatchTerms } from './batches.js';
import type { Budget } from './budget.js';
import type { Journal, Resumed } from './journal.js';
import type { Limiter } from './limiter.js';
import type { PictureStore } from './pictures.js';
import type { ExchangeStore, Provider } from './provider.js';
import type { Measures, Picture, Sample } from './sample.js';

/** A picture that can be sent. */
export interface InputPicture {
  picture: Picture;
  bytes: Uint8Array;
}

/** A picture below this quality is asked for again, until there were so many tries; the last one stays, whatever it is. */
export interface RetryPolicy {
  below: number;
  tries: number;
  scoresOf(sample: Sample, planned: PlannedSample): Promise<Measures>;
}

/** A sample whose picture was never recorded, or what a judge (its id) said of it. */
export interface Unrecorded extends PlannedSample {
  judgedBy?: string;
}

/** Everything that making samples needs from outside; `run.ts` puts it together. */
export interface GenerateContext {
  provider: Provider;
  /** See `KeyContent.origin`. */
  origin: string;
  /** Where an answer may lie that need not be asked for: the cache, or in a replay the cassette. */
  answers: ExchangeStore & { has(key: string): boolean };
  /** Given in a replay, where nothing is sent: grows by the calls that the cassette lacks. */
  unrecorded?: Unrecorded[];
  /** Given where samples are made in batch jobs: no call is sent by itself. */
  batch?: BatchTerms;
  pictures: PictureStore;
  journal: Journal;
  resumed: Resumed;
  limiter: Limiter;
  budget: Budget;
  clock: Clock;
  random: Random;
  signal: AbortSignal;
  /** Calls in flight at a time, over all models. */
  concurrency: number;
  /** This many samples that end in `infra_error` stop the run; `null` for no limit. */
  maxFailures: number | null;
  asset(name: string): InputPicture;
  approved(caseName: string): InputPicture;
  /** Given where pictures of low quality are asked for again. */
  retry?: RetryPolicy;
  /** Samples with an outcome, by id; grows as they land. */
  made: Map<string, Sample>;
  onSample(sample: Sample, planned: PlannedSample): void;
  /** No call to this model starts for so long: a 429, or a limit of a minute. */
  onPause(model: string, ms: number, reason: string): void;
}
