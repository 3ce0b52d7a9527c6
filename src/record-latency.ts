import type { SampleRecord } from './record.js';

/**
 * ms, of each call that made a picture of a sample, those of discarded tries too: what failed before it, what came out
 * of a cache and what was made in a batch job say nothing about how long a picture takes. Empty without a picture.
 */
export function pictureLatencies({
  outcome,
  batch,
  attempts,
}: Pick<SampleRecord, 'outcome' | 'batch' | 'attempts'>): number[] {
  if (outcome !== 'ok' || batch) return [];
  return attempts.flatMap((attempt) => (attempt.outcome === 'ok' ? [attempt.latencyMs] : []));
}
