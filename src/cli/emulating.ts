import * as path from 'node:path';
import { parse } from 'yaml';
import { messageOf, UsageError } from '../lib/errors.js';
import { existsSync, readFileSync } from '../lib/files.js';
import { type FaultPlan, parseFaultPlan } from '../emulator/faults.js';
import { type EmulatorOptions, startEmulator } from '../emulator/server.js';
import { STUDIO_VERSION } from '../emulator/studio/studio.js';
import type { CommandContext } from './context.js';

/** What the cache calls the pictures of this emulator; a new version of the studio draws other pictures. */
export const emulatorOrigin = `emulator-${STUDIO_VERSION}`;

/** The emulator answers in this share of the real time: long enough to show in the report, short enough to wait for. */
export const OFFLINE_LATENCY = 0.01;

export function readFaults(written: string | undefined, { cwd }: CommandContext): { faults?: FaultPlan } {
  if (written === undefined) return {};
  const file = path.resolve(cwd, written);
  if (!existsSync(file)) throw new UsageError('there is no such fault plan', { place: { file } });
  try {
    return { faults: parseFaultPlan(parse(readFileSync(file, 'utf8')), file) };
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`the fault plan is no YAML: ${messageOf(cause)}`, { place: { file }, cause });
  }
}

/** Starts the emulator for the command line; a port that is taken is a usage error. */
export async function serve(options: EmulatorOptions): Promise<Awaited<ReturnType<typeof startEmulator>>> {
  try {
    return await startEmulator(options);
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'EADDRINUSE') throw cause;
    throw new UsageError(`port ${options.port} is taken`, {
      fix: 'Name another with --port, or 0 for a free one.',
      cause,
    });
  }
}
