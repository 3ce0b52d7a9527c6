import { keyOf, seedOfTry } from '../plan/key.js';
import type { PlannedInput, PlannedSample } from '../plan/plan.js';
import { lostAttempt, worstPrice } from './attempt.js';
import type { GenerateContext, InputPicture } from './context.js';
import type { GenerateRequest, SaidTurn } from './provider.js';
import type { Attempt, Discarded, Picture } from './sample.js';

/** A sample whose inputs are known, on its way to an outcome; or a vote on the picture of one. */
export interface Job {
  /** What the diary calls it. */
  id: string;
  planned: PlannedSample;
  /** Of a vote, which one: from 1. */
  vote?: number;
  request: GenerateRequest;
  key: string;
  inputs: (Picture & { name: string })[];
  /** Made in this run, an earlier process of it included. */
  attempts: Attempt[];
  /** Tries at this slot that were not kept. */
  discarded: Discarded[];
  /** How many of the attempts were made for those. */
  attemptsBefore: number;
  /** Failed attempts that count against the limit. */
  tries: number;
  waitedMs: number;
  /** ms since 1970. */
  notBefore: number;
  /** The answer lies in the cache; set when the job is launched. */
  inHand: boolean;
  /** An earlier process of this run bought the stored answer: it was paid for here, not saved. */
  boughtBefore: boolean;
  /** That process was killed before it wrote the answer down: the attempt is still to be booked. */
  unbooked: boolean;
  worstPrice: number;
  /** USD set aside while the call is in flight. */
  reserved: number;
}

/**
 * Puts the whole request together, and with it the key. `history` is that of a later turn, and `before` what a slot has
 * behind it whose picture was not kept.
 */
export function startJob(
  planned: PlannedSample,
  context: GenerateContext,
  history?: SaidTurn[],
  before: Pick<Job, 'attempts' | 'discarded'> | null = null,
): Job {
  const discarded = before?.discarded ?? [];
  const number = discarded.length + 1;
  const { request: first, inputs } = requestOf(planned, context, history);
  const request = { ...first, seed: seedOfTry(first.seed, number) };
  const key = requestKey(request, planned, context.origin, number);
  return openJob({ id: planned.id, planned, request, key, inputs, discarded }, context, before?.attempts ?? null);
}

/** What the diary and the cache know of a call. `before`: attempts made for what the slot has behind it. */
export function openJob(
  call: Pick<Job, 'id' | 'planned' | 'vote' | 'request' | 'key' | 'inputs' | 'discarded'>,
  context: GenerateContext,
  before: Attempt[] | null = null,
): Job {
  const { id, request, key, discarded } = call;
  const open = (context.resumed.open.get(id) ?? []).filter((each) => each.key === key);
  const answered = context.answers.has(key);
  const earlier = context.resumed.attempts.get(id) ?? [];
  // The last open call is answered when its answer is stored; every other one was lost on the way.
  const lost = (answered ? open.slice(0, -1) : open).map((each) => lostAttempt(request, each.at));
  for (const attempt of lost) book(attempt, { id, key }, context);
  const unbooked = answered && open.length > 0;
  // One answer for each try, in their order.
  const bought = earlier.filter((attempt) => attempt.outcome !== 'infra_error').length > discarded.length;
  return {
    ...call,
    attempts: [...(before ?? earlier), ...lost],
    attemptsBefore: before?.length ?? 0,
    tries: 0,
    waitedMs: 0,
    notBefore: 0,
    inHand: answered,
    boughtBefore: unbooked || (answered && bought),
    unbooked,
    worstPrice: worstPrice(request, context.clock.now()) ?? 0,
    reserved: 0,
  };
}

/** Writes an attempt into the diary and takes its price out of the purse, where `reserved` was set aside for it. */
export function book(
  attempt: Attempt,
  { id, key, reserved = 0 }: Pick<Job, 'id' | 'key'> & { reserved?: number },
  { journal, budget }: Pick<GenerateContext, 'journal' | 'budget'>,
): void {
  budget.settle(reserved, attempt.cost ?? 0);
  journal.write({ type: 'answer', id, key, attempt });
}

function requestKey(request: GenerateRequest, { sample }: PlannedSample, origin: string, number: number): string {
  return keyOf({ ...request, origin, sample, ...(number > 1 && { try: number }) });
}

/** What was said before a later turn, as it was answered; `null` where an answer is not kept any more. */
export function historyOf(
  earlier: readonly { id: string; prompt: string }[],
  { made, provider }: Pick<GenerateContext, 'made' | 'provider'>,
): SaidTurn[] | null {
  const history: SaidTurn[] = [];
  for (const { id, prompt } of earlier) {
    const key = made.get(id)?.key ?? null;
    const answer = key === null ? null : provider.said(key);
    if (!answer) return null;
    history.push({ prompt, answer });
  }
  return history;
}

/** The request with its input pictures. Every input must be known. */
export function requestOf(
  planned: PlannedSample,
  context: Pick<GenerateContext, 'asset' | 'approved' | 'pictures' | 'made'>,
  history?: SaidTurn[],
): Pick<Job, 'request' | 'inputs'> {
  const pictures = planned.inputs.map((input) => ({ name: input.name, ...pictureOf(input, context) }));
  return {
    request: {
      model: planned.variant.model,
      prompt: planned.prompt,
      ...(history && { history }),
      images: pictures.map(({ name, picture, bytes }) => ({ name, mime: picture.mime, sha256: picture.sha256, bytes })),
      generation: planned.generation,
      ...(planned.batch && { batch: true as const }),
      seed: planned.seed,
    },
    inputs: pictures.map(({ name, picture }) => ({ ...picture, name })),
  };
}

function pictureOf(
  input: PlannedInput,
  context: Pick<GenerateContext, 'asset' | 'approved' | 'pictures' | 'made'>,
): InputPicture {
  if (input.from === 'asset') return context.asset(input.asset);
  if (input.from === 'approved') return context.approved(input.case);
  const picture = context.made.get(input.id)?.image;
  if (!picture) throw new Error(`${input.id} has no picture yet`);
  return { picture, bytes: context.pictures.read(picture) };
}
