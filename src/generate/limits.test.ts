import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { okAnswer, planned, scripted, workshop } from './__fixtures__/scripted.js';
import { DayCount } from './day-count.js';
import { generate } from './generate.js';
import { Limiter } from './limiter.js';

const four = [1, 2, 3, 4].map((sample) => planned('sheet', sample));

it('keeps to the calls at a time of a model, below those of the run', async () => {
  let [running, most] = [0, 0];
  const { provide } = scripted((request) => okAnswer(request));
  const { context, landed } = workshop((answers) => {
    const provider = provide(answers);
    return {
      ...provider,
      generate: async (...call) => {
        most = Math.max(most, (running += 1));
        return provider.generate(...call).finally(() => (running -= 1));
      },
    };
  });
  const limiter = new Limiter({ now: context.clock.now, limits: () => ({ concurrency: 2 }) });
  expect(await generate(four, { ...context, limiter, concurrency: 4 })).toBeNull();
  expect([landed.length, most]).toEqual([4, 2]);
});

it('leaves what is over the limit of a day for a later one', async () => {
  const today = new DayCount(mkdtempSync(join(tmpdir(), 'calls-')), () => 0);
  const { calls, provide } = scripted((request) => okAnswer(request));
  const { context, landed } = workshop(provide);
  const limiter = () => new Limiter({ now: context.clock.now, limits: () => ({ rpd: 3 }), today });
  await generate(four, { ...context, limiter: limiter() });
  expect(calls).toHaveLength(3);
  const over = landed.filter(({ outcome }) => outcome !== 'ok');
  expect(over).toMatchObject([
    { outcome: 'infra_error', pending: true, reason: expect.stringMatching(/^the limit of 3/) as string },
  ]);

  // Another run of the day is told before it calls at all.
  const next = workshop(provide);
  await generate([planned('hill', 1)], { ...next.context, limiter: limiter() });
  expect([calls.length, next.landed[0]?.outcome]).toEqual([3, 'infra_error']);
});

it('tells of the first wait for a limit of a minute, and waits', async () => {
  const { calls, provide } = scripted((request) => okAnswer(request));
  const told: unknown[] = [];
  const { context, landed, clock } = workshop(provide, { onPause: (...pause) => told.push(pause) });
  const limiter = new Limiter({ now: clock.now, limits: () => ({ rpm: 1 }) });
  expect(await generate(four, { ...context, limiter })).toBeNull();
  expect([calls.length, landed.length]).toEqual([4, 4]);
  expect(told).toEqual([['gemini-nano-banana-2.1', 60_000, '1 call a minute reached (rpm)']]);
});
