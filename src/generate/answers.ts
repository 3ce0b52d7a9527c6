import { JsonStore } from '../lib/json-store.js';
import type { Exchange, ExchangeStore } from './provider.js';

/**
 * The cache: whole answers by the key of their request.
 *
 * Own code rather than a cache library because an answer must be on disk in the same tick as its last byte
 * (a process killed right after must not pay again), and the libraries at hand write in later ticks.
 */
export class AnswerCache implements ExchangeStore {
  private readonly store: JsonStore<Exchange>;

  constructor(
    folder: string,
    /** Answers stored before this (ms since 1970) are not looked at: `--no-cache`. */
    private readonly since = 0,
  ) {
    this.store = new JsonStore(folder);
  }

  get(key: string): Exchange | null {
    return this.has(key) ? this.store.get(key) : null;
  }

  has(key: string): boolean {
    const at = this.store.storedAt(key);
    // File systems keep times to a few ms at worst; an answer of this run must not look older than the run.
    return at !== null && at + 10 >= this.since;
  }

  put(key: string, exchange: Exchange): void {
    this.store.put(key, exchange);
  }

  discard(key: string): void {
    this.store.delete(key);
  }

  list(): { key: string; bytes: number; at: number }[] {
    return this.store.list();
  }
}
