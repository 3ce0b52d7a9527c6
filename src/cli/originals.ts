import { type Baseline, everyTurn } from '../gate/baseline.js';
import { existsSync, readdirSync, readFileSync } from '../lib/files.js';
import { sha256 } from '../lib/hash.js';

/** Pictures as they were received, wherever they lie: in folders of runs, and what a baseline keeps in full. */
export class Originals {
  private readonly files = new Map<string, string[]>();

  constructor(runs: readonly string[], { folder, cases }: Baseline) {
    for (const run of new Set(runs)) {
      const images = `${run}/images`;
      for (const name of existsSync(images) ? readdirSync(images) : []) {
        const hash = /^([0-9a-f]{64})\.[a-z]+$/.exec(name)?.[1];
        if (hash !== undefined) this.add(hash, `${images}/${name}`);
      }
    }
    for (const approved of cases.values())
      for (const { image } of everyTurn(approved))
        if (image?.original && image.file !== undefined) this.add(image.sha256, `${folder}/${image.file}`);
  }

  /** `null` where no file holds these very bytes. */
  read(hash: string): Uint8Array | null {
    for (const file of this.files.get(hash) ?? []) {
      const bytes = existsSync(file) ? readFileSync(file) : null;
      if (bytes && sha256(bytes) === hash) return bytes;
    }
    return null;
  }

  private add(hash: string, file: string): void {
    this.files.set(hash, [...(this.files.get(hash) ?? []), file]);
  }
}
