import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import {
  createFile,
  createFolder,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  relink,
  rmSync,
  writeFileAtomic,
} from './files.js';

const folder = path.join(tmpdir(), `files-${randomUUID()}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('writes whole files, makes parent folders and leaves nothing else behind', () => {
  const file = path.join(folder, 'a', 'b.txt');
  writeFileAtomic(file, 'one');
  writeFileAtomic(file, new Uint8Array([0, 255]));
  expect([...readFileSync(file)]).toEqual([0, 255]);
  expect(readdirSync(path.dirname(file))).toEqual(['b.txt']);
});

it('keeps the old file when the new one cannot take its place', () => {
  const target = path.join(folder, 'taken');
  mkdirSync(path.join(target, 'inside'), { recursive: true });
  expect(() => writeFileAtomic(target, 'text')).toThrow();
  expect(readdirSync(target)).toEqual(['inside']);
});

it('makes a file or a folder once', () => {
  mkdirSync(path.join(folder, 'once'), { recursive: true });
  const file = path.join(folder, 'once', 'file');
  expect([createFile(file, 'first'), createFile(file, 'second')]).toEqual([true, false]);
  expect(readFileSync(file, 'utf8')).toBe('first');
  expect([createFolder(`${file}s`), createFolder(`${file}s`)]).toEqual([true, false]);
  expect(readdirSync(path.dirname(file))).toEqual(['file', 'files']);
  expect(() => createFolder(path.join(folder, 'not', 'there'))).toThrow(/ENOENT/);
});

it('points a link elsewhere in one step', () => {
  for (const name of ['one', 'two']) writeFileAtomic(path.join(folder, 'runs', name), name);
  const link = path.join(folder, 'runs', 'latest');
  relink('one', link);
  relink('two', link);
  expect(readFileSync(link, 'utf8')).toBe('two');
  expect(realpathSync(link)).toBe(realpathSync(path.join(folder, 'runs', 'two')));
});
