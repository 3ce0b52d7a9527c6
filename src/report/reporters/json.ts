import type { Reporter } from '../reporter.js';

/** The record, as exactly one JSON document. */
export function jsonReporter(): Reporter {
  return { id: 'json', onEnd: (record, { write }) => write(`${JSON.stringify(record, null, 2)}\n`) };
}
