import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../lib/random.js';
import type { Limits } from '../plan/plan.js';
import { Limiter, type LimiterOptions } from './limiter.js';

const minute = 60_000;

function setUp(limits: Limits = {}, options: Partial<LimiterOptions> = {}) {
  const clock = { now: 1_000_000 };
  const limiter = new Limiter({ now: () => clock.now, random: () => 0, limits: () => limits, ...options });
  /** A call that is under way is answered with 429. */
  const refuse = (pauseMs: number | null, model = 'm') => {
    limiter.ended(model);
    return limiter.paused(model, pauseMs);
  };
  /** Starts a call as soon as it may, and has it answered with 429 at once. */
  const fail = (pauseMs: number | null, model = 'm') => {
    clock.now += limiter.waitMs(model);
    limiter.started(model);
    return refuse(pauseMs, model);
  };
  return { clock, limiter, refuse, fail };
}

describe('requests per minute', () => {
  it('lets all through when there is no limit', () => {
    const { limiter } = setUp();
    for (let call = 0; call < 1000; call += 1) limiter.started('m');
    expect(limiter.waitMs('m')).toBe(0);
  });

  it('slides: a place is free a minute after the start that took it', () => {
    const { clock, limiter } = setUp({ rpm: 2 });
    limiter.started('m');
    clock.now += 10_000;
    limiter.started('m');
    expect(limiter.waitMs('m')).toBe(50_000);
    expect(limiter.waitMs('other')).toBe(0);
    clock.now += 49_999;
    expect(limiter.waitMs('m')).toBe(1);
    clock.now += 1;
    expect(limiter.waitMs('m')).toBe(0);
    limiter.started('m');
    expect(limiter.waitMs('m')).toBe(10_000);
  });

  it.each([
    [{ rpm: 2 }, 10, { ms: 50_000, reason: '2 calls a minute reached (rpm)' }],
    [{ rpm: 1 }, 10, { ms: 60_000, reason: '1 call a minute reached (rpm)' }],
    [{ tpm: 1_200 }, 600, { ms: 50_000, reason: '1,200 input tokens a minute reached (tpm)' }],
    [{ rpm: 2, tpm: 600 }, 600, { ms: 60_000, reason: '600 input tokens a minute reached (tpm)' }],
    [{ rpm: 1, tpm: 1_200 }, 600, { ms: 60_000, reason: '1 call a minute reached (rpm)' }],
    [{ rpm: 3 }, 10, null],
    [{ concurrency: 2, rpm: 2 }, 10, null],
    [{}, 10, null],
  ])('of %j with calls of %d tokens tells %j', (limits, tokens, told) => {
    const { clock, limiter } = setUp(limits);
    limiter.started('m', tokens);
    clock.now += 10_000;
    limiter.started('m', tokens);
    expect([limiter.newsOfWait('m', tokens), limiter.newsOfWait('other', tokens)]).toEqual([told, null]);
  });

  it('are told of from 5 s on, each model by itself, and not what a 429 makes', () => {
    const { clock, limiter } = setUp({ rpm: 1 });
    for (const model of ['m', 'other']) limiter.started(model);
    clock.now += 55_001;
    expect(limiter.newsOfWait('m')).toBeNull();
    clock.now -= 1;
    expect([limiter.newsOfWait('m')?.ms, limiter.newsOfWait('other')?.ms]).toEqual([5_000, 5_000]);
    limiter.started('third');
    limiter.ended('third');
    limiter.paused('third', 60_000);
    expect([limiter.waitMs('third'), limiter.newsOfWait('third')]).toEqual([60_000, null]);
  });

  it('are told of every five minutes, however many calls wait', () => {
    const { clock, limiter } = setUp({ rpm: 2 });
    const begin = clock.now;
    const told: number[] = [];
    for (let call = 0; call < 100; call += 1) {
      if (limiter.newsOfWait('m')) told.push((clock.now - begin) / minute);
      clock.now += limiter.waitMs('m');
      limiter.started('m');
    }
    expect((clock.now - begin) / minute).toBe(49);
    expect(told).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45]);
  });

  it('never starts more than the limit in any minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(fc.nat(20_000), { maxLength: 60 }), (rpm, gaps) => {
        const { clock, limiter } = setUp({ rpm });
        const starts = gaps.map((gap) => {
          clock.now += gap;
          clock.now += limiter.waitMs('m');
          limiter.started('m');
          return clock.now;
        });
        for (const start of starts) {
          expect(starts.filter((other) => other > start - minute && other <= start).length).toBeLessThanOrEqual(rpm);
        }
      }),
    );
  });

  it('never waits longer than it must', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.array(fc.nat(20_000), { maxLength: 60 }), (rpm, gaps) => {
        const { clock, limiter } = setUp({ rpm });
        const starts: number[] = [];
        for (const gap of gaps) {
          clock.now += gap;
          const wait = limiter.waitMs('m');
          const busy = (at: number) => starts.filter((start) => start > at - minute && start <= at).length;
          expect(wait === 0 ? busy(clock.now) < rpm : busy(clock.now + wait - 1) >= rpm).toBe(true);
          clock.now += wait;
          limiter.started('m');
          starts.push(clock.now);
        }
      }),
    );
  });
});

describe('tokens per minute', () => {
  it('waits until the calls of the last minute leave room', () => {
    const { clock, limiter } = setUp({ tpm: 1000 });
    limiter.started('m', 600);
    clock.now += 20_000;
    limiter.started('m', 300);
    expect([limiter.waitMs('m', 100), limiter.waitMs('m', 101), limiter.waitMs('m', 701)]).toEqual([0, 40_000, 60_000]);
    clock.now += 40_000;
    expect(limiter.waitMs('m', 700)).toBe(0);
  });

  it('lets a call that is too large by itself go alone', () => {
    const { clock, limiter } = setUp({ tpm: 1000 });
    expect(limiter.waitMs('m', 5000)).toBe(0);
    limiter.started('m', 5000);
    expect(limiter.waitMs('m', 1)).toBe(60_000);
    clock.now += 60_000;
    expect(limiter.waitMs('m', 1)).toBe(0);
  });

  it('never lets more in than fits any minute, and waits no longer than it must', () => {
    const call = fc.record({ gap: fc.nat(20_000), tokens: fc.integer({ min: 1, max: 500 }) });
    fc.assert(
      fc.property(fc.integer({ min: 500, max: 2000 }), fc.array(call, { maxLength: 40 }), (tpm, calls) => {
        const { clock, limiter } = setUp({ tpm });
        const starts: { at: number; tokens: number }[] = [];
        const sent = (at: number) =>
          starts.reduce((sum, each) => sum + (each.at > at - minute && each.at <= at ? each.tokens : 0), 0);
        for (const { gap, tokens } of calls) {
          clock.now += gap;
          const wait = limiter.waitMs('m', tokens);
          if (wait > 0) expect(sent(clock.now + wait - 1) + tokens).toBeGreaterThan(tpm);
          clock.now += wait;
          limiter.started('m', tokens);
          starts.push({ at: clock.now, tokens });
          expect(sent(clock.now)).toBeLessThanOrEqual(tpm);
        }
      }),
    );
  });
});

describe('other limits', () => {
  it('holds a call back until another one of its model came back', () => {
    const { limiter } = setUp({ concurrency: 2 });
    limiter.started('m');
    limiter.started('m');
    expect([limiter.waitMs('m'), limiter.waitMs('other'), limiter.endedReason('m')]).toEqual([Infinity, 0, null]);
    limiter.ended('m');
    expect(limiter.waitMs('m')).toBe(0);
  });

  it('ends a model for the day, with what other runs of the day called', () => {
    const called = ['m', 'm', 'other'];
    const today = {
      of: (model: string) => called.filter((each) => each === model).length,
      add: (model: string) => called.push(model),
    };
    const { limiter } = setUp({ rpd: 3 }, { today });
    expect(limiter.endedReason('m')).toBeNull();
    limiter.started('m');
    expect(limiter.endedReason('m')).toMatch(/^the limit of 3 requests a day to m is used up; a new day begins/);
    expect(limiter.endedReason('other')).toBeNull();
  });
});

describe('a 429', () => {
  it('pauses its model for as long as the server says, and no other', () => {
    const { clock, limiter, fail } = setUp();
    expect(fail(45_838)).toEqual({ ms: 45_838, news: true, ended: null });
    expect(limiter.waitMs('m')).toBe(45_838);
    expect(limiter.waitMs('other')).toBe(0);
    clock.now += 45_838;
    expect(limiter.waitMs('m')).toBe(0);
  });

  it.each([
    ['says nothing', null, [250, 500, 1000, 2000, 4000, 4000, 4000]],
    ['says no time', 0, [250, 500, 1000, 2000, 4000, 4000, 4000]],
    ['says a second or less', 1000, [1000, 1000, 1000, 2000, 4000, 4000, 4000]],
  ])('backs off when the server %s, and ends the model at the eighth in a row', (_what, pauseMs, waits) => {
    const { limiter, fail } = setUp();
    expect(waits.map(() => fail(pauseMs).ms)).toEqual(waits);
    const ended = 'm is over its rate limit (429): 8 times in a row without an answer';
    expect(fail(pauseMs)).toEqual({ ms: Infinity, news: true, ended });
    expect(limiter.waitMs('m')).toBe(Infinity);
    expect(limiter.endedReason('m')).toBe(ended);
    expect(limiter.endedReason('other')).toBeNull();
  });

  it('ends a server that always answers so within 30 s, whatever the jitter', () => {
    fc.assert(
      fc.property(fc.integer(), fc.option(fc.nat(1000)), fc.nat(1000), (seed, pauseMs, latency) => {
        const { clock, limiter, refuse } = setUp({}, { random: seededRandom(seed) });
        const start = clock.now;
        while (limiter.endedReason('m') === null) {
          clock.now += limiter.waitMs('m');
          let sent = 0;
          for (; sent < 5 && limiter.waitMs('m') === 0; sent += 1) limiter.started('m');
          clock.now += latency;
          for (; sent > 0; sent -= 1) refuse(pauseMs);
        }
        expect(clock.now - start).toBeLessThan(30_000);
      }),
    );
  });

  it('waits five minutes in a row, and no more, for a server that says how long', () => {
    const { limiter, fail } = setUp();
    for (let pause = 1; pause <= 5; pause += 1) expect(fail(60_000)).toEqual({ ms: 60_000, news: true, ended: null });
    const ended = 'm is over its rate limit (429): more than 5 minutes of waits in a row';
    expect(fail(60_000)).toEqual({ ms: Infinity, news: true, ended });
    expect(limiter.waitMs('m')).toBe(Infinity);
  });

  it('ends the model at once when the server asks for longer than that', () => {
    expect(setUp().fail(300_001).ended).toMatch('more than 5 minutes');
    expect(setUp().fail(300_000).ended).toBeNull();
  });

  it('never has a model wait for more than five minutes, whatever is answered when', () => {
    const answers = fc.array(
      fc.record({ pauseMs: fc.option(fc.nat(120_000)), after: fc.nat(5_000), burst: fc.nat(3) }),
    );
    fc.assert(
      fc.property(answers, (list) => {
        const { clock, limiter, refuse } = setUp({}, { random: seededRandom(1) });
        let paused = 0;
        for (const { pauseMs, after, burst } of list) {
          const wait = limiter.waitMs('m');
          if (wait === Infinity) break;
          paused += wait;
          clock.now += wait;
          for (let call = 0; call <= burst; call += 1) limiter.started('m');
          clock.now += after;
          for (let call = 0; call <= burst; call += 1) refuse(pauseMs);
        }
        // five minutes that were announced, and seven waits of its own
        expect(paused).toBeLessThanOrEqual(300_000 + 21_000);
      }),
    );
  });

  it('is forgotten after a success', () => {
    const { limiter, fail } = setUp();
    for (let round = 0; round < 20; round += 1) {
      for (let failed = 0; failed < 7; failed += 1) expect(fail(null).ended).toBeNull();
      limiter.succeeded('m');
      expect(fail(200_000).ended).toBeNull();
      limiter.succeeded('m');
    }
    expect(fail(null).ms).toBe(250);
  });
});

describe('calls in flight that fail together', () => {
  it('count as one while the pause lasts', () => {
    const { clock, limiter, refuse } = setUp();
    for (let call = 0; call < 20; call += 1) limiter.started('m');
    expect(refuse(null).ms).toBe(250);
    clock.now += 100;
    for (let call = 1; call < 20; call += 1) expect(refuse(null)).toEqual({ ms: 150, news: false, ended: null });
    expect(limiter.waitMs('m')).toBe(150);
  });

  it('count as one even when the last of them come after the pause', () => {
    const { clock, limiter, refuse, fail } = setUp();
    for (let call = 0; call < 20; call += 1) limiter.started('m');
    refuse(null);
    clock.now += 300;
    for (let call = 1; call < 20; call += 1) expect(refuse(null)).toEqual({ ms: 0, news: false, ended: null });
    expect(fail(null).ms).toBe(500);
  });

  it('wait for the longest that any of them was told, counted once', () => {
    const { clock, limiter, refuse } = setUp();
    for (let call = 0; call < 20; call += 1) limiter.started('m');
    expect(refuse(60_000).ms).toBe(60_000);
    clock.now += 10_000;
    expect(refuse(20_000).ms).toBe(50_000);
    expect(refuse(55_000).ms).toBe(55_000);
    for (let call = 3; call < 20; call += 1) expect(refuse(55_000)).toEqual({ ms: 55_000, news: false, ended: null });
  });

  it('do not end a model that another of them told to wait', () => {
    const { limiter, refuse } = setUp();
    for (let call = 0; call < 20; call += 1) limiter.started('m');
    for (let call = 0; call < 20; call += 1) refuse(call % 2 ? 30_000 : null);
    expect(limiter.endedReason('m')).toBeNull();
    expect(limiter.waitMs('m')).toBe(30_000);
  });
});

describe('calls at a time', () => {
  /** How many calls may start now; they are started. */
  const started = (limiter: Limiter): number => {
    let calls = 0;
    for (; calls < 100 && limiter.waitMs('m') === 0; calls += 1) limiter.started('m');
    return calls;
  };

  it('are half as many after a 429, however many fail with it, and one at least', () => {
    const { clock, limiter, refuse } = setUp();
    for (let call = 0; call < 20; call += 1) limiter.started('m');
    const rounds = [20, 10, 5, 2, 1, 1].map((sent) => {
      for (let call = 0; call < sent; call += 1) refuse(2000);
      clock.now += 2000;
      return started(limiter);
    });
    expect(rounds).toEqual([10, 5, 2, 1, 1, 1]);
  });

  it('are one more after about two rounds that went well', () => {
    const { clock, limiter, fail } = setUp();
    fail(2000);
    clock.now += 2000;
    const rounds = Array.from({ length: 12 }, () => {
      const calls = started(limiter);
      for (let call = 0; call < calls; call += 1) {
        limiter.ended('m');
        limiter.succeeded('m');
      }
      return calls;
    });
    expect(rounds).toEqual([1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4, 5]);
  });

  it('are no reason to give a model up that takes fewer, while its pictures are under way', () => {
    const { clock, limiter, refuse } = setUp();
    const start = clock.now;
    for (let call = 0; call < 5; call += 1) limiter.started('m');
    for (let call = 0; call < 4; call += 1) refuse(null);
    let refused = 0;
    // The server takes one at a time, and needs 30 s for it.
    for (; clock.now < start + 30_000 && limiter.waitMs('m') < Infinity; refused += 1) {
      clock.now += limiter.waitMs('m');
      limiter.started('m');
      refuse(null);
    }
    expect([refused, limiter.endedReason('m')]).toEqual([1, null]);
    clock.now = start + 30_000;
    limiter.ended('m');
    limiter.succeeded('m');
    expect(limiter.waitMs('m')).toBe(0);
  });
});

describe('an ended model', () => {
  it('keeps its first reason and starts nothing more', () => {
    const { clock, limiter } = setUp();
    limiter.end('m', 'per-day quota');
    limiter.end('m', 'later');
    limiter.succeeded('m');
    clock.now += 86_400_000;
    expect(limiter.endedReason('m')).toBe('per-day quota');
    expect(limiter.waitMs('m')).toBe(Infinity);
    expect(limiter.paused('m', 5_000)).toEqual({ ms: Infinity, news: false, ended: 'per-day quota' });
  });
});
