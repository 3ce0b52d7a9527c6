import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSource } from './source.js';

describe('findSource', () => {
  it.each([
    ['pocket', { id: 'pocket', folder: path.resolve('models/pocket-clip') }],
    ['src/encode', { id: 'encode', folder: path.resolve('src/encode') }],
    [path.resolve('src'), { id: 'src', folder: path.resolve('src') }],
    ['Xenova/clip-vit-base-patch32', { id: 'Xenova/clip-vit-base-patch32', hub: 'Xenova/clip-vit-base-patch32' }],
  ])('%s', (spec, expected) => {
    expect(findSource(spec, 'models')).toEqual(expected);
  });

  it.each([
    ['pokcet', /Did you mean 'pocket'/],
    ['', /is no folder/],
    ['./models/absent', /is no folder, and no model id/],
    ['a/b/c', /no model id of the form owner\/name/],
    ['../up', /is no folder/],
    ['package.json', /is a file/],
  ])('refuses %j', (spec, message) => {
    expect(() => findSource(spec, 'models')).toThrow(message);
  });
});
