import { appendFileSync, existsSync, mkdirSync, readFileSync } from '../lib/files.js';
import type { Attempt, Sample } from './sample.js';

/** The append-only diary of a run, written before and after each call; what resuming reads. */
export type JournalLine =
  | { type: 'started'; at: string; run: string; matrix: string }
  /** About to be sent. Without a later line about it, the answer was lost or lies in the cache. */
  | { type: 'call'; at: string; id: string; key: string }
  | { type: 'answer'; at: string; id: string; key: string; attempt: Attempt }
  /** A final outcome. Its pictures are on disk. */
  | { type: 'sample'; at: string; id: string; sample: Sample };

/** What an earlier, unfinished process of the same run left. */
export interface Resumed {
  samples: Map<string, Sample>;
  attempts: Map<string, Attempt[]>;
  /** id -> calls that were sent and never written about again. */
  open: Map<string, { key: string; at: string }[]>;
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

  write(line: JournalLine extends infer Line ? (Line extends { at: string } ? Omit<Line, 'at'> : never) : never): void {
    appendFileSync(this.file, `${JSON.stringify({ at: new Date(this.now()).toISOString(), ...line })}\n`);
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
  const resumed: Resumed = { samples: new Map(), attempts: new Map(), open: new Map() };
  for (const line of lines) {
    if (line.type === 'call') {
      resumed.open.set(line.id, [...(resumed.open.get(line.id) ?? []), { key: line.key, at: line.at }]);
    } else if (line.type === 'answer') {
      const open = resumed.open.get(line.id) ?? [];
      const first = open.findIndex((call) => call.key === line.key);
      resumed.open.set(
        line.id,
        open.filter((_, index) => index !== first),
      );
      resumed.attempts.set(line.id, [...(resumed.attempts.get(line.id) ?? []), line.attempt]);
    } else if (line.type === 'sample') {
      resumed.samples.set(line.id, line.sample);
    }
  }
  return resumed;
}
