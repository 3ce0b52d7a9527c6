import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSource } from './source.js';

describe('findSource', () => {
  it.each([
    ['pocket', { id: 'pocket', precision: 'fp32', folder: path.resolve('models/pocket-clip') }],
    ['src/encode', { id: 'encode', precision: 'fp32', folder: path.resolve('src/encode') }],
    ['src/encode:q8', { id: 'encode:q8', precision: 'q8', folder: path.resolve('src/encode') }],
    [path.resolve('src'), { id: 'src', precision: 'fp32', folder: path.resolve('src') }],
    [
      'Xenova/clip-vit-base-patch32',
      { id: 'Xenova/clip-vit-base-patch32', precision: 'fp32', hub: 'Xenova/clip-vit-base-patch32' },
    ],
    [
      'Xenova/clip-vit-base-patch16:q8',
      { id: 'Xenova/clip-vit-base-patch16:q8', precision: 'q8', hub: 'Xenova/clip-vit-base-patch16' },
    ],
    ['owner/name:fp32', { id: 'owner/name', precision: 'fp32', hub: 'owner/name' }],
  ])('%s', (spec, expected) => {
    expect(findSource(spec, 'models')).toEqual(expected);
  });

  it('takes a folder whose name ends like a precision for a folder', () => {
    const folder = path.join(mkdtempSync(path.join(tmpdir(), 'source-')), 'mine:q8');
    mkdirSync(folder);
    expect(findSource(folder, 'models')).toEqual({ id: 'mine:q8', precision: 'fp32', folder });
    expect(findSource(`${folder}:q8`, 'models')).toEqual({ id: 'mine:q8:q8', precision: 'q8', folder });
  });

  it.each([
    ['pokcet', /Did you mean 'pocket'/],
    ['owner/name:int8', /no precision 'int8'.*\n.*'owner\/name:q8'/s],
    ['owner/name:', /no precision ''/],
    [':q8', /encoder '' is no folder/],
    ['', /is no folder/],
    ['./models/absent', /is no folder, and no model id/],
    ['a/b/c', /no model id of the form owner\/name/],
    ['../up', /is no folder/],
    ['package.json', /is a file/],
  ])('refuses %j', (spec, message) => {
    expect(() => findSource(spec, 'models')).toThrow(message);
  });
});
