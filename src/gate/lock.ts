import { z } from 'zod';
import { messageOf, UsageError } from '../lib/errors.js';
import { existsSync, readdirSync, readFileSync, writeFileAtomic } from '../lib/files.js';
import { canonicalJson, sha256 } from '../lib/hash.js';

/** No case can have this name. */
export const LOCK_FILE = '_lock.json';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const storedMargin = z.strictObject({
  margin: z.number().positive(),
  cap: z.int().positive().describe('the most samples a case, for which it was fitted'),
  sd: z.number().describe('scatter of the approved values inside their cases'),
  cases: z.int().positive().describe('how many cases are measured'),
});

const lockFile = z.strictObject({
  version: z.literal(1),
  approving: z
    .strictObject({ run: z.string(), cases: z.array(z.string()) })
    .optional()
    .describe('there while these cases are being written, so that an interruption can be told'),
  margins: z.record(z.string(), storedMargin).describe('metric with `margin: auto` -> its margin'),
  marginsSha256: hash,
  files: z.record(z.string(), hash).describe('file in the folder -> hash; in JSON files, with line feeds alone'),
});

export type Lock = z.infer<typeof lockFile>;
export type StoredMargin = z.infer<typeof storedMargin>;

/** Something is not as it was approved. */
export interface Damage {
  /** The case that the file belongs to; `null` for the lock itself. */
  case: string | null;
  error: UsageError;
}

const orAgain = (file: string) =>
  `Restore it from git, or approve the case again: evaluate approve --case ${caseOf(file) ?? ''}`;

/**
 * Everything in a baseline's folder that is not as its lock says. Where the lock cannot be read, nothing vouches for any
 * file; where there is neither lock nor file, nothing was approved. Files whose names start with a dot are not looked at.
 */
export function checkFolder(folder: string): { lock: Lock | null; damages: Damage[] } {
  const present = filesOf(folder);
  if (present.size === 0) return { lock: null, damages: [] };
  const { lock, error } = readLock(folder);
  const damages: Damage[] = error ? [{ case: null, error }] : [];
  const approving = new Set(lock?.approving?.cases);
  for (const name of approving) damages.push({ case: name, error: interrupted(folder, name, lock?.approving?.run) });
  const locked = new Map(Object.entries(lock?.files ?? {}));
  present.delete(LOCK_FILE);
  for (const file of [...new Set([...locked.keys(), ...present])].sort()) {
    const name = caseOf(file);
    if (name !== null && approving.has(name)) continue;
    const expected = locked.get(file);
    const wrong = !present.has(file)
      ? missing(folder, file)
      : expected === undefined
        ? stray(folder, file)
        : changed(folder, file, expected);
    if (wrong) damages.push({ case: name, error: wrong });
  }
  return { lock, damages };
}

/** Files of a baseline, relative to its folder. */
export function filesOf(folder: string): Set<string> {
  if (!existsSync(folder)) return new Set();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return new Set(
    entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => `${entry.parentPath}/${entry.name}`.slice(folder.length + 1).replaceAll('\\', '/'))
      .filter((file) => !/(^|\/)\./.test(file)),
  );
}

/**
 * `forest.json` and `forest/3.webp` are of `forest`, and so is what a write that was cut off left of them; `null` for the
 * lock.
 */
export function caseOf(file: string): string | null {
  const [first = '', ...rest] = file.split('/');
  const name = rest.length > 0 ? first : first.replace(/\.json(\.\d+\.\d+\.tmp)?$/, '');
  return `${name}.json` === LOCK_FILE ? null : name;
}

/** Of text, line ends do not count: git may have changed them, and JSON has none inside its strings. */
function hashOf(bytes: Uint8Array, file: string): string {
  return sha256(file.endsWith('.json') ? Buffer.from(bytes).toString('utf8').replaceAll('\r\n', '\n') : bytes);
}

function readLock(folder: string): { lock: Lock; error: UsageError | null } | { lock: null; error: UsageError } {
  const file = `${folder}/${LOCK_FILE}`;
  const wrong = (problem: string, fix: string, cause?: unknown) =>
    new UsageError(problem, { place: { file }, fix, cause });
  const orAll = 'Restore it from git, or approve all cases again.';
  if (!existsSync(file))
    return {
      lock: null,
      error: wrong('the lock is missing: nothing says that this baseline is what was approved', orAll),
    };
  const text = readFileSync(file, 'utf8');
  if (hasConflicts(text))
    return {
      lock: null,
      error: wrong(
        'this file has merge conflicts in it',
        'Take `margins` and `marginsSha256` of one side, and under `files` the lines of both; a case that both sides approved must come from one, with all its files. Or approve all cases again.',
      ),
    };
  let lock: Lock;
  try {
    lock = lockFile.parse(JSON.parse(text));
  } catch (cause) {
    return { lock: null, error: wrong(`the lock is damaged: ${firstProblem(cause)}`, orAll, cause) };
  }
  const sealed = sha256(canonicalJson(lock.margins)) === lock.marginsSha256;
  const byHand = 'Restore it from git, or approve again; a margin of your own stands in suite.yaml.';
  return { lock, error: sealed ? null : wrong('the stored margins are not those that were computed', byHand) };
}

function interrupted(folder: string, name: string, run = ''): UsageError {
  return new UsageError(`approving was interrupted while ${name} was written`, {
    place: { file: `${folder}/${name}.json` },
    fix: `Approve again: evaluate approve ${run} --case ${name}. Or restore the whole folder from git.`,
  });
}

function missing(folder: string, file: string): UsageError {
  return new UsageError('this file of the baseline is missing', {
    place: { file: `${folder}/${file}` },
    fix: orAgain(file),
  });
}

function stray(folder: string, file: string): UsageError {
  return new UsageError(`this file is no part of the baseline: ${LOCK_FILE} does not name it`, {
    place: { file: `${folder}/${file}` },
    fix: `Delete it; or, if it was approved, restore ${LOCK_FILE} from git.`,
  });
}

function changed(folder: string, file: string, expected: string): UsageError | null {
  const bytes = readFileSync(`${folder}/${file}`);
  if (hashOf(bytes, file) === expected) return null;
  const text = bytes.toString('latin1');
  const wrong = (problem: string, fix: string) =>
    new UsageError(problem, { place: { file: `${folder}/${file}` }, fix });
  if (text.startsWith('version https://git-lfs')) return wrong('this is a pointer of Git LFS', 'Run: git lfs pull');
  if (hasConflicts(text)) {
    const sides = 'Take the case whole from one side, with its pictures and its lines of the lock';
    return wrong('this file has merge conflicts in it', `${sides}; or approve it again.`);
  }
  return wrong(`this file is not what was approved: its hash is not the one in ${LOCK_FILE}`, orAgain(file));
}

function hasConflicts(text: string): boolean {
  return /^<{7} /m.test(text);
}

/** What is wrong with a file, in one line; of many problems the first. */
export function firstProblem(thrown: unknown): string {
  if (!(thrown instanceof z.ZodError)) return messageOf(thrown);
  const { path, message } = thrown.issues[0] ?? { path: [], message: 'no reason' };
  return [path.join('.'), message].filter(Boolean).join(': ');
}

/** Writes the lock; a file a line in alphabetical order, so that approvals of different cases merge. */
export function writeLock(folder: string, lock: Omit<Lock, 'version' | 'marginsSha256'>): void {
  const files = Object.entries(lock.files).sort(([a], [b]) => (a < b ? -1 : 1));
  const whole: Lock = {
    version: 1,
    ...lock,
    marginsSha256: sha256(canonicalJson(lock.margins)),
    files: Object.fromEntries(files),
  };
  writeFileAtomic(`${folder}/${LOCK_FILE}`, `${JSON.stringify(lockFile.parse(whole), null, 2)}\n`);
}

/** The lock's lines for these files. */
export function locked(files: ReadonlyMap<string, Uint8Array>): Lock['files'] {
  return Object.fromEntries([...files].map(([file, bytes]) => [file, hashOf(bytes, file)]));
}
