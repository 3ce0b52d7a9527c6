import * as path from 'node:path';
import { UsageError } from '../lib/errors.js';
import { existsSync, readdirSync, realpathSync } from '../lib/files.js';
import { type RunRecord, readRecord } from '../record.js';
import type { CommandContext } from './context.js';

export function cacheFolder({ cwd, env }: CommandContext): string {
  return path.resolve(cwd, env.cacheFolder ?? '.evaluate/cache');
}

export function baselinesFolder({ cwd }: CommandContext): string {
  return path.resolve(cwd, 'baselines');
}

export interface FoundRecord {
  folder: string;
  record: RunRecord;
}

/** The run that is meant: a folder, a run id, or by default the newest one under the reports folder. */
export function findRecord(wanted: string | undefined, output: string, context: CommandContext): FoundRecord {
  const found = lookForRecord(wanted, output, context);
  if (found) return found;
  const reports = path.resolve(context.cwd, output);
  throw new UsageError(
    wanted === undefined ? `there is no run under ${reports}` : `there is no run '${wanted}' under ${reports}`,
    {
      fix: 'Run a suite first, or name the folder of a run.',
    },
  );
}

/** As `findRecord`; `null` when there is none. */
export function lookForRecord(wanted: string | undefined, output: string, { cwd }: CommandContext): FoundRecord | null {
  const reports = path.resolve(cwd, output);
  const named = wanted === undefined ? null : path.resolve(cwd, wanted);
  if (named !== null && existsSync(path.join(named, 'run.json'))) {
    const folder = realpathSync(named);
    return { folder, record: readRecord(folder) };
  }
  const suites = existsSync(reports) ? readdirSync(reports) : [];
  const folders = suites
    .map((suite) => path.join(reports, suite, wanted ?? 'latest'))
    .filter((folder) => existsSync(path.join(folder, 'run.json')));
  return (
    folders
      .map((folder) => ({ folder: realpathSync(folder), record: readRecord(realpathSync(folder)) }))
      .sort((a, b) => a.record.startedAt.localeCompare(b.record.startedAt))
      .at(-1) ?? null
  );
}

/** The folders of all runs of a suite. */
export function runFolders(suite: string, output: string, { cwd }: CommandContext): string[] {
  const home = path.resolve(cwd, output, suite);
  return existsSync(home)
    ? readdirSync(home)
        .filter((name) => name !== 'latest')
        .map((name) => path.join(home, name))
    : [];
}
