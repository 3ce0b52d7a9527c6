import { describe, expect, it } from 'vitest';
import type { Encoder } from '../encode/encoder.js';
import { Calibrations } from './calibration.js';

const encoder = { id: 'e', sha256: 'e'.repeat(64), mean: null, patchMean: null } as Encoder;
const sheet = { sha256: 's'.repeat(64), views: [{ name: 'front', box: null }] };

describe('calibrations', () => {
  it('measures once for a sheet, an encoder and what is asked for', async () => {
    const store = new Map<string, unknown>();
    const remembered = { get: (key: string) => store.get(key) ?? null, put: store.set.bind(store) };
    let measured = 0;
    const ask = (what: string, of = sheet, by = encoder) =>
      new Calibrations(remembered, of, by).recall(what, async () => Promise.resolve([(measured += 1)]));
    expect(await ask('scene')).toEqual([1]);
    expect(await ask('scene')).toEqual([1]);
    expect(await ask('views')).toEqual([2]);
    expect(await ask('scene', { ...sheet, views: [] })).toEqual([3]);
    expect(await ask('scene', { ...sheet, sha256: 't'.repeat(64) })).toEqual([4]);
    expect(await ask('scene', sheet, { ...encoder, mean: new Float32Array([1]) })).toEqual([5]);
    expect([...store.keys()].every((key) => /^[0-9a-f]{64}$/.test(key))).toBe(true);
  });

  it.each([NaN, Infinity])('does not remember %s, which JSON lacks', async (value) => {
    const store = new Map<string, unknown>();
    const calibrations = new Calibrations({ get: () => null, put: store.set.bind(store) }, sheet, encoder);
    const measured = [{ floor: { window: value } }];
    expect(await calibrations.recall('scene', () => Promise.resolve(measured))).toBe(measured);
    expect(store.size).toBe(0);
  });
});
