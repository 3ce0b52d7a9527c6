import * as path from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { dimensions, sniff } from '../image/codec.js';
import { UsageError } from '../lib/errors.js';

/** The suites that a command line names: folders, files and globs, each once. */
export async function suiteTargets(targets: readonly string[], cwd: string): Promise<string[]> {
  const found = await Promise.all(
    targets.map(async (target) => {
      if (!isDynamicPattern(target)) return [shortest(path.resolve(cwd, target))];
      const matches = await glob(target, { cwd, onlyFiles: false, expandDirectories: false, absolute: true });
      if (matches.length === 0) throw new UsageError(`no suite fits ${target}`);
      return matches.map(shortest).sort();
    }),
  );
  return [...new Set(found.flat())];
}

/** As people would type it: messages start with this path. */
function shortest(file: string): string {
  const relative = path.relative('', file);
  return relative === '' || relative.startsWith('..') ? file : relative;
}

/** What loading a suite asks of a picture: see `InspectImage`. */
export async function inspectImage(bytes: Uint8Array): Promise<{ mime: string; width: number; height: number } | null> {
  const mime = sniff(bytes);
  const size = mime && (await dimensions(bytes));
  return mime && size ? { mime, ...size } : null;
}
