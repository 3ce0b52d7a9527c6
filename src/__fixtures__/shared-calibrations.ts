import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = 'EVALUATE_TEST_CALIBRATIONS';

/** Before all tests: a folder where they share the calibration of the few sheets that the emulator draws for them. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'evaluate-calibrations-'));
  process.env[NAME] = folder;
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Makes a cache folder whose calibrations are the shared ones; outside of tests, which share nothing, none. */
export function shareCalibrations(cache: string): void {
  const folder = process.env[NAME];
  if (folder === undefined) return;
  mkdirSync(cache, { recursive: true });
  symlinkSync(folder, join(cache, 'calibrations'));
}
