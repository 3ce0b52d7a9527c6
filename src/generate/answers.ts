import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileAtomic } from '../lib/files.js';
import type { Exchange, ExchangeStore } from './provider.js';

/**
 * The cache: whole answers by the key of their request, one file each.
 *
 * Own code rather than a cache library because an answer must be on disk in the same tick as its last byte
 * (a process killed right after must not pay again), and the libraries at hand write in later ticks.
 */
export interface StoredAnswer extends Exchange {
  key: string;
  /** ISO 8601, when the answer came. */
  at: string;
}

export class AnswerCache implements ExchangeStore {
  constructor(
    private readonly folder: string,
    private readonly options: {
      now: () => number;
      /** Answers stored before this are not looked at (`--no-cache`); ms since 1970. */
      since?: number;
    },
  ) {}

  get(key: string): StoredAnswer | null {
    if (!this.has(key)) return null;
    const stored = parse(readFileSync(this.fileOf(key), 'utf8'));
    return stored?.key === key ? stored : null;
  }

  has(key: string): boolean {
    const file = this.fileOf(key);
    return existsSync(file) && statSync(file).mtimeMs >= (this.options.since ?? 0);
  }

  put(key: string, exchange: Exchange): void {
    const stored: StoredAnswer = { key, at: new Date(this.options.now()).toISOString(), ...exchange };
    writeFileAtomic(this.fileOf(key), JSON.stringify(stored));
  }

  discard(key: string): void {
    rmSync(this.fileOf(key), { force: true });
  }

  /** Keys with their size in bytes and when they came, in no order. */
  list(): { key: string; bytes: number; at: string }[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder).flatMap((shard) =>
      readdirSync(`${this.folder}/${shard}`).flatMap((name) => {
        const key = /^([0-9a-f]{64})\.json$/.exec(name)?.[1];
        if (key === undefined) return [];
        const { size, mtime } = statSync(`${this.folder}/${shard}/${name}`);
        return [{ key, bytes: size, at: mtime.toISOString() }];
      }),
    );
  }

  private fileOf(key: string): string {
    return `${this.folder}/${key.slice(0, 2)}/${key}.json`;
  }
}

/** A file that was damaged from outside is as good as none: the answer is asked for again. */
function parse(text: string): StoredAnswer | null {
  try {
    return JSON.parse(text) as StoredAnswer;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
