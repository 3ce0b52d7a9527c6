import { quotaExceeded } from './google-error.js';

/** What one model takes; a missing member is no limit. */
export interface RateLimit {
  /** Requests in any 60 s. */
  rpm?: number;
  /** Requests at the same time. */
  concurrency?: number;
}
/** By model id; `*` stands for every model without its own entry. Each model is counted on its own. */
export type RateLimits = Record<string, RateLimit>;

const MINUTE = 60_000;

/** Counts requests per model. Requests that are turned down do not count, those that fail later do. */
export class RateLimiter {
  readonly #recent = new Map<string, number[]>();
  readonly #running = new Map<string, number>();

  constructor(
    private readonly limits: RateLimits,
    private readonly now: () => number,
  ) {}

  /** Takes a place for one request and gives back the function that frees it. Throws a 429 with RetryInfo when there is none. */
  enter(model: string): () => void {
    const limit = this.limits[model] ?? this.limits['*'] ?? {};
    const now = this.now();
    const recent = (this.#recent.get(model) ?? []).filter((at) => at > now - MINUTE);
    const running = this.#running.get(model) ?? 0;
    if (limit.rpm !== undefined && recent.length >= limit.rpm) {
      const oldest = recent[recent.length - limit.rpm] ?? now;
      throw quotaExceeded(model, limit.rpm, 'minute', oldest + MINUTE - now);
    }
    if (limit.concurrency !== undefined && running >= limit.concurrency) {
      throw quotaExceeded(model, limit.concurrency, 'minute', 1000);
    }
    this.#recent.set(model, [...recent, now]);
    this.#running.set(model, running + 1);
    return () => this.#running.set(model, (this.#running.get(model) ?? 1) - 1);
  }
}
