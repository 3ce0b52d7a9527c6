import { describe, expect, it } from 'vitest';
import { crop, filled, flatten, padSquare, paste, type Raster } from './raster.js';

/** Red holds the column, green the row. */
const grid = (width: number, height: number): Raster => {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i += 1) data.set([i % width, Math.floor(i / width), 0, 255], i * 4);
  return { width, height, data };
};
const pixel = ({ width, data }: Raster, x: number, y: number) => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];

it('crops what the box says', () => {
  const part = crop(grid(10, 8), { x: 3, y: 2, width: 4, height: 5 });
  expect(part).toMatchObject({ width: 4, height: 5 });
  expect(pixel(part, 0, 0)).toEqual([3, 2, 0, 255]);
  expect(pixel(part, 3, 4)).toEqual([6, 6, 0, 255]);
});

it.each([
  { x: -1, y: 0, width: 2, height: 2 },
  { x: 0, y: 7, width: 2, height: 2 },
  { x: 0, y: 0, width: 0, height: 2 },
])('refuses to crop %j from 10 x 8', (box) => expect(() => crop(grid(10, 8), box)).toThrow('leaves the 10x8 raster'));

it.each([
  [2, 1],
  [-2, -1],
  [8, 6],
  [-9, 0],
  [20, 20],
])('pastes at (%i, %i), leaving out what falls outside', (x, y) => {
  const target = filled(10, 8, [9, 9, 9, 9]);
  paste(target, grid(4, 3), x, y);
  for (let row = 0; row < 8; row += 1) {
    for (let column = 0; column < 10; column += 1) {
      const inside = column >= x && column < x + 4 && row >= y && row < y + 3;
      expect(pixel(target, column, row)).toEqual(inside ? [column - x, row - y, 0, 255] : [9, 9, 9, 9]);
    }
  }
});

it('pads to a square around the middle', () => {
  const square = padSquare(grid(4, 2));
  expect(square).toMatchObject({ width: 4, height: 4 });
  expect(pixel(square, 0, 0)).toEqual([255, 255, 255, 255]);
  expect(pixel(square, 3, 1)).toEqual([3, 0, 0, 255]);
  const already = grid(3, 3);
  expect(padSquare(already)).toBe(already);
});

describe('flatten', () => {
  it('lays transparent pixels over white', () => {
    expect(pixel(flatten(filled(1, 1, [100, 0, 50, 0])), 0, 0)).toEqual([255, 255, 255, 255]);
    expect(pixel(flatten(filled(1, 1, [100, 0, 50, 51])), 0, 0)).toEqual([224, 204, 214, 255]);
  });
  it('keeps an opaque raster', () => {
    const opaque = grid(3, 2);
    expect(flatten(opaque)).toBe(opaque);
  });
});
