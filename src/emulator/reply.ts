import type { ServerResponse } from 'node:http';
import type { Clock } from '../lib/clock.js';
import type { GoogleError } from './google-error.js';

/**
 * How an answer reaches the client. `cut`: the socket closes after half of the promised bytes; `reset`: no byte at all;
 * `hang`: nothing until the client gives up; `drip`: whole, but in `PIECES` pieces with `pauseMs` between them.
 */
export type Delivery = { how: 'whole' | 'cut' | 'reset' | 'hang' } | { how: 'drip'; pauseMs: number };

/** An HTTP answer as data, so that a wire fault can still change it. */
export interface Reply {
  status: number;
  contentType: string;
  /** One body, or the events of a stream. */
  chunks: (string | Uint8Array)[];
  delivery: Delivery;
  /** Beside the content type and the stamp. */
  headers?: Record<string, string>;
}

export function jsonReply(value: unknown, status = 200): Reply {
  const body = `${JSON.stringify(value, null, 2)}\n`;
  return { status, contentType: 'application/json; charset=UTF-8', chunks: [body], delivery: { how: 'whole' } };
}

export const errorReply = (error: GoogleError): Reply => jsonReply(error, error.code);

/** On every answer, so that no tool can take an emulated picture for a real one. */
export const STAMP = { 'x-evaluate-emulator': '1' };

/** Writes the reply. `gone` is the client's leaving, which ends every wait. */
export async function send(reply: Reply, response: ServerResponse, clock: Clock, gone: AbortSignal): Promise<void> {
  const { delivery } = reply;
  if (delivery.how === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if (delivery.how === 'hang') {
    if (!gone.aborted) await new Promise<void>((resolve) => gone.addEventListener('abort', () => resolve()));
    return;
  }
  const body = Buffer.concat(reply.chunks.map((chunk) => Buffer.from(chunk)));
  const streamed = reply.contentType.startsWith('text/event-stream');
  response.writeHead(reply.status, {
    ...STAMP,
    ...reply.headers,
    'content-type': reply.contentType,
    ...(!streamed && { 'content-length': body.length }),
  });
  if (delivery.how === 'cut') {
    response.write(body.subarray(0, body.length >> 1), () => response.socket?.destroy());
    return;
  }
  for (const piece of delivery.how === 'drip' ? slices(body, PIECES) : reply.chunks) {
    if (gone.aborted) return;
    response.write(piece);
    if (delivery.how === 'drip') await clock.sleep(delivery.pauseMs, gone);
  }
  response.end();
}

const PIECES = 20;

function slices(body: Buffer, count: number): Buffer[] {
  const step = Math.max(1, Math.ceil(body.length / count));
  return Array.from({ length: Math.ceil(body.length / step) }, (_, index) =>
    body.subarray(index * step, (index + 1) * step),
  );
}
