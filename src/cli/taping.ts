import * as path from 'node:path';
import { type Cassette, readCassette } from '../generate/cassette.js';
import { type CassetteRecorder, openRecorder } from '../generate/cassette-recorder.js';
import { systemClock } from '../lib/clock.js';
import { UsageError } from '../lib/errors.js';
import type { RunFlags } from './commands/run.js';
import type { Connection } from './connecting.js';
import type { CommandContext } from './context.js';

/** Flags that `--replay` and `--record` cannot stand beside, and why. */
const conflicts: { of: 'replay' | 'record'; with: keyof RunFlags; flag: string; why: string }[] = [
  { of: 'replay', with: 'record', flag: '--record', why: 'a replay makes nothing that could be recorded' },
  {
    of: 'replay',
    with: 'offline',
    flag: '--offline',
    why: "the recording itself says whether its pictures are the emulator's",
  },
  { of: 'replay', with: 'faults', flag: '--faults', why: 'nothing is asked of an emulator' },
  { of: 'replay', with: 'resume', flag: '--resume', why: 'a replay always begins anew' },
  { of: 'replay', with: 'retryErrors', flag: '--retry-errors', why: 'a replay always begins anew' },
  { of: 'record', with: 'resume', flag: '--resume', why: 'a recording must hold a whole run, so it begins one' },
  {
    of: 'record',
    with: 'retryErrors',
    flag: '--retry-errors',
    why: 'a recording must hold a whole run, so it begins one',
  },
];

/** The cassette that `--replay` names, read whole before anything else happens; `null` without the flag. */
export function cassetteOf(flags: RunFlags, { cwd }: CommandContext): Cassette | null {
  for (const { of, with: other, flag, why } of conflicts) {
    if (flags[of] !== undefined && flags[other] !== undefined)
      throw new UsageError(`--${of} and ${flag} do not go together: ${why}`, { fix: 'Leave one of them out.' });
  }
  return flags.replay === undefined ? null : readCassette(path.resolve(cwd, flags.replay));
}

/** What `--record` writes to; `null` without the flag. */
export function recorderOf(
  { record }: RunFlags,
  connection: Connection,
  { cwd }: CommandContext,
): CassetteRecorder | null {
  return record === undefined ? null : openRecorder(path.resolve(cwd, record), connection, systemClock.now);
}
