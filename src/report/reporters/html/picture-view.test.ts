import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Box } from '../../../image/raster.js';
import { apart } from './picture-view.js';

const side = {
  x: fc.nat(9),
  y: fc.nat(9),
  width: fc.integer({ min: 1, max: 6 }),
  height: fc.integer({ min: 1, max: 6 }),
};
const cells = ({ x, y, width, height }: Box) =>
  Array.from({ length: width * height }, (_, i) => `${x + (i % width)} ${y + Math.floor(i / width)}`);

it('covers what the boxes cover, every pixel once', () => {
  fc.assert(
    fc.property(fc.array(fc.record(side), { maxLength: 5 }), (boxes) => {
      const covered = apart(boxes).flatMap(cells);
      expect(covered.sort()).toEqual([...new Set(boxes.flatMap(cells))].sort());
    }),
  );
});

it('leaves one box as it is', () => {
  const box = { x: 3, y: 4, width: 10, height: 20 };
  expect(apart([box])).toEqual([box]);
});
