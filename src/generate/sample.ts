import { wholeSum } from '../lib/whole-sum.js';
import type { AnswerWord } from '../plan/judge.js';
import type { PlannedSample } from '../plan/plan.js';
import type { Outcome, Usage } from './provider.js';

/** A picture file in the run's folder. */
export interface Picture {
  sha256: string;
  mime: string;
  width: number;
  height: number;
  /** `images/<sha256>.<ext>`, relative to the run's folder. */
  path: string;
  /** Whether the file carries a C2PA manifest; left out where nobody looked. */
  c2pa?: boolean | undefined;
}

/** One HTTP exchange that was made for a sample. */
export interface Attempt {
  /** ISO 8601, when it was sent. */
  at: string;
  status: number | null;
  finishReason: string | null;
  outcome: Outcome;
  reason: string | null;
  latencyMs: number;
  usage: Usage | null;
  /** USD; `null` when the model has no known price. */
  cost: number | null;
  costEstimated: boolean;
}

/** A picture that was not kept, since its quality was too low: the next try took its place. */
export interface Discarded {
  /** From 1. */
  try: number;
  key: string;
  seed: number;
  image: Picture;
  /** USD for its answer, in this run. */
  cost: number | null;
  savedCost: number | null;
  scores: Measures;
}

/** Metric -> what it measured. */
export type Measures = Record<
  string,
  { value: number | null; reason?: string; version: string; evidence?: Record<string, unknown> }
>;

/** What a judge said of a picture, once or several times. */
export interface Judgement {
  /** A judge of the catalogue. */
  model: string;
  /** Version of the words it was asked in. */
  prompt: string;
  /** As many as were asked for. */
  votes: Vote[];
}

/** One call to a judge. Failures have the same shape as success. */
export interface Vote {
  key: string;
  /** To each statement, in order; `null` where none came. */
  answers: AnswerWord[] | null;
  outcome: Outcome;
  /** Why there is none; `null` when ok. */
  reason: string | null;
  modelVersion: string | null;
  cached: boolean;
  /** USD, as of a sample. */
  cost: number | null;
  savedCost: number | null;
  attempts: Attempt[];
}

/** What came of a planned sample; failures have the same shape as success. Scores are added by the scoring stage. */
export interface Sample {
  case: string;
  /** Of a conversation, from 1. */
  turn?: number;
  variant: string;
  model: string;
  revision: string;
  sample: number;
  slot: string;
  key: string | null;
  outcome: Outcome;
  reason: string | null;
  image: Picture | null;
  extraImages: Picture[];
  inputs: (Picture & { name: string })[];
  prompt: string;
  modelVersion: string | null;
  responseId: string | null;
  text: string | null;
  cached: boolean;
  cost: number | null;
  savedCost: number | null;
  latencyMs: number | null;
  extra?: 'inflight' | 'guard' | 'ancestor';
  /** Made in a batch job. */
  batch?: true;
  /** The run ended before this one had its final outcome; going on with the run may still make it. */
  pending?: true;
  seed: number;
  /** All that was sent, discarded tries included. */
  attempts: Attempt[];
  /** The tries before the one that stayed; left out where that was the first. */
  discarded?: Discarded[];
  /** What a judge said of its picture; what that cost is no part of the sample's `cost`. Left out where nobody was asked. */
  judged?: Judgement;
}

/** A sample before anything is known of it but the plan; the base of every outcome. */
export function blankSample(planned: PlannedSample): Sample {
  return {
    case: planned.case,
    ...(planned.turn ? { turn: planned.turn.number } : {}),
    variant: planned.variant.id,
    model: planned.variant.model,
    revision: planned.variant.revision,
    sample: planned.sample,
    slot: planned.slot,
    key: null,
    outcome: 'skipped',
    reason: null,
    image: null,
    extraImages: [],
    inputs: [],
    prompt: planned.prompt,
    modelVersion: null,
    responseId: null,
    text: null,
    cached: false,
    cost: 0,
    savedCost: 0,
    latencyMs: null,
    ...(planned.batch ? { batch: true as const } : {}),
    ...(planned.extra ? { extra: planned.extra } : {}),
    seed: planned.seed,
    attempts: [],
  };
}

/** Cost and latency of the attempts made in this run. The cost is `null` when any of them has no known price. */
export function attemptTotals(attempts: readonly Attempt[]): { cost: number | null; latencyMs: number | null } {
  const costs = attempts.map((attempt) => attempt.cost);
  return {
    cost: wholeSum(costs),
    latencyMs: attempts.length === 0 ? null : attempts.reduce((sum, attempt) => sum + attempt.latencyMs, 0),
  };
}
