import { createFile, existsSync, readdirSync, readFileSync, rmSync } from '../lib/files.js';

/** Programs on this machine, told apart by a mark that no later program gets. */
export interface Processes {
  own: string;
  isAlive(mark: string): boolean;
}

/**
 * Keeps other processes off a run until the returned function is called; `null` when another one is at work there.
 * A process that was killed leaves its lock behind. The next one does not replace it but makes the one with the next
 * number, which only one of several can do.
 */
export function lockRun(folder: string, { own, isAlive }: Processes): (() => void) | null {
  const newest = lockNumbers(folder).at(-1) ?? 0;
  if (newest > 0) {
    const holder = readLock(fileOf(folder, newest));
    if (holder === null || isAlive(holder)) return null;
  }
  if (!createFile(fileOf(folder, newest + 1), own)) return null;
  return () => {
    for (const number of lockNumbers(folder)) rmSync(fileOf(folder, number), { force: true });
  };
}

/** True while a process is at work on the run, and when one was killed there. */
export function hasLock(folder: string): boolean {
  return lockNumbers(folder).length > 0;
}

const fileOf = (folder: string, number: number) => `${folder}/lock-${number}`;

function lockNumbers(folder: string): number[] {
  return readdirSync(folder)
    .flatMap((name) => /^lock-(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

/** `null` when the lock was given back since. */
function readLock(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!existsSync(file)) return null;
    throw error;
  }
}
