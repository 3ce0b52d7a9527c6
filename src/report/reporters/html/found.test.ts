import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SampleRecord } from '../../../record.js';
import { foundBox, foundBoxes, castNotes, tileBox } from './found.js';

const withBox = (box: unknown) =>
  ({
    image: { width: 100, height: 80 },
    scores: { consistency: { value: 1, version: '1', evidence: { box } } },
  }) as unknown as SampleRecord;

it.each([
  [[10, 20, 30, 40], { x: 10, y: 20, width: 30, height: 40 }],
  [[-5, -5, 20, 20], { x: 0, y: 0, width: 15, height: 15 }],
  [[90.4, 70.6, 50, 50], { x: 90, y: 71, width: 10, height: 9 }],
  [[200, 0, 10, 10], null],
  [[1, 2, 3], null],
  [['a', 1, 2, 3], null],
  ['10,20,30,40', null],
  [undefined, null],
])('evidence %j is found at %j', (box, expected) => expect(foundBox(withBox(box))).toEqual(expected));

it('adds 15 % on each side and makes a square', () => {
  expect(tileBox({ width: 1000, height: 600 }, { x: 400, y: 200, width: 100, height: 200 })).toEqual({
    x: 320,
    y: 170,
    width: 260,
    height: 260,
  });
});

it('stays inside the picture and keeps the character whole', () => {
  const numbers = fc.tuple(
    fc.integer({ min: 1, max: 400 }),
    fc.integer({ min: 1, max: 400 }),
    ...Array.from({ length: 4 }, () => fc.double({ min: 0, max: 1, noNaN: true })),
  );
  fc.assert(
    fc.property(numbers, ([width, height, a = 0, b = 0, c = 0, d = 0]) => {
      const x = Math.floor(a * (width - 1));
      const y = Math.floor(b * (height - 1));
      const found = { x, y, width: 1 + Math.floor(c * (width - 1 - x)), height: 1 + Math.floor(d * (height - 1 - y)) };
      const tile = tileBox({ width, height }, found);
      expect(tile.x).toBeGreaterThanOrEqual(0);
      expect(tile.y).toBeGreaterThanOrEqual(0);
      expect(tile.x + tile.width).toBeLessThanOrEqual(width);
      expect(tile.y + tile.height).toBeLessThanOrEqual(height);
      expect(tile.x).toBeLessThanOrEqual(found.x);
      expect(tile.y).toBeLessThanOrEqual(found.y);
      expect(tile.x + tile.width).toBeGreaterThanOrEqual(found.x + found.width);
      expect(tile.y + tile.height).toBeGreaterThanOrEqual(found.y + found.height);
    }),
  );
});

it('gives every view of a sheet, or the one place of a scene', () => {
  const sheet = withBox(undefined);
  Object.assign(sheet.scores['consistency']?.evidence ?? {}, {
    views: [{ box: [0, 0, 10, 10] }, { box: 'none' }, null, { box: [50, 0, 10, 10] }],
  });
  expect(foundBoxes(sheet).map(({ x }) => x)).toEqual([0, 50]);
  expect(foundBoxes(withBox([1, 2, 3, 4]))).toEqual([{ x: 1, y: 2, width: 3, height: 4 }]);
  expect(foundBoxes(withBox(undefined))).toEqual([]);
});

it('gives the place of each of several characters that was found', () => {
  const scene = withBox(undefined);
  Object.assign(scene.scores['consistency']?.evidence ?? {}, {
    characters: [
      { character: 'robot', characterFound: true, box: [0, 0, 10, 10] },
      { character: 'dog', characterFound: false, box: [50, 0, 10, 10] },
      { character: 'cat', characterFound: true, box: null },
      'nonsense',
    ],
    missing: ['dog'],
    extra: [{ character: 'robot', value: 0.6, box: [70, 0, 10, 10] }],
  });
  expect(foundBoxes(scene).map(({ x }) => x)).toEqual([0]);
  expect(castNotes(scene)).toEqual(['dog not found', 'robot there once more']);
});

it.each<[Record<string, unknown>, string[]]>([
  [{ characterFound: false }, ['character not found']],
  [{ characterFound: true, extra: [{ value: 0.5, box: [0, 0, 1, 1] }] }, ['character there once more']],
  [{ characterFound: true }, []],
  [{ characters: 'nonsense', extra: null }, []],
])('notes of %j are %j', (evidence, notes) => {
  const sample = withBox(undefined);
  Object.assign(sample.scores['consistency']?.evidence ?? {}, evidence);
  expect(castNotes(sample)).toEqual(notes);
});
