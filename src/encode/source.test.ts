import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadEncoder } from './load.js';
import { encoderOnDisk, findSource } from './source.js';

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

describe('encoderOnDisk', () => {
  const modelsFolder = path.join(import.meta.dirname, '__fixtures__', 'models');
  const cacheFolder = mkdtempSync(path.join(tmpdir(), 'hub-'));
  const onDisk = (spec: string) => encoderOnDisk(spec, { modelsFolder, cacheFolder });

  it('knows what the opened encoder says of itself', async () => {
    const { id, sha256 } = await loadEncoder('pocket', { modelsFolder, cacheFolder });
    expect(await onDisk('pocket')).toEqual({ id, sha256 });
  });

  it('knows a hub model once it is there, by its own name', async () => {
    expect(await onDisk('owner/name')).toBeNull();
    mkdirSync(path.join(cacheFolder, 'owner/name/onnx'), { recursive: true });
    writeFileSync(path.join(cacheFolder, 'owner/name/onnx/model.onnx'), 'abc');
    // FIPS 180-2, appendix B.1.
    const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(await onDisk('owner/name')).toEqual({ id: 'owner/name', sha256 });
    expect(await onDisk('owner/name:q8')).toBeNull();
  });
});
