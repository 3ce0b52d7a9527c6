import { z } from 'zod';
import { badPayload, invalidArgument } from './google-error.js';
import { parseJson } from './payload.js';
import { violationsOf } from './payload-errors.js';
import type { StoredFiles } from './stored-files.js';

/** One request of a batch job, and what its answer carries so that it can be told from the others. */
export interface BatchRequest {
  tag: { metadata?: Record<string, unknown> } | { key: string };
  request: unknown;
}

export interface BatchPayload {
  displayName: string;
  /** Answers come back the way that the requests came. */
  source: 'inline' | 'file';
  /** `null` for a line of a file that is none. */
  requests: (BatchRequest | null)[];
}

/** Gemini's limit for requests that are part of the call; larger ones go by file. */
const INLINE_LIMIT = 20 * 1024 * 1024;

const inlined = z.strictObject({
  request: z.record(z.string(), z.unknown()),
  metadata: z.record(z.string(), z.unknown()).optional(),
});
const body = z.strictObject({
  batch: z.strictObject({
    displayName: z.string().default(''),
    inputConfig: z.strictObject({
      fileName: z.string().optional(),
      requests: z.strictObject({ requests: z.array(inlined) }).optional(),
    }),
  }),
});
const line = z.object({ key: z.string(), request: z.record(z.string(), z.unknown()) });

/** Checks the shape of a job; each request is looked at when its turn comes. Throws Google's 400. */
export function parseBatch(bytes: Uint8Array, files: StoredFiles): BatchPayload {
  const json = parseJson(bytes);
  const read = body.safeParse(json);
  if (!read.success) throw badPayload(violationsOf(read.error, json));
  const { displayName, inputConfig } = read.data.batch;
  const { fileName, requests } = inputConfig;
  if (fileName !== undefined) return { displayName, source: 'file', requests: readLines(files.read(fileName)) };
  const all = requests?.requests ?? [];
  if (all.length === 0) throw invalidArgument('* BatchGenerateContentRequest.batch.input_config: no requests given.\n');
  if (bytes.length > INLINE_LIMIT) {
    throw invalidArgument(`Inlined requests exceed ${INLINE_LIMIT} bytes; upload them as a file instead.`);
  }
  return {
    displayName,
    source: 'inline',
    requests: all.map(({ request, metadata }) => ({ request, tag: { ...(metadata && { metadata }) } })),
  };
}

function readLines(bytes: Uint8Array): BatchPayload['requests'] {
  const lines = new TextDecoder().decode(bytes).split('\n');
  return lines.filter((text) => text.trim() !== '').map(readLine);
}

function readLine(text: string): BatchRequest | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const read = line.safeParse(value);
  return read.success ? { tag: { key: read.data.key }, request: read.data.request } : null;
}
