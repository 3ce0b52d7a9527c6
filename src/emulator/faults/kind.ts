import type { StudioRequest } from '../studio/studio.js';
import type { AnyModelInfo, ModelInfo } from '../../catalog/catalog.js';
import type { GoogleError } from '../google-error.js';
import type { Reply } from '../reply.js';
import type { Answer, Ending } from '../response.js';
import type { UsageMetadata } from '../usage.js';

/** What is sent as the picture: bytes, and the label on them. */
export interface Output {
  bytes: Uint8Array;
  mime: string;
}

/** A thing that can go wrong. Each kind strikes at one place on the way to the client, named by its member. */
export interface FaultKind {
  /** For people, in a list of the faults. */
  about: string;
  /** An HTTP error instead of an answer. `delayMs`: how long to wait, as the plan says; `null` when it does not. */
  refuse?: (model: AnyModelInfo, delayMs: number | null) => GoogleError;
  /** A complete 200 without a picture; `prompt` is the usage of the input alone. */
  end?: (prompt: UsageMetadata, model: AnyModelInfo) => Ending;
  /** Another order to the studio. */
  order?: (request: StudioRequest, model: ModelInfo) => StudioRequest;
  /** Other bytes, or another label, than the studio gave. */
  picture?: (picture: Output) => Output;
  /** An answer arranged in another way. */
  answer?: (answer: Answer) => Answer;
  /** Another body or another way over the wire. */
  reply?: (reply: Reply, delayMs: number | null) => Reply;
  /** How the whole batch job ends that holds the call. */
  job?: 'FAILED' | 'EXPIRED';
}
