import { describe, expect, it } from 'vitest';
import { estimateCall } from '../catalog/cost.js';
import { startEmulator } from '../emulator/server.js';
import type { FaultPlan } from '../emulator/faults.js';
import type { PlannedSample } from '../plan/plan.js';
import { planned, workshop } from './__fixtures__/scripted.js';
import type { GenerateContext } from './context.js';
import { generate } from './generate.js';
import { readJournal } from './journal.js';
import type { Provider } from './provider.js';
import { providers } from './providers/index.js';
import { tinyDraw } from '../emulator/__fixtures__/tiny.js';

const KEY = 'AIza-test-key-of-no-value-0123456789';
const JUDGE = 'gemini-3.8-flash';
const statements = [
  { says: 'There is a map', under: null },
  { says: 'It is open', under: 0 },
];
const judge = { model: JUDGE, votes: 3, statements };
const judged = (name: string, sample = 1, parents: string[] = [], votes = 3): PlannedSample => ({
  ...planned(name, sample, parents),
  judge: { ...judge, votes },
});

/** A shop with the real SDK in front of an emulator whose pictures say nothing, so that the judge is unsure of all. */
async function make(
  round: PlannedSample[],
  rules: FaultPlan['rules'] = [],
  { onAsked, ...changes }: Partial<GenerateContext> & { folder?: string; maxCost?: number; onAsked?: () => void } = {},
) {
  const sent: string[] = [];
  const emulator = await startEmulator({
    draw: tinyDraw,
    faults: { rules },
    onRequest: ({ model }) => sent.push(model ?? ''),
  });
  const shop = workshop((store) => {
    const gemini = providers.gemini({ apiKey: KEY, baseUrl: emulator.url, emulated: true, store, timeoutMs: 2000 });
    const ask: Provider['generate'] = (request, key, signal) => {
      const answer = gemini.generate(request, key, signal);
      if (request.words) onAsked?.();
      return answer;
    };
    return { ...gemini, generate: ask };
  }, changes);
  const stop = await generate(round, shop.context).finally(() => emulator.close());
  const calls = () => sent.filter((model) => model === JUDGE).length;
  return { ...shop, stop, calls, sent };
}

describe('a picture that is to be judged', () => {
  it('lands with every vote, and its own cost is that of the picture', async () => {
    const { landed, calls, context, folder } = await make([judged('hill')]);
    const [hill] = landed;
    expect(landed).toHaveLength(1);
    expect(hill).toMatchObject({ outcome: 'ok', judged: { model: JUDGE, prompt: '1' } });
    expect(hill?.judged?.votes).toHaveLength(3);
    for (const vote of hill?.judged?.votes ?? [])
      expect(vote).toMatchObject({
        answers: ['unsure', 'unsure'],
        outcome: 'ok',
        reason: null,
        modelVersion: `${JUDGE}-emulated-1`,
        cached: false,
        savedCost: 0,
      });
    expect(new Set(hill?.judged?.votes.map(({ key }) => key)).size).toBe(3);
    expect(calls()).toBe(3);
    const judging = hill?.judged?.votes.reduce((sum, { cost }) => sum + (cost ?? NaN), 0) ?? NaN;
    expect(judging).toBeGreaterThan(0.002);
    expect(context.budget.total).toBeCloseTo((hill?.cost ?? NaN) + judging, 12);
    const lines = readJournal(`${folder}/run/journal.jsonl`);
    expect(lines.filter(({ type }) => type === 'sample')).toHaveLength(1);
    expect(lines.flatMap((line) => (line.type === 'call' ? [line.id] : []))).toEqual(
      ['', ' vote 1', ' vote 2', ' vote 3'].map((vote) => `${judged('hill').id}${vote}`),
    );
  });

  it('is judged once: the same picture and statements are never paid for again', async () => {
    const first = await make([judged('hill')]);
    const again = await make([judged('hill')], [], { folder: first.folder });
    expect(again.sent).toEqual([]);
    expect(again.landed[0]?.judged?.votes.map(({ answers, cached }) => [answers?.length, cached])).toEqual(
      Array(3).fill([2, false]),
    );
    const five = await make([judged('hill', 1, [], 5)], [], { folder: first.folder });
    expect(five.sent).toEqual([JUDGE, JUDGE]);
  });

  it('does not keep those waiting that are made from it', async () => {
    const { landed, sent } = await make([judged('hill'), planned('lake', 1, ['hill'])], [], { concurrency: 9 });
    expect(sent.slice(0, 2).sort()).not.toEqual([JUDGE, JUDGE]);
    expect(landed.map((sample) => sample.case).sort()).toEqual(['hill', 'lake']);
    expect(landed.find((sample) => sample.case === 'lake')?.judged).toBeUndefined();
  });

  it('is not judged where there is none', async () => {
    const { landed, calls } = await make([judged('hill')], [{ match: { call: 1 }, fault: 'image-safety' }]);
    expect(landed[0]).toMatchObject({ outcome: 'refused' });
    expect(landed[0]?.judged).toBeUndefined();
    expect(calls()).toBe(0);
  });
});

describe('a judge that fails', () => {
  const match = { model: JUDGE };
  it.each([
    ['always with 500', { match, fault: 'internal' as const }, 12, 'infra_error', /^The server failed \(500\)/],
    [
      'with answers that are cut',
      { match, fault: 'cut-text' as const },
      12,
      'infra_error',
      /not of the form asked for: \{/,
    ],
    [
      'with other words',
      { match, fault: 'text-only' as const },
      12,
      'infra_error',
      /not of the form asked for: I can see/,
    ],
    ['with bodies that are cut', { match, fault: 'bad-json' as const }, 12, 'infra_error', /cut off or garbled/],
    ['with nothing', { match, fault: 'no-candidates' as const }, 12, 'infra_error', /^The answer is empty/],
    ['by refusing', { match, fault: 'prompt-blocked' as const }, 3, 'refused', /^The prompt was blocked/],
    [
      'for the day',
      { match, fault: 'daily-quota' as const },
      3,
      'infra_error',
      /^The quota per day for gemini-3\.8-flash/,
    ],
  ])('%s leaves the sample as it was, after a bounded number of calls', async (_, rule, calls, outcome, reason) => {
    const shop = await make([judged('hill')], [rule]);
    const [hill] = shop.landed;
    expect(hill).toMatchObject({ outcome: 'ok', reason: null });
    expect(hill?.pending).toBeUndefined();
    expect(shop.stop).toBeNull();
    expect(shop.calls()).toBe(calls);
    for (const vote of hill?.judged?.votes ?? []) {
      expect(vote).toMatchObject({ answers: null, outcome });
      expect(vote.reason).toMatch(reason);
    }
  });

  it('once is asked again, and a garbled answer that was paid for is counted', async () => {
    const shop = await make([judged('hill')], [{ match: { ...match, call: 2 }, fault: 'cut-text' }]);
    const votes = shop.landed[0]?.judged?.votes ?? [];
    expect(votes.map(({ answers }) => answers?.length)).toEqual([2, 2, 2]);
    expect(votes.map(({ attempts }) => attempts.length).sort()).toEqual([1, 1, 2]);
    const twice = votes.find(({ attempts }) => attempts.length === 2);
    expect(twice?.attempts[0]).toMatchObject({ outcome: 'infra_error', costEstimated: false });
    expect(twice?.attempts[0]?.cost).toBeGreaterThan(0);
  });

  it('is paused by a 429 of its own, and other models are not', async () => {
    const paused: string[] = [];
    const shop = await make(
      [judged('hill')],
      [{ match: { ...match, call: 1 }, fault: { name: 'rate-limit', delay: 3 } }],
      {
        onPause: (model) => paused.push(model),
      },
    );
    expect(paused).toEqual([JUDGE]);
    expect(shop.landed[0]?.judged?.votes.every(({ answers }) => answers !== null)).toBe(true);
  });
});

describe('a run that ends early', () => {
  /** It does not think, so that little is left of what is set aside for a picture. */
  const model = 'gemini-2.5-flash-image';
  const worst = estimateCall(model, { promptChars: 10, images: 1 })?.high ?? NaN;

  it('for its budget keeps the picture, and goes on with the votes', async () => {
    const cheap = { ...planned('hill', 1, [], model), judge };
    const first = await make([cheap], [], { maxCost: worst });
    expect(first.stop).toBe('budget');
    expect(first.landed).toHaveLength(1);
    const [hill] = first.landed;
    expect(hill).toMatchObject({ outcome: 'ok' });
    const lost = hill?.judged?.votes.filter(({ answers }) => answers === null) ?? [];
    expect(lost.length).toBeGreaterThan(0);
    expect(lost[0]).toMatchObject({ outcome: 'skipped', reason: expect.stringContaining('the budget') as string });
    const again = await make([cheap], [], { folder: first.folder });
    expect(again.stop).toBeNull();
    expect(again.sent).toEqual(Array(lost.length).fill(JUDGE));
    expect(again.landed[0]?.judged?.votes.every(({ answers }) => answers?.length === 2)).toBe(true);
    expect(again.landed[0]?.image).toEqual(hill?.image);
  });

  it('interrupted keeps what was made, and asks only for what is missing', async () => {
    const controller = new AbortController();
    const first = await make([judged('hill')], [{ match: { model: JUDGE }, fault: 'hang' }], {
      signal: controller.signal,
      onAsked: () => controller.abort(),
    });
    expect(first.stop).toBe('interrupted');
    expect(first.landed[0]).toMatchObject({ outcome: 'ok' });
    const again = await make([judged('hill')], [], { folder: first.folder });
    expect(again.sent).toEqual([JUDGE, JUDGE, JUDGE]);
    expect(again.landed[0]?.judged?.votes.every(({ answers }) => answers?.length === 2)).toBe(true);
  });
});
