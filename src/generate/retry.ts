import type { Random } from '../lib/random.js';

/** Attempts a call in all; a 429 pauses the model and is not counted here. */
const MOST_ATTEMPTS = 4;
/** ms that one call may wait between its attempts, in all. */
const LONGEST_WAIT_MS = 5 * 60_000;

/**
 * ms to wait after the n-th failed attempt (from 1): exponential with full jitter over the upper half, so that calls
 * that failed together do not come back together (Brooker, "Exponential Backoff And Jitter", AWS 2015).
 */
export function backoffMs(failed: number, random: Random): number {
  const ceiling = Math.min(60_000, 1_000 * 2 ** (failed - 1));
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}

export function mayRetry(failed: number, waitedMs: number): boolean {
  return failed < MOST_ATTEMPTS && waitedMs <= LONGEST_WAIT_MS;
}
