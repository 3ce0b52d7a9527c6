import { costOf, estimateCall, type PlannedCall, promptTokens } from '../catalog/cost.js';
import type { Clock } from '../lib/clock.js';
import type { Answer, Failure, GenerateRequest, Provider, SaidTurn } from './provider.js';
import type { Attempt } from './sample.js';

/** One exchange with the provider: what came back, and what it means for the diary and the purse. */
export interface Attempted {
  answer: Answer;
  attempt: Attempt;
  /** The answer lay in the cache; nothing was sent. */
  cached: boolean;
}

/** Sends the request, or takes the stored answer. `at` in the attempt is when it was sent. */
export async function attemptOnce(
  provider: Provider,
  request: GenerateRequest,
  key: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<Attempted> {
  const at = new Date(clock.now()).toISOString();
  const { cached, ...answer } = await provider.generate(request, key, signal);
  return { answer, cached, attempt: attemptOf(request, answer, at) };
}

function attemptOf(request: GenerateRequest, answer: Answer, at: string): Attempt {
  return {
    at,
    status: answer.exchange.status,
    finishReason: answer.finishReason,
    outcome: answer.outcome,
    reason: answer.reason,
    latencyMs: answer.exchange.latencyMs,
    usage: answer.usage,
    ...price(request, answer, Date.parse(at)),
  };
}

/** An attempt of an earlier process that was sent and whose answer never reached the disk: it may have been charged. */
export function lostAttempt(request: GenerateRequest, at: string): Attempt {
  return {
    at,
    status: null,
    finishReason: null,
    outcome: 'infra_error',
    reason: 'interrupted before the answer came',
    latencyMs: 0,
    usage: null,
    cost: worstPrice(request, Date.parse(at)),
    costEstimated: true,
  };
}

/** USD that one call `at` ms since 1970 may cost at most; `null` when the model has no known price. */
export function worstPrice(request: GenerateRequest, at: number): number | null {
  return estimateCall(request.model, { ...plannedCall(request), at })?.high ?? null;
}

/** Tokens that go in, at most. */
export function worstTokens(request: GenerateRequest): number {
  return promptTokens(request.model, plannedCall(request));
}

/** What was said before is sent again. */
function plannedCall({ prompt, images, generation, batch, words, history: said = [] }: GenerateRequest): PlannedCall {
  const sum = (of: (turn: SaidTurn) => number): number => said.reduce((total, turn) => total + of(turn), 0);
  return {
    promptChars: prompt.length + sum((turn) => turn.prompt.length + turn.answer.characters),
    images: images.length + sum(({ answer }) => answer.images),
    imageSize: generation.imageSize,
    batch,
    statements: words?.statements,
  };
}

/**
 * By usage where the answer says it. An error status costs nothing. A request that got no whole answer is charged by
 * Gemini even so when it reached the server, so it is booked at its worst price, marked as estimated.
 */
function price(request: GenerateRequest, answer: Answer, at: number): { cost: number | null; costEstimated: boolean } {
  if (answer.usage) return { cost: costOf(request.model, answer.usage, request.batch, at), costEstimated: false };
  const reachedServer = answer.exchange.status === 200 || (answer.exchange.status === null && !answer.unreachable);
  return reachedServer ? { cost: worstPrice(request, at), costEstimated: true } : { cost: 0, costEstimated: false };
}

/** A request of a batch job that has no answer: nothing is charged for it. `now` in ms since 1970. */
export function failedAttempt({ reason }: Failure, now: number): Attempt {
  return {
    at: new Date(now).toISOString(),
    status: null,
    finishReason: null,
    outcome: 'infra_error',
    reason,
    latencyMs: 0,
    usage: null,
    cost: 0,
    costEstimated: false,
  };
}
