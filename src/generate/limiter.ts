import { seededRandom, type Random } from '../lib/random.js';
import type { Limits } from '../plan/plan.js';
import type { DayCount } from './day-count.js';

const MINUTE_MS = 60_000;
/** A server that says no sooner than this has not said when; the limiter then backs off by itself. */
const VAGUE_MS = 1_000;
/** Vague 429s in a row without a success that end a model: seven waits of 20.8 s in all at most, so within 30 s. */
const MOST_VAGUE = 8;
const BACKOFF_MS = { first: 250, most: 4_000 };
/** Jitter only lengthens a wait, by up to this part of it. */
const JITTER = 0.25;
/** Rounds of calls that go well before one more is tried at a time, about. */
const CALM_ROUNDS = 2;
/** ms of announced waits in a row without a success that a model is worth. */
const LONGEST_WAIT_MS = 5 * 60_000;
/**
 * Waits for a limit of a minute are told from this length on, the first of a model and then one in five minutes: who
 * watches knows that it is no hang, and a night of `--rpm 2` does not fill a log.
 */
const TOLD = { fromMs: 5_000, everyMs: 5 * 60_000 };

interface Gate {
  /** The calls of the last minute: when they were started, and the tokens that went in. */
  starts: { at: number; tokens: number }[];
  running: number;
  /** Calls at a time that the server seems to take; `Infinity` until it answers with 429. */
  window: number;
  pausedUntil: number;
  /** Calls were started since the last pause began: a 429 can be news. */
  startedSincePause: boolean;
  vague: number;
  waitedMs: number;
  /** When it was last told that a call waits for a limit of a minute. */
  toldAt: number;
  ended: string | null;
}

export interface LimiterOptions {
  now: () => number;
  random?: Random;
  /** What the project may ask of a model. */
  limits?: (model: string) => Limits;
  /** Needed where a model has a limit for a day. */
  today?: Pick<DayCount, 'of' | 'add'>;
}

/**
 * Says when the next call to a model may start. A 429 holds back its whole model, since the quota is the model's;
 * calls that were in flight then and fail the same way belong to the same pause. After it half as many go at a time,
 * and one more whenever that went well for a while (AIMD; Chiu and Jain, "Analysis of the Increase and Decrease
 * Algorithms for Congestion Avoidance", 1989). A pure state machine over `now` (ms).
 */
export class Limiter {
  readonly #gates = new Map<string, Gate>();
  readonly #limits: (model: string) => Limits;
  readonly #today: Pick<DayCount, 'of' | 'add'> | null;
  readonly #now: () => number;
  readonly #random: Random;

  constructor({ now, random, limits, today }: LimiterOptions) {
    this.#limits = limits ?? (() => ({}));
    this.#today = today ?? null;
    this.#now = now;
    this.#random = random ?? seededRandom(now());
  }

  /**
   * ms until a call that sends `tokens` to this model may start: 0 is now, `Infinity` not before a call of this model
   * came back, or never (the model ended).
   */
  waitMs(model: string, tokens = 0): number {
    const gate = this.#gate(model);
    const { rpm = Infinity, tpm = Infinity, concurrency = Infinity } = this.#limits(model);
    if (gate.ended !== null || gate.running + 1 > Math.min(concurrency, gate.window)) return Infinity;
    const now = this.#now();
    gate.starts = gate.starts.filter(({ at }) => now - at < MINUTE_MS);
    return Math.max(0, gate.pausedUntil - now, freeAt(gate.starts, { rpm, tpm }, tokens) - now);
  }

  /** What is to be told of that wait, if anything: how long it is, and the limit of a minute that makes it. */
  newsOfWait(model: string, tokens = 0): { ms: number; reason: string } | null {
    const gate = this.#gate(model);
    const { rpm = Infinity, tpm = Infinity } = this.#limits(model);
    const now = this.#now();
    if (now - gate.toldAt < TOLD.everyMs) return null;
    if (this.waitMs(model, tokens) === Infinity) return null;
    const free = freeAt(gate.starts, { rpm, tpm }, tokens);
    const ms = free - now;
    // A pause is told when it begins, and calls under way show by themselves.
    if (ms < TOLD.fromMs || free <= gate.pausedUntil) return null;
    gate.toldAt = now;
    const calls = freeAt(gate.starts, { rpm, tpm: Infinity }, 0) === free;
    const limit = calls
      ? `${rpm} ${rpm === 1 ? 'call' : 'calls'} a minute`
      : `${tpm.toLocaleString('en-US')} input tokens a minute`;
    return { ms, reason: `${limit} reached (${calls ? 'rpm' : 'tpm'})` };
  }

  started(model: string, tokens = 0): void {
    const gate = this.#gate(model);
    const { rpm, tpm, rpd } = this.#limits(model);
    if (rpm !== undefined || tpm !== undefined) gate.starts.push({ at: this.#now(), tokens });
    if (rpd !== undefined) this.#today?.add(model);
    gate.running += 1;
    gate.startedSincePause = true;
  }

  /** A call that was started came back, whatever with. */
  ended(model: string): void {
    this.#gate(model).running -= 1;
  }

  /**
   * A call that came back was answered with 429, and with how long to wait if the server said so.
   * Returns how long the model now waits, whether that is news, and, when the model is given up, why.
   */
  paused(model: string, pauseMs: number | null): { ms: number; news: boolean; ended: string | null } {
    const gate = this.#gate(model);
    if (gate.ended !== null) return { ms: Infinity, news: false, ended: gate.ended };
    const now = this.#now();
    const announced = pauseMs !== null && pauseMs > VAGUE_MS;
    const sameBurst = now < gate.pausedUntil || !gate.startedSincePause;
    if (!announced && !sameBurst) gate.vague += 1;
    if (!sameBurst) gate.window = Math.max(1, Math.floor(Math.min(gate.window, gate.running + 1) / 2));
    // Calls in flight may yet be answered: a picture takes longer than all these waits.
    if (gate.vague >= MOST_VAGUE && gate.running === 0) {
      return this.#end(gate, `${model} is over its rate limit (429): ${MOST_VAGUE} times in a row without an answer`);
    }
    const wait = announced ? pauseMs : sameBurst ? 0 : Math.max(pauseMs ?? 0, this.#backoffMs(gate.vague));
    const longer = Math.max(0, now + wait - Math.max(now, gate.pausedUntil));
    if (announced) gate.waitedMs += longer;
    if (gate.waitedMs > LONGEST_WAIT_MS) {
      const minutes = LONGEST_WAIT_MS / 60_000;
      return this.#end(gate, `${model} is over its rate limit (429): more than ${minutes} minutes of waits in a row`);
    }
    gate.pausedUntil = Math.max(gate.pausedUntil, now + wait);
    gate.startedSincePause = false;
    const news = !sameBurst || longer > VAGUE_MS;
    return { ms: Math.max(0, gate.pausedUntil - now), news, ended: null };
  }

  /** A call to this model was answered with anything but a 429: what was counted against it is forgotten. */
  succeeded(model: string): void {
    const gate = this.#gate(model);
    gate.vague = 0;
    gate.waitedMs = 0;
    gate.window += 1 / (CALM_ROUNDS * gate.window);
  }

  /** No call to this model shall start any more; the first reason stays. */
  end(model: string, reason: string): void {
    this.#gate(model).ended ??= reason;
  }

  /** Why no call to this model may start any more; a limit for a day that is used up is a reason. */
  endedReason(model: string): string | null {
    const gate = this.#gate(model);
    const { rpd } = this.#limits(model);
    if (gate.ended === null && rpd !== undefined && this.#today && this.#today.of(model) >= rpd)
      gate.ended = `the limit of ${rpd} requests a day to ${model} is used up; a new day begins at midnight Pacific time`;
    return gate.ended;
  }

  #end(gate: Gate, reason: string): { ms: number; news: boolean; ended: string } {
    gate.ended = reason;
    return { ms: Infinity, news: true, ended: reason };
  }

  #backoffMs(failed: number): number {
    const base = Math.min(BACKOFF_MS.most, BACKOFF_MS.first * 2 ** (failed - 1));
    return Math.round(base * (1 + JITTER * this.#random()));
  }

  #gate(model: string): Gate {
    let gate = this.#gates.get(model);
    if (!gate) {
      gate = {
        starts: [],
        running: 0,
        window: Infinity,
        pausedUntil: -Infinity,
        startedSincePause: true,
        vague: 0,
        waitedMs: 0,
        toldAt: -Infinity,
        ended: null,
      };
      this.#gates.set(model, gate);
    }
    return gate;
  }
}

/** When a call that sends `tokens` has room in the minute before it. One that is too large by itself waits for an empty minute. */
function freeAt(starts: Gate['starts'], { rpm, tpm }: { rpm: number; tpm: number }, tokens: number): number {
  let [calls, sum] = [starts.length, starts.reduce((total, start) => total + start.tokens, 0)];
  let free = -Infinity;
  for (const start of starts) {
    if (calls < rpm && sum + tokens <= tpm) break;
    free = start.at + MINUTE_MS;
    calls -= 1;
    sum -= start.tokens;
  }
  return free;
}
