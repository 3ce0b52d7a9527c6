import type { Reply } from '../reply.js';
import type { FaultKind } from './kind.js';

const PAGE =
  '<!doctype html><html><head><title>Error</title></head><body><h1>The server met a temporary problem.</h1></body></html>\n';
const page = (status: number): Reply => ({
  status,
  contentType: 'text/html; charset=UTF-8',
  chunks: [PAGE],
  delivery: { how: 'whole' },
});
/** Pause between two of the twenty pieces of a `drip` whose plan names none. */
const DEFAULT_PAUSE_MS = 100;

export const deliveries = {
  'cut-body': {
    about: 'the connection closes after half of the promised bytes',
    reply: (reply) => ({ ...reply, delivery: { how: 'cut' } }),
  },
  'bad-json': {
    about: '200 whose JSON ends too early',
    reply: (reply) => ({
      ...reply,
      chunks: [Buffer.concat(reply.chunks.map((chunk) => Buffer.from(chunk))).subarray(0, -20)],
    }),
  },
  html: { about: '200 with a page of HTML', reply: () => page(200) },
  'bad-gateway': { about: '502 with a page of HTML', reply: () => page(502) },
  'empty-body': { about: '200 without a body', reply: (reply) => ({ ...reply, chunks: [] }) },
  reset: {
    about: 'the connection is reset before the first byte',
    reply: (reply) => ({ ...reply, delivery: { how: 'reset' } }),
  },
  hang: { about: 'no answer until the client gives up', reply: (reply) => ({ ...reply, delivery: { how: 'hang' } }) },
  drip: {
    about: 'a whole answer in twenty pieces; delay: seconds between two (0.1)',
    reply: (reply, delayMs) => ({ ...reply, delivery: { how: 'drip', pauseMs: delayMs ?? DEFAULT_PAUSE_MS } }),
  },
} satisfies Record<string, FaultKind>;
