import { join } from 'node:path';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from '../lib/files.js';

/** A day by which Gemini counts: it begins at midnight Pacific time. Source: ai.google.dev/gemini-api/docs/rate-limits */
export function quotaDay(now: number): string {
  const parts = { timeZone: 'America/Los_Angeles', year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  return new Intl.DateTimeFormat('en-CA', parts).format(now);
}

/** Calls to each model on a day, of all runs that share the folder: a line a call, so that runs beside each other add up. */
export class DayCount {
  readonly #folder: string;
  readonly #now: () => number;

  constructor(folder: string, now: () => number) {
    this.#folder = folder;
    this.#now = now;
  }

  of(model: string): number {
    const file = this.#file();
    if (!existsSync(file)) return 0;
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line === model).length;
  }

  add(model: string): void {
    mkdirSync(this.#folder, { recursive: true });
    appendFileSync(this.#file(), `${model}\n`);
  }

  #file(): string {
    return join(this.#folder, `${quotaDay(this.#now())}.log`);
  }
}
