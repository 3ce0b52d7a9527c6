import { expect, it } from 'vitest';
import { systemClock } from './clock.js';

it('sleeps as long as it was told', async () => {
  const start = systemClock.now();
  await systemClock.sleep(30);
  // Timers count from a coarser clock and may fire 1 ms early.
  expect(systemClock.now() - start).toBeGreaterThanOrEqual(29);
});

it.each([
  ['before', 0],
  ['while sleeping', 5],
])('wakes when the signal fires %s', async (_when, ms) => {
  const controller = new AbortController();
  if (ms === 0) controller.abort();
  else setTimeout(() => controller.abort(), ms);
  const start = systemClock.now();
  await systemClock.sleep(60_000, controller.signal);
  expect(systemClock.now() - start).toBeLessThan(5_000);
});
