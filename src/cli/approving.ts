import * as path from 'node:path';
import picomatch from 'picomatch';
import { approvedCase, type Approvable } from '../gate/approve.js';
import { baselineFolder, loadBaseline, saveApprovedCase } from '../gate/baseline.js';
import { PictureStore } from '../generate/pictures.js';
import { UsageError } from '../lib/errors.js';
import { suggestion } from '../lib/nearest.js';
import type { RunRecord } from '../record.js';
import type { ApproveFlags } from './commands/approve.js';
import type { CommandContext } from './context.js';
import { exitCodes } from './exit-code.js';
import { baselinesFolder, findRecord } from './folders.js';

/** Stores the samples of a run as the approved ones, case by case, and says what changed. */
export async function approve(run: string | undefined, flags: ApproveFlags, context: CommandContext): Promise<number> {
  const { record, folder } = findRecord(run, flags.output, context);
  if (record.status !== 'complete') {
    throw new UsageError(`the run ${record.id} is ${record.status}, not complete`, {
      fix: 'Issue its command again: it goes on where it stopped.',
    });
  }
  const variant = variantOf(record, flags);
  const home = baselineFolder(baselinesFolder(context), record.suite.name, record.emulated);
  const before = loadBaseline(home).cases;
  const pictures = new PictureStore(folder);
  for (const name of casesOf(record, flags)) {
    const samples = record.samples.filter(
      (sample) => sample.case === name && sample.variant === variant.id && sample.extra === undefined,
    );
    if (samples.length === 0) {
      context.stderr(`${name}: no sample on ${variant.id} to approve (made for its picture only)\n`);
      continue;
    }
    const bytes = new Map(
      samples.flatMap(({ sample, image }) => (image ? [[sample, pictures.read(image)] as const] : [])),
    );
    const approved = await approvedCase({
      case: name,
      run: record.id,
      approvedAt: new Date().toISOString(),
      emulated: record.emulated,
      inputsMode: record.settings['inputs'] === 'generated' ? 'generated' : 'approved',
      encoder: record.encoder,
      metrics: Object.fromEntries(Object.entries(record.metrics).map(([id, { version }]) => [id, version])),
      samples,
      usedAsInput: usedAsInput(record, name),
      bytes,
    });
    await saveApprovedCase(
      home,
      approved,
      (sample) => bytes.get(sample.sample) ?? new Uint8Array(),
      flags.keepAll === true,
    );
    const old = before.get(name);
    const change = old ? `replaces ${old.samples.length} of ${old.model}@${old.revision}` : 'new';
    context.stdout(
      `${name}: ${approved.samples.length} samples of ${variant.id}, representative ${approved.representative ?? 'none'} (${change})\n`,
    );
  }
  context.stdout(`baseline in ${path.relative(context.cwd, home)}\n`);
  return exitCodes.pass;
}

function variantOf(record: RunRecord, flags: ApproveFlags): RunRecord['variants'][number] {
  const fits = record.variants.filter(
    (variant) =>
      [undefined, variant.model, variant.name].includes(flags.model) &&
      [undefined, variant.revision].includes(flags.revision),
  );
  const chosen =
    flags.model === undefined && flags.revision === undefined ? fits.find((variant) => variant.candidate) : fits[0];
  if (chosen) return chosen;
  const known = record.variants.map((variant) => variant.id);
  throw new UsageError(
    `the run has no variant ${flags.model ?? ''}@${flags.revision ?? ''}. It has: ${known.join(', ')}`,
  );
}

function casesOf(record: RunRecord, flags: ApproveFlags): string[] {
  const names = record.cases.map((each) => each.name);
  for (const glob of flags.case) {
    if (!names.some((name) => picomatch(glob)(name)))
      throw new UsageError(`--case ${glob} fits no case of the run.${suggestion(glob, names)}`);
  }
  return names.filter((name) => flags.case.length === 0 || flags.case.some((glob) => picomatch(glob)(name)));
}

/** The case's picture that this run gave to its children, when it was one of the run's own. */
function usedAsInput(record: RunRecord, name: string): number | null {
  const carried = new Set(record.samples.flatMap((sample) => sample.inputs.map((input) => input.sha256)));
  const given: Approvable[] = record.samples.filter(
    (sample) => sample.case === name && sample.image !== null && carried.has(sample.image.sha256),
  );
  return record.settings['inputs'] === 'generated' ? null : (given[0]?.sample ?? null);
}
