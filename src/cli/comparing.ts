import { baselineFolder, loadBaseline } from '../gate/baseline.js';
import { DEFAULT_HUB_ENCODER } from '../encode/source.js';
import { UsageError } from '../lib/errors.js';
import { line } from '../report/format.js';
import type { RunRecord } from '../record.js';
import { stopped } from '../report/headline.js';
import { compare, type CompareRequest, type Comparison, isOwn } from '../run-compare.js';
import { rescored } from '../run-rescore.js';
import { openScorer } from '../score/scorer.js';
import type { CompareFlags } from './commands/compare.js';
import { findOpponent } from './comparing-opponent.js';
import { comparisonJson, comparisonText } from './comparing-text.js';
import type { CommandContext } from './context.js';
import { exitCodeOf } from './exit-code.js';
import { baselinesFolder, findRecord, runFolders } from './folders.js';
import { Originals } from './originals.js';
import { scorerData } from './scorer-data.js';

/** Judges a run that is over and prints the verdict; writes nothing. Resolves to the exit code of the verdict. */
export async function compareRuns(
  run: string | undefined,
  against: string | undefined,
  flags: CompareFlags,
  context: CommandContext,
): Promise<number> {
  const stored = read(run, against, flags, context);
  const request = flags.rescore ? await measuredAgain(stored, flags, context) : stored;
  const comparison = refuseImpossible([request.record], () => compare(request));
  const isRescored = flags.rescore === true && request.obstacles.length === 0;
  if (flags.json) context.stdout(comparisonJson(request, comparison, isRescored));
  else context.stdout(comparisonText(comparison.record, context.colours));
  for (const note of notesOf(stored, comparison)) context.stderr(`${context.colours.yellow('!')} ${line(note)}\n`);
  return exitCodeOf(comparison.record);
}

type Stored = CompareRequest & { folders: string[] };

function read(
  run: string | undefined,
  against: string | undefined,
  flags: CompareFlags,
  context: CommandContext,
): Stored {
  if (flags.encoder !== undefined && !flags.rescore)
    throw new UsageError(`--encoder ${flags.encoder}: stored scores are of the encoder that measured them`, {
      fix: 'Add --rescore to measure the pictures again.',
    });
  if (run === 'baseline')
    throw new UsageError('the baseline is what a run is compared with, and which run is not said', {
      fix: 'Name the run first: evaluate compare latest baseline',
    });
  const found = findRecord(run, flags.output, context);
  const { suite, emulated } = found.record;
  const { opponent, folder } = findOpponent(against, found, flags.output, context);
  return {
    record: found.record,
    opponent,
    baseline: loadBaseline(baselineFolder(baselinesFolder(context), suite.name, emulated)),
    remeasured: false,
    obstacles: [],
    folders: [found.folder, ...(folder === null ? [] : [folder])],
  };
}

/** The pictures of both sides measured with this version's metrics. */
async function measuredAgain(stored: Stored, flags: CompareFlags, context: CommandContext): Promise<CompareRequest> {
  const { record, baseline, folders } = stored;
  const originals = new Originals([...folders, ...runFolders(record.suite.name, flags.output, context)], baseline);
  const encoder = flags.encoder ?? record.encoder?.id ?? DEFAULT_HUB_ENCODER;
  const scorer = await openScorer(scorerData(encoder, context), (message) => context.stderr(`${message}\n`));
  try {
    return await rescored(stored, {
      encoder: scorer.encoder,
      score: (task) => scorer.score(task),
      picture: (hash) => originals.read(hash),
    });
  } finally {
    await scorer.close();
  }
}

/** What no run can have made is a record that was edited or damaged. */
export function refuseImpossible<T>(runs: readonly RunRecord[], judge: () => T): T {
  try {
    return judge();
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const names = runs.map(({ id }) => id).join(', ');
    throw new UsageError(`no run can have left this record of ${names}: ${cause.message}`, { cause });
  }
}

function notesOf(stored: Stored, { own, verdict, notes }: Comparison): string[] {
  const { record, opponent } = stored;
  const wasBaseline = record.gate?.terms.reference.kind === 'baseline' && opponent.kind === 'baseline';
  const changed = wasBaseline && !isOwn(stored);
  const said = own && record.verdict && record.verdict.title !== verdict.title ? [record.verdict.title] : [];
  return [
    ...notes,
    ...(changed ? ['the baseline has changed since this run was judged: this is against what is approved now'] : []),
    ...said.map((title) => `the run itself said: ${title}`),
    ...stopped(record),
  ];
}
