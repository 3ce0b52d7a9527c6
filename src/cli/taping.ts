import * as path from 'node:path';
import { type Cassette, readCassette } from '../generate/cassette.js';
import { type CassetteRecorder, openRecorder } from '../generate/cassette-recorder.js';
import { systemClock } from '../lib/clock.js';
import type { RunFlags } from './commands/run.js';
import { type Conflict, refuseBeside } from './conflicting.js';
import type { Connection } from './connecting.js';
import type { CommandContext } from './context.js';

/** Flags that `--replay` and `--record` cannot stand beside, and why. */
const besideReplay: readonly Conflict[] = [
  { with: 'record', flag: '--record', why: 'a replay makes nothing that could be recorded' },
  { with: 'offline', flag: '--offline', why: "the recording itself says whether its pictures are the emulator's" },
  { with: 'faults', flag: '--faults', why: 'nothing is asked of an emulator' },
  { with: 'resume', flag: '--resume', why: 'a replay always begins anew' },
  { with: 'retryErrors', flag: '--retry-errors', why: 'a replay always begins anew' },
];
const besideRecord: readonly Conflict[] = [
  { with: 'resume', flag: '--resume', why: 'a recording must hold a whole run, so it begins one' },
  { with: 'retryErrors', flag: '--retry-errors', why: 'a recording must hold a whole run, so it begins one' },
];

/** The cassette that `--replay` names, read whole before anything else happens; `null` without the flag. */
export function cassetteOf(flags: RunFlags, { cwd }: CommandContext): Cassette | null {
  if (flags.replay !== undefined) refuseBeside('--replay', besideReplay, flags);
  if (flags.record !== undefined) refuseBeside('--record', besideRecord, flags);
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
