import { expect, it } from 'vitest';
import { failedAnswer, okAnswer, planned, scripted, workshop } from './__fixtures__/scripted.js';
import { generate } from './generate.js';
import type { Answer } from './provider.js';
import { memoryStore } from './providers/gemini/__fixtures__/call.js';

/** Answers every request as recorded: these, in order. */
function replaying(...recorded: Answer[]) {
  const left = [...recorded];
  const { provide } = scripted(() => failedAnswer(null, 'no', 'nothing may be sent'));
  const shop = workshop((answers) => ({
    ...provide(answers),
    generate: (request) => {
      const next = left.shift() ?? failedAnswer(null, 'no', 'the recording is over');
      return Promise.resolve({ ...next, ...(next.outcome === 'ok' && okAnswer(request)), cached: true });
    },
  }));
  const unrecorded: (typeof shop.context)['unrecorded'] = [];
  return {
    ...shop,
    unrecorded,
    context: { ...shop.context, unrecorded, answers: { ...memoryStore().store, has: () => left.length > 0 } },
  };
}

const ok = okAnswer({ model: '', prompt: '', images: [], generation: {}, seed: 0 });
const limited = failedAnswer(429, { pauseMs: 30_000 }, 'slow down');
const broken = failedAnswer(500, 'yes');

it('takes recorded failures in order, without their waits and without their price', async () => {
  const { context, landed, clock, unrecorded } = replaying(limited, broken, limited, broken, ok);
  const paused: string[] = [];
  expect(await generate([planned('hill', 1)], { ...context, onPause: (model) => paused.push(model) })).toBe(null);
  const [hill] = landed;
  expect(hill).toMatchObject({ outcome: 'ok', cached: true, cost: 0, latencyMs: 1040, reason: null });
  expect(hill?.savedCost).toBeGreaterThan(0.03);
  expect(hill?.attempts.map(({ status, cost }) => [status, cost])).toEqual(
    [429, 500, 429, 500, 200].map((n) => [n, 0]),
  );
  expect({ slept: clock.slept, paused, unrecorded }).toEqual({ slept: [], paused: [], unrecorded: [] });
});

it('fails where the recording failed: at the limit of attempts, and where it was given up', async () => {
  for (const [failures, reason] of [
    [[broken, broken, broken, broken, ok], 'HTTP 500'],
    [[broken, limited, limited], 'slow down'],
    [[failedAnswer(429, 'model-ended', 'no quota')], 'no quota'],
  ] as const) {
    const { context, landed, unrecorded } = replaying(...failures);
    await generate([planned('hill', 1)], context);
    expect(landed).toMatchObject([{ outcome: 'infra_error', reason, cost: 0 }]);
    expect(unrecorded).toEqual([]);
  }
});

it('sends nothing that was not recorded, and tells of it', async () => {
  const { context, landed, unrecorded } = replaying(ok);
  await generate([planned('hill', 1), planned('lake', 1, ['hill']), planned('town', 1, ['lake'])], context);
  expect(landed.map(({ case: name, outcome, reason, pending }) => [name, outcome, reason, pending])).toEqual([
    ['hill', 'ok', null, undefined],
    ['lake', 'skipped', 'the recording lacks it', true],
    ['town', 'skipped', 'lake (sample 1) has no picture: skipped', true],
  ]);
  expect(unrecorded?.map(({ id }) => id)).toEqual([planned('lake', 1).id]);
});
