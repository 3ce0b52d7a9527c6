import * as path from 'node:path';
import { readApprovals } from '../gate/approvals.js';
import { baselineFolder, inspectBaseline, refuseDamages } from '../gate/baseline.js';
import { type CaseFiles, saveBaseline } from '../gate/baseline-files.js';
import { caseOf, type Lock } from '../gate/lock.js';
import { storedMargins } from '../gate/lock-margins.js';
import { UsageError } from '../lib/errors.js';
import type { RunRecord } from '../record.js';
import { checklistsOf, type RecordedSettings, settingsOf } from '../record-settings.js';
import { missingShards } from '../record-shards.js';
import { prepareCase } from './approving-case.js';
import { type Choice, chosenByFlags, chosenByMarks } from './approving-choice.js';
import { changesText, warningsOf } from './approving-text.js';
import type { ApproveFlags } from './commands/approve.js';
import type { CommandContext } from './context.js';
import { exitCodes } from './exit-code.js';
import { baselinesFolder, type FoundRecord, findRecord } from './folders.js';

/** Stores the samples of a run as the approved ones, case by case, once everything is checked and has been shown. */
export async function approve(run: string | undefined, flags: ApproveFlags, context: CommandContext): Promise<number> {
  const { found, choices, rejected } = chosen(run, flags, context);
  const { record } = found;
  const settings = settingsOf(record);
  const home = baselineFolder(baselinesFolder(context), record.suite.name, record.emulated);
  const { baseline, lock, damages } = inspectBaseline(home);
  const obsolete = obsoleteCases(record, settings, lock);
  if (flags.prune && obsolete === null)
    throw new UsageError(
      `--prune: the run ${record.id} was narrowed with --case, so it does not say what is obsolete`,
      {
        fix: 'Approve a run of the whole suite.',
      },
    );
  const removed = flags.prune ? (obsolete ?? []) : [];
  const replaced = new Set([...choices.map((choice) => choice.case), ...removed]);
  refuseDamages(damages.filter((damage) => damage.case !== null && !replaced.has(damage.case)));

  const after = new Map([...baseline.cases].filter(([name]) => !removed.includes(name)));
  const cases: CaseFiles[] = [];
  for (const choice of choices) {
    const { approved, files } = await prepareCase(choice, {
      found,
      baseline,
      keepAll: flags.keepAll === true,
      approvedBy: context.env.approver ?? null,
    });
    after.set(choice.case, approved);
    cases.push(files);
  }
  const { margins, without } = storedMargins([...after.values()], judgingOf(record, settings));
  const change = { record, choices, before: baseline.cases, after };
  const kept = { rejected, obsolete: obsolete ?? [], removed };
  context.stdout(changesText(change, kept, { before: lock?.margins ?? {}, after: margins, without }));
  for (const warning of warningsOf(change)) context.stderr(`${context.colours.yellow('!')} ${warning}\n`);
  const shown = path.relative(context.cwd, home);
  if (!flags.dryRun) saveBaseline(home, lock, { run: record.id, cases, removed, margins });
  context.stdout(flags.dryRun ? `dry run: nothing was written to ${shown}\n` : `baseline in ${shown}\n`);
  return exitCodes.pass;
}

interface Chosen {
  found: FoundRecord;
  choices: Choice[];
  /** Cases that were looked at and are to stay as they were. */
  rejected: string[];
}

function chosen(run: string | undefined, flags: ApproveFlags, context: CommandContext): Chosen {
  const file = flags.from === undefined ? null : path.resolve(context.cwd, flags.from);
  if (file === null) {
    const found = findComplete(run, flags, context);
    return { found, choices: chosenByFlags(found.record, flags), rejected: [] };
  }
  if (flags.case.length > 0 || flags.model !== undefined || flags.revision !== undefined || flags.samples)
    throw new UsageError('--from says itself which cases and samples are approved', {
      fix: 'Leave out --case, --model, --revision and --samples.',
    });
  const approvals = readApprovals(file);
  const found = findComplete(run ?? approvals.run, flags, context);
  return { found, ...chosenByMarks(found.record, approvals, file) };
}

function findComplete(run: string | undefined, flags: ApproveFlags, context: CommandContext): FoundRecord {
  const found = findRecord(run, flags.output, context);
  const { id, status, shards } = found.record;
  const [missing] = shards ? missingShards(shards) : [];
  if (missing) throw new UsageError(`the run ${id} is not whole: ${missing.problem}`, { fix: missing.fix });
  if (status === 'complete') return found;
  throw new UsageError(`the run ${id} is ${status}, not complete`, {
    fix: 'Issue its command again: it goes on where it stopped.',
  });
}

/** How the suite says that later runs are judged, whatever flags this run had. */
function judgingOf(record: RunRecord, { metrics, suiteSamples, inputs }: RecordedSettings) {
  const gating = Object.entries(metrics).flatMap(([id, { gate, margin }]) => {
    const better = record.metrics[id]?.better;
    return gate && better ? [{ id, better, margin }] : [];
  });
  const versions = Object.entries(record.metrics).map(([id, { version }]) => [id, version] as const);
  return {
    metrics: gating,
    samples: suiteSamples,
    inputs,
    measured: {
      encoder: record.encoder,
      metrics: Object.fromEntries(versions),
      checklists: checklistsOf(record),
    },
  };
}

/** Approved cases that the suite no longer has; `null` when the run, narrowed to some cases, does not tell. */
function obsoleteCases(record: RunRecord, { selection }: RecordedSettings, lock: Lock | null): string[] | null {
  if (selection.cases.length > 0) return null;
  // Of cases that did not change between two revisions nothing was made.
  const known = [...record.cases, ...(record.gate?.terms.cases ?? [])].map(({ name }) => name);
  const approved = Object.keys(lock?.files ?? {}).flatMap((file) => caseOf(file) ?? []);
  return [...new Set(approved)].filter((name) => !known.includes(name));
}
