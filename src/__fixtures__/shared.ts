import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = 'EVALUATE_TEST_SHARED';

/** Before all tests: a folder for what takes long to make and is the same for many of them. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'evaluate-shared-'));
  mkdirSync(join(folder, 'calibrations'));
  process.env[NAME] = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}

/**
 * Makes a cache folder whose calibrations are those of the few sheets that the emulator draws for the tests; outside of
 * tests, which share nothing, none.
 */
export function shareCalibrations(cache: string): void {
  const folder = process.env[NAME];
  if (folder === undefined) return;
  mkdirSync(cache, { recursive: true });
  symlinkSync(join(folder, 'calibrations'), join(cache, 'calibrations'));
}

/** Fills `folder` with what `make` makes, from the second test that asks for it on with a copy. */
export async function madeOnce(name: string, folder: string, make: (folder: string) => Promise<void>): Promise<void> {
  const shared = join(process.env[NAME] ?? tmpdir(), name);
  if (!existsSync(shared)) {
    const making = `${shared}-${process.pid}`;
    await make(making);
    // Another test may have been quicker: then this one is one too many.
    if (existsSync(shared)) rmSync(making, { recursive: true });
    else renameSync(making, shared);
  }
  cpSync(shared, folder, { recursive: true });
}
