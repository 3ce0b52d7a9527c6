import type { IncomingMessage } from 'node:http';
import { GoogleError } from './google-error.js';

/** Gemini's limit for a request with inline pictures since January 2026. */
export const BODY_LIMIT = 100 * 1024 * 1024;

/**
 * The whole body. One over the limit is read to its end but not kept, so that the client gets to read the 413 instead of
 * a broken pipe.
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size <= limit) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (size > limit) {
    throw new GoogleError(413, 'INVALID_ARGUMENT', `Request payload size exceeds the limit: ${limit} bytes.`);
  }
  return Buffer.concat(chunks);
}
