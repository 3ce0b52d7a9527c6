import * as path from 'node:path';
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from '../lib/files.js';
import { UsageError, type Place } from '../lib/errors.js';
import { suggestion } from '../lib/nearest.js';
import { shown } from './problems.js';

/** A suite's folder: the only files that loading a suite may read. */
export interface SuiteFolder {
  /** Absolute. */
  folder: string;
  /** The folder as the user wrote it, for messages. */
  shown: string;
  /** The suite file as the user wrote it. */
  file: string;
}

/**
 * Finds the suite file that a target names: the file itself, or suite.yaml in a folder.
 * @throws UsageError when there is none, with the nearest name beside it.
 */
export function locateSuite(target: string): SuiteFolder {
  if (!existsSync(target)) {
    const parent = path.dirname(path.resolve(target));
    const hint = existsSync(parent) ? suggestion(path.basename(target), suites(parent)) : '';
    throw new UsageError(`there is no suite at ${shown(target)}.${hint}`, {
      fix: 'Give a suite folder, or its suite.yaml.',
    });
  }
  const isFolder = statSync(target).isDirectory();
  const file = isFolder ? path.join(target, 'suite.yaml') : target;
  if (!existsSync(file))
    throw new UsageError(`there is no suite.yaml in ${shown(target)}`, {
      fix: 'To start one: evaluate init <new folder>',
    });
  const folder = path.dirname(file);
  return { folder: path.resolve(folder), shown: folder, file };
}

function suites(parent: string): string[] {
  return readdirSync(parent).filter((name) => existsSync(path.join(parent, name, 'suite.yaml')));
}

/** Whether a path that exists leads out of the suite's folder, by itself or through a link. */
export function leaves(suite: SuiteFolder, relative: string): boolean {
  return !within(realpathSync(suite.folder), realpathSync(path.resolve(suite.folder, relative)));
}

/** Names of the folders in a folder of the suite, sorted; none when it does not exist. Links count as what they lead to. */
export function foldersIn(suite: SuiteFolder, relative: string): string[] {
  const folder = path.join(suite.folder, relative);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => statSync(path.join(folder, name), { throwIfNoEntry: false })?.isDirectory())
    .sort();
}

/**
 * Templates at any depth of a folder, as slash-separated names without .hbs, sorted; none when it does not exist.
 * Linked folders below it are not searched, so that no link can lead the search around the disk.
 */
export function templatesIn(suite: SuiteFolder, relative: string): string[] {
  const folder = path.join(suite.folder, relative);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((name) => name.endsWith('.hbs'))
    .map((name) => name.slice(0, -'.hbs'.length))
    .sort();
}

/** How the user would write a path inside the suite's folder. */
export function shownPath(suite: SuiteFolder, relative: string): string {
  return path.join(suite.shown, relative);
}

/**
 * The bytes of a file inside the suite's folder. Links are followed, but not out of the folder.
 * @throws UsageError at `place` when the path leaves the folder, is missing (with the nearest name), not a file, or over `limit` bytes.
 */
export function readInside(suite: SuiteFolder, relative: string, limit: number, place: Place | undefined): Uint8Array {
  const file = path.resolve(suite.folder, relative);
  const fail = (problem: string) => new UsageError(problem, place && { place });
  if (path.isAbsolute(relative) || !within(suite.folder, file) || relative.includes('\\'))
    throw fail(`${shown(relative)} leaves the suite's folder; write it relative to suite.yaml, with '/'`);
  if (!existsSync(file)) throw fail(`there is no file ${shown(shownPath(suite, relative))}.${neighbours(suite, file)}`);
  if (leaves(suite, relative)) throw fail(`${shown(relative)} is a link that leaves the suite's folder`);
  const stat = statSync(file);
  if (!stat.isFile()) throw fail(`${shown(relative)} is not a file`);
  if (stat.size > limit) throw fail(`${shown(relative)} has ${stat.size} bytes; the limit is ${limit}`);
  return readFileSync(file);
}

function within(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** Suggests a file beside the missing one, as a path relative to the suite's folder. */
function neighbours(suite: SuiteFolder, file: string): string {
  const parent = path.dirname(file);
  if (!existsSync(parent) || !statSync(parent).isDirectory()) return '';
  const names = readdirSync(parent).map((entry) => path.relative(suite.folder, path.join(parent, entry)));
  return suggestion(path.relative(suite.folder, file), names.slice(0, 50));
}

/**
 * Text of a file inside the suite's folder: UTF-8, a byte order mark dropped, line ends made `\n` so that a
 * checkout on another system says the same thing.
 * @throws UsageError as `readInside`, and for NUL or bytes that are not UTF-8, with their line.
 */
export function readTextInside(suite: SuiteFolder, relative: string, limit: number, place: Place | undefined): string {
  return decodeText(readInside(suite, relative, limit, place), shownPath(suite, relative));
}

/** See `readTextInside`; `file` is for messages. */
export function decodeText(bytes: Uint8Array, file: string): string {
  const fail = (problem: string, end: number) => {
    const line = bytes.subarray(0, end).reduce((lines, byte) => lines + (byte === 10 ? 1 : 0), 1);
    return new UsageError(problem, { place: { file, line }, fix: 'Save it as UTF-8 text.' });
  };
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw fail('the file holds a NUL byte', nul);
  // Line by line, so that the line that is not UTF-8 is known; no UTF-8 sequence holds a line feed.
  const lines: string[] = [];
  for (let start = 0; start <= bytes.length;) {
    const feed = bytes.indexOf(10, start);
    const end = feed < 0 ? bytes.length : feed;
    try {
      lines.push(new TextDecoder('utf-8', { fatal: true, ignoreBOM: start > 0 }).decode(bytes.subarray(start, end)));
    } catch {
      throw fail('the file is not UTF-8 text', start);
    }
    start = end + 1;
  }
  return lines.join('\n').replace(/\r\n?/g, '\n');
}
