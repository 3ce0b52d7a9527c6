import { extensionOf, type ImageMime, thumbnail } from '../image/codec.js';
import { rmSync, writeFileAtomic } from '../lib/files.js';
import { type ApprovedCase, type ApprovedSample, type ApprovedTurn, textOfCase } from './baseline.js';
import { caseOf, filesOf, type Lock, locked, LOCK_FILE, writeLock } from './lock.js';

/** A case as it will lie on disk. */
export interface CaseFiles {
  case: string;
  /** File in the baseline's folder -> its bytes: the pictures, then the JSON. */
  files: ReadonlyMap<string, Uint8Array>;
}

/** Long side of the pictures that are kept only to be looked at. */
const KEEPSAKE_SIDE = 640;

/**
 * The representative picture as received, every turn of it where it is a conversation, small ones of the others; with
 * `keepAll` every one as received. `original`: the picture with this hash as received.
 */
export async function filesOfCase(
  approved: ApprovedCase,
  original: (sha256: string) => Uint8Array,
  keepAll: boolean,
): Promise<CaseFiles> {
  const files = new Map<string, Uint8Array>();
  const filed = async (image: ApprovedTurn['image'], name: string, whole: boolean): Promise<ApprovedTurn['image']> => {
    if (!image) return null;
    const file = `${approved.case}/${name}.${whole ? extensionOf[image.mime as ImageMime] : 'webp'}`;
    const bytes = original(image.sha256);
    files.set(file, whole ? bytes : await thumbnail(bytes, KEEPSAKE_SIDE));
    return { ...image, file, original: whole };
  };
  const withFile = async <T extends ApprovedSample>(sample: T): Promise<T> => {
    const name = String(sample.sample);
    const whole = keepAll || sample.sample === approved.representative;
    if (!sample.turns) return { ...sample, image: await filed(sample.image, name, whole) };
    const turns: ApprovedTurn[] = [];
    for (const [index, turn] of sample.turns.entries())
      turns.push({ ...turn, image: await filed(turn.image, `${name}-${index + 1}`, whole) });
    return { ...sample, image: turns.at(-1)?.image ?? null, turns };
  };
  const samples: ApprovedSample[] = [];
  for (const sample of approved.samples) samples.push(await withFile(sample));
  const kept = approved.kept && (await withFile(approved.kept));
  files.set(`${approved.case}.json`, Buffer.from(textOfCase({ ...approved, samples, kept })));
  return { case: approved.case, files };
}

export interface Saving {
  /** Id of the run that is approved. */
  run: string;
  cases: readonly CaseFiles[];
  /** Cases that the baseline shall not have any more. */
  removed: readonly string[];
  margins: Lock['margins'];
}

/**
 * Replaces cases of the baseline; the others stay as they are. What is being written stands in the lock from before the
 * first change until after the last, so that an interruption at any point is told by the next one who reads.
 */
export function saveBaseline(folder: string, before: Lock | null, { run, cases, removed, margins }: Saving): void {
  const replaced = new Set<string | null>([...cases.map((each) => each.case), ...removed]);
  const untouched = Object.entries(before?.files ?? {}).filter(([file]) => !replaced.has(caseOf(file)));
  const files = Object.fromEntries([...untouched, ...cases.flatMap((each) => Object.entries(locked(each.files)))]);
  const approving = { run, cases: [...cases.map((each) => each.case), ...removed] };
  writeLock(folder, { margins: before?.margins ?? {}, files: before?.files ?? {}, approving });
  for (const each of cases) for (const [file, bytes] of each.files) writeFileAtomic(`${folder}/${file}`, bytes);
  for (const name of removed) rmSync(`${folder}/${name}`, { recursive: true, force: true });
  replaced.add(null);
  for (const file of filesOf(folder)) {
    if (file !== LOCK_FILE && replaced.has(caseOf(file)) && !(file in files)) rmSync(`${folder}/${file}`);
  }
  writeLock(folder, { margins, files });
}
