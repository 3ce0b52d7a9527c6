import type { Clock } from '../lib/clock.js';
import type { BatchJobs } from './batch-jobs.js';
import type { FaultPicker } from './faults.js';
import type { RateLimiter } from './limiter.js';
import type { Reply } from './reply.js';
import type { StoredFiles } from './stored-files.js';
import type { StudioPicture, StudioRequest } from './studio/studio.js';

/** The two fronts of the same service; Vertex takes a few fields more. */
export type Surface = 'developer' | 'vertex';

/** One HTTP request, read whole, its key already found good. */
export interface Call {
  surface: Surface;
  /** Named groups of the route's path. */
  names: Record<string, string>;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: Uint8Array;
  /** Aborted when the client goes away or the emulator closes. */
  signal: AbortSignal;
}

/** What routes work with; one per running emulator. */
export interface Emulator {
  draw: (request: StudioRequest) => Promise<Pick<StudioPicture, 'bytes' | 'mime'>>;
  clock: Clock;
  /** A fresh seed, 31 bits, for requests that name none. */
  freshSeed: () => number;
  /** Real latency times this; 0 answers at once. */
  latencyScale: number;
  faults: FaultPicker;
  limiter: RateLimiter;
  files: StoredFiles;
  batches: BatchJobs;
}

/** One endpoint. `path` is matched against the resource path: no version, no Vertex prefix, no leading slash. */
export interface Route {
  method: 'GET' | 'POST' | 'DELETE';
  path: RegExp;
  handle: (call: Call, emulator: Emulator) => Promise<Reply>;
}
