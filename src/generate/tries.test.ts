import { describe, expect, it } from 'vitest';
import { failedAnswer, okAnswer, planned, scripted, workshop } from './__fixtures__/scripted.js';
import type { RetryPolicy } from './context.js';
import { generate } from './generate.js';
import type { Answer, GenerateRequest } from './provider.js';
import type { Sample } from './sample.js';

/** Pictures have these qualities, in the order in which they are looked at. */
function policy(...qualities: (number | null)[]): RetryPolicy & { asked: Sample[] } {
  const asked: Sample[] = [];
  return {
    below: 0.5,
    tries: 3,
    asked,
    scoresOf: (sample) => {
      asked.push(sample);
      return Promise.resolve({ quality: { value: qualities.shift() ?? null, version: '1' } });
    },
  };
}

async function make(
  retry: RetryPolicy,
  script: (request: GenerateRequest, call: number) => Answer = (request) => okAnswer(request),
) {
  const { calls, provide } = scripted(script);
  const shop = workshop(provide, { retry });
  const stop = await generate([planned('hill', 1), planned('lake', 1, ['hill'])], shop.context);
  const [hill, lake] = shop.landed;
  if (!hill || !lake) throw new Error('two samples were planned');
  return { ...shop, calls, stop, hill, lake };
}

const tries = (sample: Sample) =>
  sample.discarded?.map(({ try: number, scores }) => [number, scores['quality']?.value]);

describe('a retry policy', () => {
  it.each([
    [[0.5, 0.9], undefined, 2],
    [[null, 0.9], undefined, 2],
    [[0.4, 0.9, 0.9], [[1, 0.4]], 3],
    [
      [0.4, 0.3, 0.9],
      [
        [1, 0.4],
        [2, 0.3],
      ],
      4,
    ],
  ])('of three tries below 0.5 takes qualities %j', async (qualities, expected, sent) => {
    const { hill, calls, lake } = await make(policy(...qualities));
    expect(tries(hill)).toEqual(expected);
    expect(calls).toHaveLength(sent);
    // The children of a slot are made from the picture that stayed.
    expect(lake.inputs[1]?.sha256).toBe(hill.image?.sha256);
  });

  it('keeps what it discards, with a seed and a key of its own, and counts every dollar', async () => {
    const { hill, calls, context } = await make(policy(0.1, 0.2, 0.9));
    const { hill: first } = await make(policy(0.9, 0.9));
    const [one, two] = hill.discarded ?? [];
    // What was bought without a policy is the first try, and is not bought again.
    expect([one?.key, one?.seed, one?.image]).toEqual([first.key, first.seed, first.image]);
    const all = [one, two, hill];
    for (const each of ['key', 'seed'] as const) expect(new Set(all.map((made) => made?.[each])).size).toBe(3);
    expect(calls.slice(0, 3).map(({ seed }) => seed)).toEqual(all.map((made) => made?.seed));
    expect(hill.attempts).toHaveLength(3);
    expect(hill.cost).toBeCloseTo(3 * (first.cost ?? NaN), 9);
    expect(hill.savedCost).toBe(0);
    expect((one?.cost ?? NaN) + (two?.cost ?? NaN)).toBeCloseTo((2 / 3) * (hill.cost ?? NaN), 9);
    expect(context.budget.total).toBeCloseTo(4 * (first.cost ?? NaN), 9);
  });

  it('does not look at the last try, and takes a later try that failed as it is', async () => {
    const retry = policy(0.1, 0.2, 0.1, 0.2);
    const { hill, lake } = await make(retry);
    expect([tries(hill)?.length, hill.outcome, tries(lake)?.length]).toEqual([2, 'ok', 2]);
    expect(retry.asked).toHaveLength(4);
    const refused = await make(policy(0.1), (request, call) =>
      call === 1 ? okAnswer(request) : okAnswer(request, { outcome: 'refused', images: [], reason: 'blocked' }),
    );
    expect(refused.hill).toMatchObject({ outcome: 'refused', image: null, discarded: [{ try: 1 }] });
    const lost = await make(policy(0.1), (request, call) =>
      call === 1 ? okAnswer(request) : failedAnswer(400, 'no', 'no more'),
    );
    expect(lost.hill).toMatchObject({ outcome: 'infra_error', reason: 'no more', discarded: [{ try: 1 }] });
  });

  it('goes on where the budget ended, and pays for no try twice', async () => {
    const { provide, calls } = scripted((request) => okAnswer(request));
    const first = workshop(provide, { retry: policy(0.1, 0.1), maxCost: 0.06 });
    expect(await generate([planned('hill', 1)], first.context)).toBe('budget');
    expect(first.landed).toMatchObject([{ outcome: 'skipped', pending: true, discarded: [{ try: 1 }] }]);
    const sent = calls.length;
    const second = workshop(provide, { retry: policy(0.1, 0.1), folder: first.folder });
    expect(await generate([planned('hill', 1)], second.context)).toBe(null);
    expect(calls).toHaveLength(3);
    const [hill] = second.landed;
    expect(hill).toMatchObject({ outcome: 'ok', cached: false, savedCost: 0, discarded: [{ try: 1 }, { try: 2 }] });
    expect(hill?.attempts).toHaveLength(3);
    expect(second.context.budget.total).toBeCloseTo(((hill?.cost ?? NaN) * (3 - sent)) / 3, 9);
    const third = workshop(provide, { retry: policy(0.1, 0.1), folder: first.folder });
    const fresh = {
      ...third.context,
      resumed: { samples: new Map(), attempts: new Map(), open: new Map(), batches: new Map() },
    };
    await generate([planned('hill', 1)], fresh);
    expect(calls).toHaveLength(3);
    expect(third.landed).toMatchObject([{ cached: true, cost: 0, discarded: [{ cost: 0 }, { cost: 0 }] }]);
    expect(third.landed[0]?.savedCost).toBeCloseTo(hill?.cost ?? NaN, 9);
  });
});
