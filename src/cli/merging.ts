import * as path from 'node:path';
import { baselineFolder, loadBaseline } from '../gate/baseline.js';
import { PictureStore } from '../generate/pictures.js';
import { markLatest } from '../generate/run-folder.js';
import { UsageError } from '../lib/errors.js';
import { type Picture, type RunRecord, writeRecord } from '../record.js';
import { triedPictures } from '../report/tries.js';
import { merge } from '../run-merge.js';
import type { MergeFlags } from './commands/merge.js';
import { refuseImpossible } from './comparing.js';
import { findOpponent } from './comparing-opponent.js';
import type { CommandContext } from './context.js';
import { exitCodeOf } from './exit-code.js';
import { baselinesFolder, findRecord } from './folders.js';
import { Originals } from './originals.js';
import { makeReporters } from './reporting.js';

/** Joins shards into one run with a folder and reports of its own. Resolves to the exit code of that run. */
export async function mergeRuns(runs: readonly string[], flags: MergeFlags, context: CommandContext): Promise<number> {
  const reporters = makeReporters(flags, context);
  const found = runs.map((run) => findRecord(run, flags.output, context));
  const baselineOf = ({ suite, emulated }: RunRecord) =>
    loadBaseline(baselineFolder(baselinesFolder(context), suite.name, emulated));
  const records = found.map((each) => each.record);
  const reports = path.resolve(context.cwd, flags.output);
  for (const each of records) refuseOutside(each, reports);
  const opposed = (joined: RunRecord) => ({
    opponent: findOpponent(undefined, { record: joined, folder: '' }, flags.output, context).opponent,
    baseline: baselineOf(joined),
  });
  const record = refuseImpossible(records, () => merge(records, opposed));
  const home = path.join(reports, record.suite.name);
  const folder = `${home}/${record.id}`;
  const originals = new Originals(
    found.map((each) => each.folder),
    baselineOf(record),
  );
  copyPictures(record, originals, folder);
  writeRecord(folder, record);
  markLatest(home, record.id);
  for (const reporter of reporters) await reporter.onEnd?.(record, { folder, write: context.stdout });
  if (flags.json) context.stdout(`${JSON.stringify(record, null, 2)}\n`);
  return exitCodeOf(record);
}

/** A record may have come from anywhere, and what is written must not. */
function refuseOutside({ id, suite }: RunRecord, reports: string): void {
  if (path.dirname(path.resolve(reports, suite.name)) === reports) return;
  throw new UsageError(`the run ${id} is of '${suite.name}', which is no name of a suite`);
}

/** Every picture is looked for first, so that a folder is never left with some of them. */
function copyPictures(record: RunRecord, originals: Originals, folder: string): void {
  const pictures = picturesOf(record);
  const lost = pictures.filter(({ sha256 }) => originals.read(sha256) === null);
  if (lost.length > 0) {
    const names = lost.map((each) => each.path);
    throw new UsageError(
      `${lost.length} of ${pictures.length} pictures are not in the folders of these runs, or damaged: ${names.slice(0, 3).join(', ')}`,
      { fix: 'Give the whole folder of each run, with its images/.' },
    );
  }
  const store = new PictureStore(folder);
  for (const picture of pictures) {
    const bytes = originals.read(picture.sha256);
    if (bytes) store.put(bytes, picture);
  }
}

/** Each once. */
function picturesOf({ samples, cases }: RunRecord): Picture[] {
  const all = [
    ...samples.flatMap((sample) => [
      ...(sample.image ? [sample.image] : []),
      ...triedPictures(sample),
      ...sample.extraImages,
      ...sample.inputs,
    ]),
    ...cases.flatMap(({ baseline }) => baseline?.picture ?? []),
  ];
  return [...new Map(all.map((each) => [each.path, each])).values()];
}
