import { UsageError } from '../lib/errors.js';
import type { Cassette } from './cassette.js';
import type { Exchange, ExchangeStore } from './provider.js';

/**
 * Answers requests from a cassette, and nothing else: what it lacks is never sent.
 *
 * Answers of one request come in their order. A failure comes once; a 200 stays, as it would in the cache, until it is
 * discarded as worth asking for again.
 */
export class CassettePlayer implements ExchangeStore {
  /** key -> how many of its exchanges are over. */
  private readonly over = new Map<string, number>();

  constructor(readonly cassette: Cassette) {}

  has(key: string): boolean {
    return this.next(key) !== undefined;
  }

  /** @throws UsageError where the cassette is at its end: never `null`, which would have the request sent */
  get(key: string): Exchange {
    const next = this.next(key);
    if (!next) {
      throw new UsageError(`the recording holds no further answer to request ${key}`, {
        place: { file: this.cassette.file },
        fix: 'Record again.',
      });
    }
    if (next.status !== 200) this.skip(key);
    return next;
  }

  put(): void {
    throw new Error('a replay has nothing to keep');
  }

  discard(key: string): void {
    this.skip(key);
  }

  private next(key: string): Exchange | undefined {
    return this.cassette.exchanges.get(key)?.[this.over.get(key) ?? 0];
  }

  private skip(key: string): void {
    this.over.set(key, (this.over.get(key) ?? 0) + 1);
  }
}
