import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { centred, normalised, readMean } from './mean.js';

const sha256 = 'a'.repeat(64);
const model = { sha256, dimensions: 2, patchDimensions: null };
const sound = { sha256, crops: 600, mean: [0.5, -0.5] };

function fileWith(content: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'mean-')), 'mean.json');
  writeFileSync(file, content);
  return file;
}

describe('readMean', () => {
  it('reads a mean, and null where there is none', () => {
    expect(readMean(fileWith(JSON.stringify(sound)), model)).toEqual({
      mean: Float32Array.of(0.5, -0.5),
      patchMean: null,
    });
    const patchMean = [1, 2, 3];
    expect(readMean(fileWith(JSON.stringify({ ...sound, patchMean })), { ...model, patchDimensions: 3 })).toEqual({
      mean: Float32Array.of(0.5, -0.5),
      patchMean: Float32Array.of(1, 2, 3),
    });
    expect(readMean('/nowhere/mean.json', model)).toBeNull();
  });

  it.each([
    [
      'another model',
      { ...sound, sha256: 'b'.repeat(64) },
      /mean.json: made with model bbbbbbbbbbbb, not aaaaaaaaaaaa/,
    ],
    ['another length', { ...sound, mean: [1, 2, 3] }, /holds 3 numbers; the model gives 2/],
    ['too few crops', { ...sound, crops: 20 }, /not a mean of embeddings/],
    [
      'a mean of patches that the model lacks',
      { ...sound, patchMean: [1] },
      /1 numbers for a patch; the model gives no/,
    ],
    ['no numbers', { ...sound, mean: 'x' }, /not a mean of embeddings/],
  ])('refuses %s', (_name, content, message) => {
    expect(() => readMean(fileWith(JSON.stringify(content)), model)).toThrow(message);
  });

  it('refuses what is no JSON', () => {
    expect(() => readMean(fileWith('{'), model)).toThrow(/not a mean of embeddings/);
  });
});

describe('centred', () => {
  it('moves the origin and normalises', () => {
    expect(Array.from(centred(Float32Array.of(1, 1), Float32Array.of(1, 0)))).toEqual([0, 1]);
    expect(Array.from(centred(Float32Array.of(0.5, 0.5), Float32Array.of(0.5, 0.5)))).toEqual([0, 0]);
  });

  it('takes many vectors one after another', () => {
    expect(Array.from(centred(Float32Array.of(1, 1, 4, 4, 1, 0), Float32Array.of(1, 0)))).toEqual([
      ...[0, 1],
      ...[Math.fround(0.6), Math.fround(0.8)],
      ...[0, 0],
    ]);
  });

  it('leaves vectors alone without a mean', () => {
    const vector = Float32Array.of(0.6, 0.8);
    expect(centred(vector, null)).toBe(vector);
  });
});

it('normalised gives length 1', () => {
  expect(Array.from(normalised(Float32Array.of(3, 4)))).toEqual([Math.fround(0.6), Math.fround(0.8)]);
  expect(Array.from(normalised(Float32Array.of(0, 2, 0, 0, -5, 0), 2))).toEqual([0, 1, 0, 0, -1, 0]);
});
