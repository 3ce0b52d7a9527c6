import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { rmSync, writeFileAtomic } from './files.js';
import { sha256 } from './hash.js';
import { JsonStore } from './json-store.js';

const folder = path.join(tmpdir(), `store-${randomUUID()}`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('gives back what was put, across instances, until it is deleted', () => {
  const store = new JsonStore<{ n: number }>(folder);
  const [one, two] = [sha256('one'), sha256('two')];
  expect(store.get(one)).toBeNull();
  expect(store.storedAt(one)).toBeNull();
  expect(store.list()).toEqual([]);
  store.put(one, { n: 1 });
  store.put(two, { n: 2 });
  store.put(two, { n: 22 });
  const again = new JsonStore<{ n: number }>(folder);
  expect(again.get(one)).toEqual({ n: 1 });
  expect(again.get(two)).toEqual({ n: 22 });
  expect(new Set(again.list().map(({ key }) => key))).toEqual(new Set([one, two]));
  expect(again.list().find(({ key }) => key === two)?.bytes).toBe('{"n":22}'.length);
  again.delete(one);
  again.delete(one);
  expect(store.get(one)).toBeNull();
  expect(store.list().map(({ key }) => key)).toEqual([two]);
});

it('takes a damaged file for none, and lists no strangers', () => {
  const store = new JsonStore<number>(folder);
  const key = sha256('damaged');
  store.put(key, 1);
  writeFileAtomic(path.join(folder, key.slice(0, 2), `${key}.json`), '{"cut');
  writeFileAtomic(path.join(folder, key.slice(0, 2), 'notes.txt'), 'mine');
  expect(store.get(key)).toBeNull();
  expect(store.list().filter((entry) => entry.key !== key && entry.key !== sha256('two'))).toEqual([]);
});
