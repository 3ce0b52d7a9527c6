import type { RunEvent } from '../../../record.js';
import { count, duration, line } from '../../format.js';

type Look = RunEvent & { type: 'batch' };

/** A job that goes on as before is told again after this many ms. */
const QUIET_MS = 5 * 60_000;

const words: Record<Look['state'], string> = {
  waits: 'waiting for',
  runs: 'running for',
  succeeded: 'done after',
  failed: 'failed after',
  cancelled: 'cancelled after',
  expired: 'expired after',
  gone: 'unknown to the server after',
};

/** `batch 1 of 2: 12 requests to gemini-3-pro-image, running for 4 min` */
export function batchText({ number, of, requests, model, state, runningMs }: Look): string {
  return `batch ${number} of ${of}: ${count(requests, 'request')} to ${line(model)}, ${words[state]} ${duration(runningMs)}`;
}

/** Where each look is a line of its own: says which looks are worth one. */
export function batchNews(): { isNews(look: Look): boolean } {
  const told = new Map<string, Look>();
  return {
    isNews(look) {
      const last = told.get(look.job);
      if (last?.state === look.state && look.runningMs < last.runningMs + QUIET_MS) return false;
      told.set(look.job, look);
      return true;
    },
  };
}

export function leftLines({ jobs, lasting }: RunEvent & { type: 'batch-left' }): string[] {
  return jobs.map((job) =>
    lasting
      ? `${line(job)} goes on without this command: give the same command again to collect its answers`
      : `${line(job)} ends with the embedded emulator: the same command hands its requests in again`,
  );
}
