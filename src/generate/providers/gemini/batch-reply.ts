import { z } from 'zod';
import type { BatchEnd, Failure } from '../../provider.js';
import { parseJson } from './reply.js';
import { oneLine } from './server-error.js';

/** One answer of a job: by `key` in a file, and by `metadata.key` where answers are part of the job. */
const answer = z.object({
  key: z.string().nullish(),
  metadata: z.object({ key: z.string().nullish() }).nullish(),
  response: z.record(z.string(), z.unknown()).nullish(),
  error: z.object({ code: z.number().nullish(), message: z.string().nullish() }).nullish(),
});
const output = z.object({
  responsesFile: z.string().nullish(),
  inlinedResponses: z.object({ inlinedResponses: z.array(z.unknown()).nullish() }).nullish(),
});
/** An operation: what the SDK reads of it is all under `metadata`. */
const operation = z.object({
  name: z.string(),
  metadata: z
    .object({
      state: z.string().nullish(),
      displayName: z.string().nullish(),
      createTime: z.string().nullish(),
      endTime: z.string().nullish(),
      output: output.nullish(),
    })
    .nullish(),
  error: z.object({ message: z.string().nullish() }).nullish(),
});
const page = z.object({ operations: z.array(operation).nullish(), nextPageToken: z.string().nullish() });

export type Operation = z.infer<typeof operation>;

/** `null` for a body that is no operation. */
export function readOperation(body: string): Operation | null {
  return operation.safeParse(parseJson(body)).data ?? null;
}

export function readOperations(body: string): z.infer<typeof page> | null {
  return page.safeParse(parseJson(body)).data ?? null;
}

/** How far a job is, in the words of either of the service's fronts. */
export function stateOf({ metadata }: Operation): 'waits' | 'runs' | BatchEnd {
  const state = (metadata?.state ?? '').replace(/^(BATCH|JOB)_STATE_/, '');
  if (/SUCCEEDED$/.test(state)) return 'succeeded';
  if (state === 'FAILED' || state === 'CANCELLED' || state === 'EXPIRED') return state.toLowerCase() as BatchEnd;
  return state === 'RUNNING' ? 'runs' : 'waits';
}

/** ms that the job took; 0 where the server does not say. */
export function durationOf({ metadata }: Operation): number {
  const took = Date.parse(metadata?.endTime ?? '') - Date.parse(metadata?.createTime ?? '');
  return took > 0 ? took : 0;
}

/** One answer: the body that a call of its own would have got, or why there is none. */
export type BatchAnswer = { key: string | null } & ({ body: string } | { failure: Failure });

/** `null` for what is no answer. */
export function readBatchAnswer(value: unknown): BatchAnswer | null {
  const read = answer.safeParse(value);
  if (!read.success) return null;
  const { key, metadata, response, error } = read.data;
  const own = key ?? metadata?.key ?? null;
  // A call of its own would be asked to go on; here nobody can.
  if (response && !brokeOff(response)) return { key: own, body: JSON.stringify(response) };
  const said = error?.message ? oneLine(error.message) : response ? 'it broke off (CONTINUATION)' : 'no reason given';
  return {
    key: own,
    failure: { reason: `The batch job has no answer to this request: ${said}`, retry: retryOf(error?.code) },
  };
}

function brokeOff(response: Record<string, unknown>): boolean {
  const candidates = z.object({ candidates: z.array(z.object({ finishReason: z.unknown() })) }).safeParse(response);
  return candidates.data?.candidates[0]?.finishReason === 'CONTINUATION';
}

/** `google.rpc.Code` 3, as HTTP 400, is the request's own fault. */
function retryOf(code: number | null | undefined): Failure['retry'] {
  return code === 3 || code === 400 ? 'no' : 'yes';
}
