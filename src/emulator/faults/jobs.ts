import type { FaultKind } from './kind.js';

/** They strike the batch job that holds the call, and leave other calls alone. */
export const jobs = {
  'batch-expired': { about: 'the batch job that holds the call expires, without any answer', job: 'EXPIRED' },
  'batch-failed': { about: 'the batch job that holds the call fails, without any answer', job: 'FAILED' },
} satisfies Record<string, FaultKind>;
