import { appendFileSync, existsSync, mkdirSync, readFileSync } from '../lib/files.js';
import type { Attempt, Sample } from './sample.js';

/** The append-only diary of a run, written before and after each call; what resuming reads. */
export type JournalLine =
  | { type: 'started'; at: string; run: string; matrix: string }
  /** About to be sent. Without a later line about it, the answer was lost or lies in the cache. */
  | { type: 'call'; at: string; id: string; key: string }
  | { type: 'answer'; at: string; id: string; key: string; attempt: Attempt }
  /** About to hand in a job under a name of ours, with these calls; without a later line about it, look whether it is there. */
  | { type: 'batch'; at: string; batch: string; model: string; calls: { id: string; key: string }[] }
  /** The server took it, under a name of its own. */
  | { type: 'batch-job'; at: string; batch: string; job: string }
  /** All its answers are in the cache, or told as failed; or it was never handed in. */
  | { type: 'batch-over'; at: string; batch: string; sent: boolean }
  /** A final outcome. Its pictures are on disk. */
  | { type: 'sample'; at: string; id: string; sample: Sample };

/** What an earlier, unfinished process of the same run left. */
export interface Resumed {
  samples: Map<string, Sample>;
  attempts: Map<string, Attempt[]>;
  /** id -> calls that were sent and never written about again. */
  open: Map<string, { key: string; at: string }[]>;
  /** Batch jobs that may still bring answers, by our name. */
  batches: Map<string, OpenBatch>;
}

/** A batch job that was handed in, or was about to be as long as `job` is `null`. */
export interface OpenBatch {
  name: string;
  model: string;
  calls: { id: string; key: string }[];
  job: string | null;
  /** When it was handed in, ISO 8601. */
  at: string;
}

export class Journal {
  constructor(
    private readonly file: string,
    private readonly now: () => number,
  ) {
    mkdirSync(file.slice(0, file.lastIndexOf('/')), { recursive: true });
    // A process killed while writing may have left half a line; start on a fresh one.
    if (existsSync(file) && !readFileSync(file, 'utf8').endsWith('\n')) appendFileSync(file, '\n');
  }

  /** On disk when it returns; gives the line back as it stands there. */
  write(
    line: JournalLine extends infer Line ? (Line extends { at: string } ? Omit<Line, 'at'> : never) : never,
  ): JournalLine {
    const written = { at: new Date(this.now()).toISOString(), ...line } as JournalLine;
    appendFileSync(this.file, `${JSON.stringify(written)}\n`);
    return written;
  }
}

/** Reads a journal; half a line (a process killed while writing) is passed over. */
export function readJournal(file: string): JournalLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as JournalLine];
      } catch (error) {
        if (error instanceof SyntaxError) return [];
        throw error;
      }
    });
}

/** Replays the lines into what is known of each sample. */
export function resume(lines: readonly JournalLine[]): Resumed {
  const resumed: Resumed = { samples: new Map(), attempts: new Map(), open: new Map(), batches: new Map() };
  for (const line of lines) learn(resumed, line);
  return resumed;
}

/** Adds what one more line says. */
export function learn(resumed: Resumed, line: JournalLine): void {
  switch (line.type) {
    case 'call':
      begin(resumed, line);
      break;
    case 'answer':
      end(resumed, line);
      resumed.attempts.set(line.id, [...(resumed.attempts.get(line.id) ?? []), line.attempt]);
      break;
    case 'batch':
      resumed.batches.set(line.batch, {
        name: line.batch,
        model: line.model,
        calls: line.calls,
        job: null,
        at: line.at,
      });
      break;
    case 'batch-job': {
      const batch = resumed.batches.get(line.batch);
      if (batch) resumed.batches.set(line.batch, { ...batch, job: line.job });
      break;
    }
    case 'batch-over': {
      // Only now the calls are the diary's: while the job goes on nothing is lost.
      const batch = resumed.batches.get(line.batch);
      if (batch && line.sent) for (const call of batch.calls) begin(resumed, { ...call, at: batch.at });
      resumed.batches.delete(line.batch);
      break;
    }
    case 'sample':
      resumed.samples.set(line.id, line.sample);
      break;
    case 'started':
  }
}

function begin({ open }: Resumed, { id, key, at }: { id: string; key: string; at: string }): void {
  open.set(id, [...(open.get(id) ?? []), { key, at }]);
}

function end({ open }: Resumed, { id, key }: { id: string; key: string }): void {
  const calls = open.get(id) ?? [];
  const first = calls.findIndex((call) => call.key === key);
  open.set(
    id,
    calls.filter((_, index) => index !== first),
  );
}
