import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileAtomic } from './files.js';

/** JSON values by content key (64 hex digits), one file each, written whole or not at all. */
export class JsonStore<T> {
  constructor(private readonly folder: string) {}

  /** The value, or `null` when there is none. A file that was damaged from outside is as good as none. */
  get(key: string): T | null {
    const file = this.fileOf(key);
    if (!existsSync(file)) return null;
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as T;
    } catch (error) {
      if (error instanceof SyntaxError) return null;
      throw error;
    }
  }

  /** On disk when it returns. */
  put(key: string, value: T): void {
    writeFileAtomic(this.fileOf(key), JSON.stringify(value));
  }

  delete(key: string): void {
    rmSync(this.fileOf(key), { force: true });
  }

  /** ms since 1970 when the value was stored, or `null` when there is none. */
  storedAt(key: string): number | null {
    const file = this.fileOf(key);
    return existsSync(file) ? statSync(file).mtimeMs : null;
  }

  /** Every key with its size in bytes and when it was stored (ms since 1970), oldest first. */
  list(): { key: string; bytes: number; at: number }[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder)
      .flatMap((shard) => readdirSync(`${this.folder}/${shard}`).map((name) => ({ shard, name })))
      .flatMap(({ shard, name }) => {
        const key = /^([0-9a-f]{64})\.json$/.exec(name)?.[1];
        if (key === undefined) return [];
        const { size, mtimeMs } = statSync(`${this.folder}/${shard}/${name}`);
        return [{ key, bytes: size, at: mtimeMs }];
      })
      .sort((a, b) => a.at - b.at);
  }

  private fileOf(key: string): string {
    return `${this.folder}/${key.slice(0, 2)}/${key}.json`;
  }
}
