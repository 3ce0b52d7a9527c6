import type { Encoder } from '../encode/encoder.js';
import { UsageError } from '../lib/errors.js';
import { Thread } from '../lib/thread.js';
import type { Score } from './metric.js';
import type { Answer, Request, ScoreTask, ThreadData } from './thread.js';

export type Scores = Record<string, Score>;

/** Expected failures of measuring are data: a picture that cannot be decoded has a reason and no scores. */
export type Scored = { scores: Scores; reason?: never } | { scores?: never; reason: string };

/**
 * Scores pictures on a thread of their own, beside generation: measuring keeps a core busy for hundreds of ms at a
 * time, in which an answer that was paid for must not wait to be stored.
 */
export interface Scorer {
  readonly encoder: Pick<Encoder, 'id' | 'sha256'>;
  /** @throws when a metric fails, or a sheet or an approved picture is damaged */
  score(task: ScoreTask): Promise<Scored>;
  close(): Promise<void>;
}

/** Starts the thread and opens the encoder. @throws UsageError when the encoder cannot be had */
export async function openScorer(data: ThreadData, onProgress: (message: string) => void): Promise<Scorer> {
  const module = new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './thread.js', import.meta.url);
  const thread = new Thread<Request, Answer>(module, data, onProgress);
  const opened = await thread.call({ open: true }).catch(async (error: unknown) => {
    await thread.close();
    throw error instanceof UsageError ? error : new Error('the scoring thread did not start', { cause: error });
  });
  if (!('encoder' in opened)) throw new Error('the scoring thread answered out of turn');
  return {
    encoder: opened.encoder,
    async score(task) {
      const answer = await thread.call({ task });
      if ('encoder' in answer) throw new Error('the scoring thread answered out of turn');
      return answer;
    },
    close: () => thread.close(),
  };
}
