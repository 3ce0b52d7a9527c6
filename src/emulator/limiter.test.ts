import { describe, expect, it } from 'vitest';
import { smallDraw } from './__fixtures__/tiny.js';
import { GoogleError } from './google-error.js';
import { RateLimiter } from './limiter.js';
import { startEmulator } from './server.js';

const refusalOf = (enter: () => unknown): GoogleError => {
  try {
    enter();
  } catch (error) {
    if (error instanceof GoogleError) return error;
  }
  throw new Error('not refused');
};
const retryDelay = (error: GoogleError) => error.details.find((detail) => 'retryDelay' in detail)?.['retryDelay'];

describe('rate limits', () => {
  it('let through so many a minute, and say when the oldest has passed', () => {
    let now = 0;
    const limiter = new RateLimiter({ '*': { rpm: 2 } }, () => now);
    limiter.enter('m');
    now = 10_000;
    limiter.enter('m');
    now = 14_162.072;
    expect(retryDelay(refusalOf(() => limiter.enter('m')))).toBe('45.837928s');
    limiter.enter('another model');
    now = 60_000;
    limiter.enter('m');
    expect(retryDelay(refusalOf(() => limiter.enter('m')))).toBe('10s');
  });

  it('let through so many at once', () => {
    const limiter = new RateLimiter({ m: { concurrency: 1 }, '*': {} }, () => 0);
    const leave = limiter.enter('m');
    expect(refusalOf(() => limiter.enter('m')).code).toBe(429);
    limiter.enter('other');
    limiter.enter('other');
    leave();
    limiter.enter('m');
  });

  it('hold over HTTP, over calls that take their time', async () => {
    const slept: number[] = [];
    const { url, close } = await startEmulator({
      draw: smallDraw,
      limits: { '*': { concurrency: 2 } },
      latencyScale: 0.001,
      clock: { now: Date.now, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, 50, slept.push(ms))) },
    });
    const calls = Array.from({ length: 4 }, () =>
      fetch(`${url}/v1beta/models/gemini-3-pro-image:generateContent`, {
        method: 'POST',
        headers: { 'x-goog-api-key': 'k' },
        body: JSON.stringify({ contents: [{ parts: [{ text: 'a' }] }] }),
      }),
    );
    expect((await Promise.all(calls)).map((response) => response.status).sort()).toEqual([200, 200, 429, 429]);
    // Typically 25 s, at most 40 s, scaled by a thousand.
    expect(slept.every((ms) => ms > 5 && ms <= 40)).toBe(true);
    await close();
  });
});
