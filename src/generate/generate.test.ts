import fc from 'fast-check';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { costOf } from '../catalog/cost.js';
import { sha256 } from '../lib/hash.js';
import { failedAnswer, okAnswer, planned, scripted, usage, workshop } from './__fixtures__/scripted.js';
import { Budget } from './budget.js';
import { generate } from './generate.js';
import { readJournal, resume } from './journal.js';
import { systemClock } from '../lib/clock.js';

const price = costOf('gemini-nano-banana-2.1', usage) ?? NaN;
const chain = [planned('sheet', 1), planned('hill', 1, ['sheet']), planned('peak', 1, ['sheet', 'hill'])];
const outcomes = (landed: { case: string; outcome: string }[]) => landed.map((each) => `${each.case} ${each.outcome}`);

describe('generate', () => {
  it('gives a child the bytes of its own parents, in order', async () => {
    const { calls, provide } = scripted((request) => okAnswer(request));
    const { context, landed } = workshop(provide);
    expect(await generate(chain, context)).toBeNull();
    expect(outcomes(landed)).toEqual(['sheet ok', 'hill ok', 'peak ok']);
    const [sheet, hill] = landed;
    expect(calls.map((call) => call.images.map((image) => image.name))).toEqual([
      ['archive'],
      ['archive', 'sheet'],
      ['archive', 'sheet', 'hill'],
    ]);
    const peak = calls[2]?.images.map((image) => sha256(image.bytes));
    expect(peak?.slice(1)).toEqual([sheet?.image?.sha256, hill?.image?.sha256]);
  });

  it('books cost and latency by usage', async () => {
    const { provide } = scripted((request) => okAnswer(request));
    const { context, landed } = workshop(provide);
    await generate([planned('sheet', 1)], context);
    expect(landed[0]).toMatchObject({ cost: price, savedCost: 0, latencyMs: 1000, cached: false });
    expect(context.budget.total).toBeCloseTo(price, 12);
  });

  it('skips the children of a sample without a picture, and says why', async () => {
    const refused = { outcome: 'refused' as const, images: [], reason: 'blocked: SAFETY' };
    const { calls, provide } = scripted((request) => okAnswer(request, request.prompt.includes('hill') ? refused : {}));
    const { context, landed } = workshop(provide);
    await generate(chain, context);
    expect(outcomes(landed)).toEqual(['sheet ok', 'hill refused', 'peak skipped']);
    expect(landed[2]?.reason).toBe('hill (sample 1) has no picture: refused');
    expect(calls).toHaveLength(2);
  });

  it('tries a retryable failure four times in all, counts what each attempt cost, and waits in between', async () => {
    const { calls, provide } = scripted(() => failedAnswer(503, 'yes'));
    const { context, landed, clock } = workshop(provide);
    await generate([planned('sheet', 1)], context);
    expect(calls).toHaveLength(4);
    expect(landed[0]).toMatchObject({ outcome: 'infra_error', reason: 'HTTP 503', cost: 0 });
    expect(landed[0]?.attempts.map((attempt) => attempt.status)).toEqual([503, 503, 503, 503]);
    expect(clock.slept.filter((ms) => ms >= 500)).toHaveLength(3);
  });

  it('does not retry what would fail again', async () => {
    const { calls, provide } = scripted(() => failedAnswer(400, 'no', 'bad ratio'));
    const { context, landed } = workshop(provide);
    await generate([planned('sheet', 1)], context);
    expect(calls).toHaveLength(1);
    expect(landed[0]).toMatchObject({ outcome: 'infra_error', reason: 'bad ratio' });
  });

  it('pauses a model on 429 without using up attempts', async () => {
    const { calls, provide } = scripted((request, call) =>
      call <= 6 ? failedAnswer(429, { pauseMs: 5000 }) : okAnswer(request),
    );
    const { context, landed } = workshop(provide, { concurrency: 1 });
    await generate([planned('sheet', 1)], context);
    expect(calls).toHaveLength(7);
    expect(landed[0]).toMatchObject({ outcome: 'ok' });
    expect(landed[0]?.attempts).toHaveLength(7);
  });

  it('ends a model whose quota is gone, and leaves the other models alone', async () => {
    const { provide } = scripted((request) =>
      request.model === 'gemini-3-pro-image' ? failedAnswer(429, 'model-ended', 'per-day quota') : okAnswer(request),
    );
    const { context, landed, folder } = workshop(provide);
    const round = [1, 2, 3].flatMap((sample) => [
      planned('sheet', sample),
      planned('sheet', sample, [], 'gemini-3-pro-image'),
    ]);
    await generate(round, context);
    expect(landed.filter((sample) => sample.outcome === 'ok')).toHaveLength(3);
    expect(landed.filter((sample) => sample.reason?.includes('per-day quota'))).toHaveLength(3);
    // Not final: the same run goes on with them on another day.
    const journalled = readJournal(`${folder}/run/journal.jsonl`).filter((line) => line.type === 'sample');
    expect(journalled).toHaveLength(3);
  });

  it('charges an answer that never arrived at its worst price, marked', async () => {
    const { provide } = scripted((request, call) =>
      call === 1 ? failedAnswer(null, 'yes', 'cut') : okAnswer(request),
    );
    const { context, landed } = workshop(provide);
    await generate([planned('sheet', 1)], context);
    const [first, second] = landed[0]?.attempts ?? [];
    expect(first).toMatchObject({ costEstimated: true });
    expect(first?.cost).toBeGreaterThan(price);
    expect(second).toMatchObject({ costEstimated: false, cost: price });
  });

  it('never exceeds the budget, whatever comes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0, max: 0.5, noNaN: true }),
        fc.integer({ min: 1, max: 6 }),
        async (maxCost, concurrency) => {
          const { provide } = scripted((request) => okAnswer(request));
          const { context, landed } = workshop(provide, { maxCost, concurrency });
          const round = [1, 2, 3, 4, 5, 6, 7, 8].map((sample) => planned('sheet', sample));
          const stop = await generate(round, context);
          expect(context.budget.total).toBeLessThanOrEqual(maxCost);
          expect(landed).toHaveLength(8);
          expect(stop).toBe(landed.every((sample) => sample.outcome === 'ok') ? null : 'budget');
        },
      ),
      { numRuns: 15 },
    );
  });

  it('asks once for equal requests, and counts the second as saved', async () => {
    const { calls, provide } = scripted((request) => okAnswer(request));
    const { context, landed } = workshop(provide);
    const twin = { ...planned('sheet', 1), id: 'twin' };
    await generate([planned('sheet', 1), twin], context);
    expect(calls).toHaveLength(1);
    expect(landed.map(({ cached, cost, savedCost }) => ({ cached, cost, savedCost }))).toEqual([
      { cached: false, cost: price, savedCost: 0 },
      { cached: true, cost: 0, savedCost: price },
    ]);
  });

  it('stops after too many failures', async () => {
    const { calls, provide } = scripted(() => failedAnswer(400, 'no'));
    const { context } = workshop(provide, { concurrency: 1, maxFailures: 2 });
    expect(
      await generate(
        [1, 2, 3, 4, 5].map((sample) => planned('sheet', sample)),
        context,
      ),
    ).toBe('failures');
    expect(calls).toHaveLength(2);
  });

  it('keeps no more calls in flight than allowed', async () => {
    let inFlight = 0;
    let most = 0;
    const { provide } = scripted(async (request) => {
      most = Math.max(most, (inFlight += 1));
      await systemClock.sleep(2);
      inFlight -= 1;
      return okAnswer(request);
    });
    const { context } = workshop(provide, { concurrency: 3, clock: systemClock });
    await generate(
      Array.from({ length: 12 }, (_, index) => planned('sheet', index + 1)),
      context,
    );
    expect(most).toBe(3);
  });
});

describe('a broken picture', () => {
  it.each([
    ['garbage', new Uint8Array([1, 2, 3]), 'no known picture format'],
    ['cut', null, 'cannot be decoded'],
  ])('%s is bad_image with its reason', async (_, bytes, reason) => {
    const { provide } = scripted((request) => {
      const answer = okAnswer(request);
      const whole = answer.images[0] ?? new Uint8Array();
      return { ...answer, images: [bytes ?? whole.subarray(0, whole.length - 30)] };
    });
    const { context, landed } = workshop(provide);
    await generate([planned('sheet', 1), planned('hill', 1, ['sheet'])], context);
    expect(landed[0]).toMatchObject({ outcome: 'bad_image', image: null, cost: price });
    expect(landed[0]?.reason).toContain(reason);
    expect(landed[1]).toMatchObject({ outcome: 'skipped' });
  });
});

describe('resuming', () => {
  it('never asks again for what was answered, wherever the process died', async () => {
    const { calls, provide } = scripted((request) => okAnswer(request));
    const whole = workshop(provide);
    await generate(chain, whole.context);
    const lines = readFileSync(`${whole.folder}/run/journal.jsonl`, 'utf8').split('\n').filter(Boolean);
    // Cut the diary after every line in turn: the answers are on disk, the diary is not.
    for (let kept = 1; kept <= lines.length; kept += 1) {
      const again = workshop(provide, { folder: whole.folder });
      again.context.resumed = resume(lines.slice(0, kept).map((line) => JSON.parse(line) as never));
      await generate(chain, again.context);
      expect(again.landed.map((sample) => sample.image?.sha256)).toEqual(
        whole.landed.map((sample) => sample.image?.sha256),
      );
    }
    expect(calls).toHaveLength(3);
  });

  it.each([
    ['before the answer was written down', 'call', 0],
    ['before the sample was', 'answer', 0],
    ['when all was written', 'sample', 0],
    ['before the answer came', 'call', 1],
  ])('killed %s, counts every dollar once, in the sample and in the budget', async (_, last, lost) => {
    const { provide } = scripted((request) => okAnswer(request));
    const first = workshop(provide);
    await generate([planned('sheet', 1)], first.context);
    const journal = `${first.folder}/run/journal.jsonl`;
    const lines = readFileSync(journal, 'utf8').split('\n').filter(Boolean);
    const cut = lines.findIndex((line) => (JSON.parse(line) as { type: string }).type === last) + 1;
    writeFileSync(journal, `${lines.slice(0, cut).join('\n')}\n`);
    if (lost === 1) rmSync(`${first.folder}/answers`, { recursive: true });
    // Twice: what the second process books is there for the third.
    for (const process of [2, 3]) {
      const again = workshop(provide, { folder: first.folder });
      const earlier = [...again.context.resumed.attempts.values()].flat();
      again.context.budget = new Budget(
        null,
        earlier.reduce((sum, attempt) => sum + (attempt.cost ?? 0), 0),
      );
      const done = again.context.resumed.samples.get(planned('sheet', 1).id);
      if (!done) await generate([planned('sheet', 1)], again.context);
      const [sample] = done ? [done] : again.landed;
      expect({ process, cached: sample?.cached, saved: sample?.savedCost }).toEqual({
        process,
        cached: false,
        saved: 0,
      });
      expect(sample?.attempts.map((attempt) => attempt.costEstimated)).toEqual(lost === 1 ? [true, false] : [false]);
      expect(again.context.budget.total).toBeCloseTo(sample?.cost ?? NaN, 12);
    }
  });

  it('books an answer of the killed process as spent in this run, and a lost one by estimate', async () => {
    const { provide } = scripted((request) => okAnswer(request));
    const first = workshop(provide);
    await generate([planned('sheet', 1)], first.context);
    const { key } = first.landed[0] ?? {};
    const again = workshop(provide, { folder: first.folder });
    const at = '2026-11-20T12:00:00.000Z';
    again.context.resumed = {
      samples: new Map(),
      attempts: new Map(),
      batches: new Map(),
      open: new Map([
        [
          planned('sheet', 1).id,
          [
            { key: key ?? '', at },
            { key: key ?? '', at },
          ],
        ],
      ]),
    };
    await generate([planned('sheet', 1)], again.context);
    expect(again.landed[0]).toMatchObject({ cached: false, savedCost: 0 });
    expect(again.landed[0]?.attempts.map((attempt) => attempt.costEstimated)).toEqual([true, false]);
  });
});
