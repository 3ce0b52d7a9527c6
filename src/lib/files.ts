import * as fs from 'node:fs';
import * as path from 'node:path';

/** The only door to the disk. Paths are absolute or relative to the working directory. */
export const {
  existsSync,
  readFileSync,
  realpathSync,
  statSync,
  readdirSync,
  appendFileSync,
  mkdirSync,
  rmSync,
  createReadStream,
} = fs;
export const { readFile, readdir, rm, mkdir, copyFile, stat } = fs.promises;

/** Writes beside the target and renames, so a reader or a crash never meets half a file. Makes parent folders. */
export function writeFileAtomic(file: string, data: Uint8Array | string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.${(counter += 1)}.tmp`;
  fs.writeFileSync(temporary, data);
  fs.renameSync(temporary, file);
}
let counter = 0;

/** Makes the file, whole at once, unless it is there already; says whether it did. */
export function createFile(file: string, text: string): boolean {
  const temporary = `${file}.${process.pid}.${(counter += 1)}.tmp`;
  fs.writeFileSync(temporary, text);
  try {
    fs.linkSync(temporary, file);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(temporary);
  }
}

/** Makes the folder unless it is there already; says whether it did. Its parent must be there. */
export function createFolder(folder: string): boolean {
  try {
    fs.mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes the folder unless it holds something. */
export function removeEmptyFolder(folder: string): void {
  try {
    fs.rmdirSync(folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(String((error as { code?: unknown }).code))) throw error;
  }
}

/** Points `link` at `target` (relative), replacing an older link. */
export function relink(target: string, link: string): void {
  const temporary = `${link}.${process.pid}.tmp`;
  fs.rmSync(temporary, { force: true });
  fs.symlinkSync(target, temporary);
  fs.renameSync(temporary, link);
}
