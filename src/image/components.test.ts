import fc from 'fast-check';
import { expect, it } from 'vitest';
import { connectedComponents } from './components.js';

const parse = (rows: string[]) => Uint8Array.from(rows.join(''), (letter) => Number(letter !== '.'));

it('numbers components in reading order; corners touch', () => {
  const { labels, components } = connectedComponents(parse(['#.##', '.#..', '...#']), 4, 3);
  expect([...labels]).toEqual([1, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0, 2]);
  expect(components).toEqual([
    { box: { x: 0, y: 0, width: 4, height: 2 }, area: 4 },
    { box: { x: 3, y: 2, width: 1, height: 1 }, area: 1 },
  ]);
});

it('rows do not wrap around', () => {
  expect(connectedComponents(parse(['..#', '#..']), 3, 2).components).toHaveLength(2);
});

it('gives every set pixel one label and no two neighbours different ones', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 1 }), { minLength: 96, maxLength: 96 }), (bits) => {
      const mask = Uint8Array.from(bits);
      const { labels, components } = connectedComponents(mask, 12, 8);
      expect(components.reduce((sum, { area }) => sum + area, 0)).toBe(bits.filter(Boolean).length);
      labels.forEach((label, i) => {
        expect(label > 0).toBe(mask[i] === 1);
        if (label > 0 && i % 12 < 11 && mask[i + 1]) expect(labels[i + 1]).toBe(label);
        if (label > 0 && mask[i + 12]) expect(labels[i + 12]).toBe(label);
      });
    }),
  );
});
