import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { UsageError, type Place } from '../lib/errors.js';
import { existsSync, realpathSync } from '../lib/files.js';
import { nearest, suggestion } from '../lib/nearest.js';
import { decodeText, type SuiteFolder } from './folder.js';
import { TEMPLATE_BYTES, type PromptFolder } from './prompt-folder.js';
import { shown } from './problems.js';

/** The repository that a suite is in. */
interface Repository {
  /** Runs git at the top of the repository and gives what it writes; see `runGit`. */
  git(args: readonly string[], input?: string): Buffer;
  /** An error at the place where the revision is written, if it is. */
  error(problem: string, fix?: string): UsageError;
}

/** What is read: the folder under prompts/ as of a commit, written as `parseRevision` lets it through. */
interface Wanted {
  ref: string;
  folder: string;
}

/**
 * The templates that a folder under prompts/ held at a commit, partials among them. All else of the suite (cases,
 * variables, pictures) is that of the working tree. Only objects are read: nothing is checked out, fetched or written.
 * @param place where the revision is written, if it is.
 * @throws UsageError when git, the repository, the commit or the folder is missing.
 */
export function promptsInGit(suite: SuiteFolder, wanted: Wanted, place: Place | undefined): PromptFolder {
  const error = (problem: string, fix?: string) =>
    new UsageError(problem, { ...(place && { place }), ...(fix !== undefined && { fix }) });
  const folder = realpathSync(suite.folder);
  const top = topOf(folder);
  if (top === null) throw error(`'git:${wanted.ref}' needs a git repository; ${shown(suite.shown)} is in none`, noGit);
  const repository: Repository = { error, git: (args, input = '') => runGit(['-C', top, ...args], input, error) };
  const commit = commitOf(wanted.ref, repository);
  // Git writes paths from the top, with slashes.
  const prompts = path.relative(top, path.join(folder, 'prompts')).split(path.sep).join('/');
  const files = templatesBelow(prompts, commit, wanted, repository);
  const texts = contents([...files.values()].filter(isReadable), repository);
  const names = [...files.keys()].sort();
  const shownFile = (name: string) => `git:${wanted.ref}:${prompts}/${wanted.folder}/${name}.hbs`;
  return {
    templates: names.filter((name) => !name.startsWith('partials/')),
    partials: names.flatMap((name) => /^partials\/(.+)$/s.exec(name)?.[1] ?? []),
    commit,
    shown: shownFile,
    read: (name) => {
      const file = files.get(name);
      const bytes = file && texts.get(file.id);
      if (!file) throw new Error(`no template ${name}`);
      if (bytes && isReadable(file)) return decodeText(bytes, shownFile(name));
      const odd = isFile(file) ? `has ${file.size} bytes; the limit is ${TEMPLATE_BYTES}` : 'is a link, not a file';
      throw error(`${shown(shownFile(name))} ${odd}`);
    },
  };
}

const noGit = 'Without git, only folders under prompts/ can be revisions.';

/**
 * The nearest folder that git calls the top of a working tree. Looked for here, since inside a hook git takes the folder
 * it is run in for the top (GIT_DIR is set there).
 */
function topOf(folder: string): string | null {
  if (existsSync(path.join(folder, '.git'))) return folder;
  const parent = path.dirname(folder);
  return parent === folder ? null : topOf(parent);
}

/**
 * Runs git itself, without a shell; a ref goes to its standard input, never among its arguments. It takes no lock (the
 * option is the same as GIT_OPTIONAL_LOCKS=0) and asks nobody, since it may not fetch what a partial clone left out.
 * @throws UsageError in git's words when it fails.
 */
function runGit(args: readonly string[], input: string, error: Repository['error']): Buffer {
  const always = ['--no-pager', '--no-optional-locks', '--literal-pathspecs', '-c', 'protocol.allow=never'];
  const ended = spawnSync('git', [...always, ...args], { input, maxBuffer: Infinity, windowsHide: true });
  if (ended.status === 0) return ended.stdout;
  if ((ended.error as { code?: unknown } | undefined)?.code === 'ENOENT')
    throw error('git is not installed, or not on the PATH', noGit);
  // A git that ends before it has read its input also leaves an error of ours, which says less.
  const said = ended.stderr?.toString() || ended.error?.message || `ended by ${ended.signal}`;
  const line = said.replace(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim();
  const leftOut = /promisor/i.test(line) ? 'This clone left out objects (--filter); fetch them first.' : undefined;
  throw error(`git cannot read the repository: ${line.slice(-500)}`, leftOut);
}

/** What git says of itself, such as `git version 2.39.5`, or `null` where there is none to run. */
export function gitVersion(): string | null {
  const { status, stdout } = spawnSync('git', ['--version'], { encoding: 'utf8', windowsHide: true });
  return status === 0 ? stdout.trim() : null;
}

/** The full id of the commit that a ref names now. */
function commitOf(ref: string, { git, error }: Repository): string {
  const answer = git(['cat-file', '--batch-check'], `${ref}^{commit}\n`).toString();
  const id = /^([0-9a-f]{40,64}) commit /.exec(answer)?.[1];
  if (id !== undefined) return id;
  if (answer.endsWith(' ambiguous\n')) throw error(`'git:${ref}' could be several commits`, 'Write more of the id.');
  const refs = git(['for-each-ref', '--format=%(refname:short)']).toString().split('\n').filter(Boolean);
  // In CI a branch often is there as that of the remote only.
  const near = refs.includes(`origin/${ref}`) ? `origin/${ref}` : nearest(ref, refs);
  const hint = near === undefined ? '' : ` Did you mean 'git:${near}'?`;
  const isShallow = git(['rev-parse', '--is-shallow-repository']).toString() === 'true\n';
  throw error(
    `there is no commit ${shown(ref)} in the git repository.${hint}`,
    isShallow ? 'This clone is shallow: git fetch --unshallow gets the rest; in CI, set fetch-depth: 0.' : undefined,
  );
}

interface GitFile {
  /** The folder under prompts/, and the path below it. */
  folder: string;
  name: string;
  mode: string;
  id: string;
  /** Bytes. */
  size: number;
}

/** Name -> template of the wanted folder. */
function templatesBelow(
  prompts: string,
  commit: string,
  { ref, folder }: Wanted,
  { git, error }: Repository,
): Map<string, GitFile> {
  const listed = git(['ls-tree', '-r', '-z', '-l', '--full-tree', commit, '--', `${prompts}/`]).toString();
  const all = [...listed.matchAll(/(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([^\0]*)\0/g)].map(
    ([, mode = '', id = '', size = '', path = '']): GitFile => {
      const [folder = '', ...below] = path.slice(prompts.length + 1).split('/');
      return { folder, name: below.join('/'), mode, id, size: Number(size) };
    },
  );
  const templates = all.filter(({ name }) => name.endsWith('.hbs'));
  const files = templates
    .filter((file) => file.folder === folder)
    .map((file) => [file.name.slice(0, -'.hbs'.length), file] as const);
  if (files.length > 0) return new Map(files);
  const known = [...new Set(templates.map((file) => file.folder))];
  const where = shown(`git:${ref}:${prompts}/${folder}`);
  const other = nearest(folder, known) ?? known[0];
  throw error(
    `there are no templates in ${where} at commit ${commit.slice(0, 12)}.${suggestion(folder, known)}`,
    other === undefined
      ? 'The suite was not there yet, or somewhere else; name another commit.'
      : `Another folder of that commit is read by its name: git:${ref}:${other}.`,
  );
}

/** Neither a link (mode 120000), which could lead anywhere, nor another repository (160000). */
function isFile({ mode }: GitFile): boolean {
  return mode.startsWith('100');
}

function isReadable(file: GitFile): boolean {
  return isFile(file) && file.size <= TEMPLATE_BYTES;
}

/** id -> bytes, all with one call; each comes as `<id> blob <size>`, a line feed, the bytes and a line feed. */
function contents(files: readonly GitFile[], { git }: Repository): Map<string, Uint8Array> {
  const ids = [...new Set(files.map(({ id }) => id))];
  const answer = git(['cat-file', '--batch'], ids.map((id) => `${id}\n`).join(''));
  const texts = new Map<string, Uint8Array>();
  for (let start = 0; start < answer.length;) {
    const header = answer.subarray(start, answer.indexOf(10, start)).toString();
    const [, id, size] = /^([0-9a-f]+) blob (\d+)$/.exec(header) ?? [];
    if (id === undefined) throw new Error(`git answered ${header}`);
    const from = start + header.length + 1;
    texts.set(id, answer.subarray(from, from + Number(size)));
    start = from + Number(size) + 1;
  }
  return texts;
}
