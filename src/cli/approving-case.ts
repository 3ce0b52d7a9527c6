import { approvedCase } from '../gate/approve.js';
import { type ApprovedCase, approvedPicture, type Baseline, everyTurn, pictureBytes } from '../gate/baseline.js';
import { type CaseFiles, filesOfCase } from '../gate/baseline-files.js';
import { bySample } from '../gate/conversation.js';
import { PictureStore } from '../generate/pictures.js';
import { UsageError } from '../lib/errors.js';
import { existsSync } from '../lib/files.js';
import { sha256 } from '../lib/hash.js';
import type { Picture, RunRecord, SampleRecord } from '../record.js';
import { checklistsOf, retryOf } from '../record-settings.js';
import type { Choice } from './approving-choice.js';
import type { FoundRecord } from './folders.js';

interface Circumstances {
  found: FoundRecord;
  baseline: Baseline;
  keepAll: boolean;
  approvedBy: string | null;
}

/** The chosen case as it will stand in the baseline, and the files it will lie in. Writes nothing. */
export async function prepareCase(
  { case: name, samples, liked }: Choice,
  { found: { record, folder }, baseline, keepAll, approvedBy }: Circumstances,
): Promise<{ approved: ApprovedCase; files: CaseFiles }> {
  const images = samples.flatMap(({ image }) => image ?? []);
  const pictures = new Map(images.map((image) => [image.sha256, pictureOf(folder, image)]));
  const whole = bySample(samples).flatMap((turns) => {
    const files = turns.flatMap(({ image }) => pictures.get(image?.sha256 ?? '') ?? []);
    return files.length === turns.length ? [[turns[0].sample, files] as const] : [];
  });
  const before = keptPicture(record, baseline, name);
  const approved = await approvedCase({
    case: name,
    run: record.id,
    approvedAt: new Date().toISOString(),
    approvedBy,
    emulated: record.emulated,
    inputsMode: record.settings['inputs'] === 'generated' ? 'generated' : 'approved',
    ...retryOf(record),
    judged: checklistsOf(record)?.[name],
    encoder: record.encoder,
    metrics: Object.fromEntries(Object.entries(record.metrics).map(([id, { version }]) => [id, version])),
    samples,
    liked,
    usedAsInput: usedAsInput(record, samples),
    kept: before,
    bytes: new Map(whole),
  });
  // A kept picture is not among those of the run.
  if (approved.kept)
    for (const turn of everyTurn({ samples: [], kept: approved.kept }))
      if (turn.image) pictures.set(turn.image.sha256, pictureBytes(baseline, { ...turn, image: turn.image }));
  const files = await filesOfCase(approved, (hash) => pictures.get(hash) ?? new Uint8Array(), keepAll);
  return { approved, files };
}

/** The picture as the run received it. */
function pictureOf(folder: string, picture: Picture): Uint8Array {
  const wrong = (problem: string) =>
    new UsageError(problem, {
      place: { file: `${folder}/${picture.path}` },
      fix: 'Issue the command of the run again: it takes its pictures from the cache.',
    });
  if (!existsSync(`${folder}/${picture.path}`)) throw wrong('this picture of the run is missing');
  const bytes = new PictureStore(folder).read(picture);
  if (sha256(bytes) !== picture.sha256) throw wrong('this picture is not the one that the run received');
  return bytes;
}

/** The one of these samples whose picture the run gave to other cases. */
function usedAsInput(record: RunRecord, samples: readonly SampleRecord[]): number | null {
  if (record.settings['inputs'] === 'generated') return null;
  const carried = new Set(record.samples.flatMap((sample) => sample.inputs.map((input) => input.sha256)));
  return samples.find(({ image }) => image !== null && carried.has(image.sha256))?.sample ?? null;
}

/**
 * The approved picture of the case, if it is the one that the run had: other cases were made from it, and changes were
 * measured against it, so with another one in its place they would have to be made again.
 */
function keptPicture(record: RunRecord, baseline: Baseline, name: string): ApprovedCase['kept'] {
  const before = baseline.cases.get(name);
  const picture = approvedPicture(baseline, name);
  const had = record.cases.find((each) => each.name === name)?.baseline?.picture?.sha256;
  if (!before || !picture || picture.sample.image?.sha256 !== had) return null;
  const { run, model, revision } = before;
  return before.kept ?? { ...picture.sample, run, model, revision };
}
