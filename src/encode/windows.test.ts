import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxOf, coarseWindows, levelSize, refinedWindows } from './windows.js';

const side = 96;
const sizes = fc.record({ width: fc.integer({ min: 96, max: 2000 }), height: fc.integer({ min: 96, max: 2000 }) });

it('makes windows of a level as wide as the encoder sees', () => {
  expect(levelSize({ width: 1376, height: 768 }, 0, side)).toEqual({ width: 172, height: 96 });
  expect(levelSize({ width: 1376, height: 768 }, 2, side)).toEqual({ width: 351, height: 196 });
  expect(boxOf({ level: 0, x: 76, y: 0 }, { width: 1376, height: 768 }, side)).toEqual({
    x: 608,
    y: 0,
    width: 768,
    height: 768,
  });
});

describe('the first windows', () => {
  it('number 24 for a 16:9 picture, the whole picture among them', () => {
    const windows = coarseWindows({ width: 1376, height: 768 }, side);
    expect(windows).toHaveLength(24);
    expect(windows[0]).toEqual({ level: 'whole', x: 0, y: 0 });
  });
  it.each([
    [1376, 768],
    [768, 1376],
  ])(
    'of %i x %i px hold five sixths of a figure of two fifths of its short side wherever it stands',
    (width, height) => {
      const picture = { width, height };
      const figure = { width: 154, height: 307 };
      const boxes = coarseWindows(picture, side)
        .map((window) => boxOf(window, picture, side))
        .filter((box) => box.width < 768 * 0.75);
      const shared = (start: number, length: number, other: number, otherLength: number) =>
        Math.max(0, Math.min(start + length, other + otherLength) - Math.max(start, other)) / length;
      const heldBy = (x: number, y: number, box: (typeof boxes)[number]) =>
        shared(x, figure.width, box.x, box.width) * shared(y, figure.height, box.y, box.height);
      let least = 1;
      for (let x = 0; x <= width - figure.width; x += 3)
        for (let y = 0; y <= height - figure.height; y += 3)
          least = Math.min(least, Math.max(...boxes.map((box) => heldBy(x, y, box))));
      expect(least).toBeGreaterThan(5 / 6);
    },
  );
});

it('every window lies inside the picture, on whole pixels of its level', () => {
  fc.assert(
    fc.property(sizes, fc.nat(), (picture, pick) => {
      const coarse = coarseWindows(picture, side);
      const chosen = coarse[pick % coarse.length];
      if (!chosen) throw new Error('no windows');
      const refined = refinedWindows(chosen, picture, side);
      const deeper = refined[pick % Math.max(1, refined.length)] ?? chosen;
      for (const window of [...coarse, ...refined, ...refinedWindows(deeper, picture, side)]) {
        const box = boxOf(window, picture, side);
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.y).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(picture.width + 1e-6);
        expect(box.y + box.height).toBeLessThanOrEqual(picture.height + 1e-6);
        expect([window.x, window.y].every(Number.isInteger)).toBe(true);
        if (window.level === 'whole') continue;
        const level = levelSize(picture, window.level, side);
        expect(window.x + side).toBeLessThanOrEqual(level.width);
        expect(window.y + side).toBeLessThanOrEqual(level.height);
      }
    }),
    { numRuns: 50 },
  );
});

it('the first windows leave no pixel out', () => {
  fc.assert(
    fc.property(sizes, (picture) => {
      for (const level of [0, 1, 2]) {
        const windows = coarseWindows(picture, side).filter((window) => window.level === level);
        const { width, height } = levelSize(picture, level, side);
        for (const [axis, length] of [
          ['x', width],
          ['y', height],
        ] as const) {
          const starts = [...new Set(windows.map((window) => window[axis]))].sort((a, b) => a - b);
          expect(starts[0]).toBe(0);
          expect(starts.at(-1)).toBe(length - side);
          starts.slice(1).forEach((start, i) => expect(start - (starts[i] ?? 0)).toBeLessThanOrEqual(0.8 * side + 1));
        }
      }
    }),
  );
});
