import type { Usage } from '../catalog/cost.js';
import type { Generation } from '../plan/plan.js';

export type { Usage };

/** One whole request for one picture; its content is what the cache key hashes. */
export interface GenerateRequest {
  model: string;
  prompt: string;
  /** Of a later turn of a conversation: the turns before, from the first. */
  history?: SaidTurn[];
  /** "Image 1" first. Of a conversation they went with its first turn. */
  images: { name: string; mime: string; sha256: string; bytes: Uint8Array }[];
  generation: Generation;
  /** 31 bits; models treat it as best effort. */
  seed: number;
  /** Goes in a batch job, and has the price of one. */
  batch?: true | undefined;
  /** Given where words are wanted, and no picture. */
  words?: WordsWanted | undefined;
}

/** An answer in JSON. */
export interface WordsWanted {
  /** What it has to look like, in the words of Gemini's schemas. */
  schema: Record<string, unknown>;
  /** How many statements it answers: what its price is bounded by. */
  statements: number;
  /** Whether this is such an answer. One that is not is worth asking for again. */
  fits(text: string): boolean;
}

/** A turn that is over: what it asked, and what the model said. */
export interface SaidTurn {
  prompt: string;
  answer: ModelTurn;
}

/** A whole answer, as it is sent back to the model that gave it. */
export interface ModelTurn {
  /** Of all of it; two turns with the same hash are the same. */
  sha256: string;
  /** In the words of the provider that read it: every part as it came, signatures of thoughts included. */
  content: unknown;
  /** What it adds to the input: pictures, those among its thoughts too, and characters of text. */
  images: number;
  characters: number;
}

/** What came back from one HTTP exchange, as it came. Keys are already cut from `body`. */
export type Exchange = {
  body: string;
  /** ms from sending to the last byte, or to the failure. */
  latencyMs: number;
} & (
  | { status: number }
  /** No complete answer arrived. */
  | { status: null; failure: Failure }
);

export type Outcome = 'ok' | 'refused' | 'no_image' | 'text_only' | 'bad_image' | 'infra_error' | 'skipped';

/** What one attempt ended in. Failures have the same shape as success. */
export interface Answer {
  outcome: Outcome;
  /** For people; `null` when ok. */
  reason: string | null;
  finishReason: string | null;
  /** Non-thought picture parts in order; the last one is the result. Empty unless the answer had any. */
  images: Uint8Array[];
  text: string | null;
  usage: Usage | null;
  modelVersion: string | null;
  responseId: string | null;
  /** What to do about a failure. `pause` (429) holds back the whole model and uses up no attempt. */
  retry: 'no' | 'yes' | { pauseMs: number | null } | 'model-ended';
  exchange: Exchange;
  /** True when the request cannot have reached the server (refused connection, unknown host): nothing is charged. */
  unreachable?: boolean;
}

/** Why there is no answer of use, and what to do about it. */
export type Failure = Pick<Answer, 'reason' | 'retry' | 'unreachable'>;

/** A place that keeps whole answers, so that what was paid for is never asked for again. */
export interface ExchangeStore {
  /** An answer stored under the key, or `null`. */
  get(key: string): Exchange | null;
  /** Called with a complete 200 in the same tick as its last byte; on disk when it returns. */
  put(key: string, exchange: Exchange): void;
  /** Takes an answer back that turned out to be worth asking for again (cut, garbled). */
  discard(key: string): void;
  /** Told of each request as it is sent, and then what became of it. */
  sending?(request: WireRequest): (end: WireEnd) => void;
}

/** An HTTP request as it is sent. Keys are cut from all of it, and headers that are there for keys are left out. */
export interface WireRequest {
  key: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** Its answer, as it came but for keys; or why there is none, in the words of the network and in ours. */
export type WireEnd = { latencyMs: number } & (
  { status: number; headers: Record<string, string>; body: string } | { status: null; error: string; failure: Failure }
);

/** A way to reach models. Never throws for what a server or a network can do; only for bugs. */
export interface Provider {
  readonly id: string;
  /** True when its pictures are the emulator's, not Gemini's. */
  readonly emulated: boolean;
  /** One attempt: one HTTP exchange, or the stored one under `key`. `cached` says which. */
  generate(request: GenerateRequest, key: string, signal: AbortSignal): Promise<Answer & { cached: boolean }>;
  /** What the model said in the answer stored under `key`, for the next turn; `null` where none is stored. */
  said(key: string): ModelTurn | null;
  /** Left out where the way in has no batch jobs. */
  batches?: BatchProvider;
}

export type BatchEnd = 'succeeded' | 'failed' | 'cancelled' | 'expired';

/** How far a job is. Of one that is over, why requests have no answer is told by key; all others are stored. */
export type BatchLook =
  | { state: 'waits' | 'runs' }
  /** The server does not know the job (any more). */
  | { state: 'gone' }
  | { state: BatchEnd; reason: string | null; failures: Map<string, Failure> };

/** Many requests handed in at once, answered within hours. Throws for bugs only, as `generate` does. */
export interface BatchProvider {
  /** Hands in requests as one job under a name of ours; up to `inlineBytes` as part of the call, more as a file. */
  submit(
    batch: {
      name: string;
      model: string;
      requests: readonly { key: string; request: GenerateRequest }[];
      inlineBytes: number;
    },
    signal: AbortSignal,
  ): Promise<{ job: string } | { failure: Failure }>;
  /** The job that was handed in under this name; `null` when there is none. */
  find(name: string, signal: AbortSignal): Promise<{ job: string | null } | { failure: Failure }>;
  /** Asks after a job; `keys` are those of its requests, in order. */
  look(job: string, keys: readonly string[], signal: AbortSignal): Promise<BatchLook | { failure: Failure }>;
}
