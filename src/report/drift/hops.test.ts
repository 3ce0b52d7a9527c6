import { expect, it } from 'vitest';
import { record, sample } from '../__fixtures__/small-record.js';
import { hopsFrom } from './hops.js';

const picture = {
  sha256: 'b'.repeat(64),
  mime: 'image/png',
  width: 64,
  height: 64,
  path: `images/${'b'.repeat(64)}.png`,
};

/** case -> names of its inputs; `sheets` says which input is the robot's sheet, `null` for the case that makes it. */
function hops(inputs: Record<string, string[]>, sheets: Record<string, string | null>) {
  const run = record({
    cases: Object.keys(inputs).map((name) => ({
      name,
      characters: name in sheets ? [{ name: 'robot', sheet: sheets[name] ?? null }] : [],
      level: 0,
      baseline: null,
    })),
    samples: Object.entries(inputs).map(([name, images]) =>
      sample({ case: name, inputs: images.map((image) => ({ ...picture, name: image })) }),
    ),
  });
  return Object.fromEntries(hopsFrom(run, 'robot'));
}

it.each([
  [
    'the longest way counts, from a sheet that a case makes',
    {
      cutout: ['photo'],
      sheet: ['cutout'],
      a: ['robot'],
      b: ['robot', 'a'],
      c: ['robot', 'a', 'b'],
      d: ['sheet', 'b'],
    },
    { sheet: null, a: 'robot', b: 'robot', c: 'robot', d: 'sheet' },
    { sheet: 0, a: 1, b: 2, c: 3, d: 3 },
  ],
  [
    'a sheet may be an asset, under either name',
    { a: ['robot'], b: ['drawing', 'a'] },
    { a: 'robot', b: 'drawing' },
    { a: 1, b: 2 },
  ],
  [
    'scenery of a long chain of its own is no way to the sheet',
    { sky: ['photo'], dusk: ['sky'], night: ['dusk'], a: ['robot', 'night'], b: ['robot', 'a'] },
    { a: 'robot', b: 'robot' },
    { a: 1, b: 2 },
  ],
  [
    'a picture that hands the character on counts, even if nobody is looked for in it',
    { a: ['robot'], pattern: ['a'], b: ['robot', 'pattern'] },
    { a: 'robot', b: 'robot' },
    { a: 1, pattern: 2, b: 3 },
  ],
  ['a case whose inputs nobody knows has no place', { a: ['robot'], b: [] }, { a: 'robot', b: 'robot' }, { a: 1 }],
])('%s', (_, inputs, sheets, expected) => expect(hops(inputs, sheets)).toEqual(expected));

it('comes to an end on a damaged record whose cases need each other', () => {
  expect(Object.keys(hops({ a: ['robot', 'b'], b: ['a'] }, { a: 'robot' }))).toEqual(['a']);
});
