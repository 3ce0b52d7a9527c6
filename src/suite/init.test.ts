import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { existsSync, readFileSync, rmSync, writeFileAtomic } from '../lib/files.js';
import { inspectMadeUp } from './__fixtures__/suite-folder.js';
import { initSuite } from './init.js';
import { loadSuite } from './load.js';

const root = path.join(tmpdir(), `init-${randomUUID()}`);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const drawAsset = () => Promise.resolve(new TextEncoder().encode('PNG of a fox'));

it('writes a suite that loads, under the name of its folder', async () => {
  const folder = path.join(root, 'my-fox');
  const written = await initSuite(folder, drawAsset);
  const suite = await loadSuite(folder, { inspectImage: inspectMadeUp });
  expect(written.every((file) => existsSync(file))).toBe(true);
  expect(suite.name).toBe('my-fox');
  expect(suite.cases.map((each) => each.name)).toEqual(['sheet', 'forest', 'bridge']);
  expect(suite.revisions).toEqual(['v2', 'v1']);
  expect(suite.cases[2]?.prompts['v2']?.[0]).toContain('Image 2 is the scene before this one');
});

it('overwrites nothing, and then writes nothing', async () => {
  const folder = path.join(root, 'taken');
  writeFileAtomic(path.join(folder, 'prompts/v1/sheet.hbs'), 'mine');
  await expect(initSuite(folder, drawAsset)).rejects.toThrow('exists already');
  expect(readFileSync(path.join(folder, 'prompts/v1/sheet.hbs'), 'utf8')).toBe('mine');
  expect(existsSync(path.join(folder, 'suite.yaml'))).toBe(false);
});

it('asks for a name that a suite can have', async () => {
  await expect(initSuite(path.join(root, 'My Fox'), drawAsset)).rejects.toThrow("'My Fox' is no name for a suite");
  expect(existsSync(path.join(root, 'My Fox'))).toBe(false);
});
