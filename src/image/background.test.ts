import { expect, it } from 'vitest';
import { backgroundMask, borderColour, drawnMask, plainBackground } from './background.js';
import { oklab } from './oklab.js';
import { filled, paste } from './raster.js';

it('is OKLab', () => {
  // Ottosson's reference: white is L 1; the primaries as CSS Color 4 gives them.
  for (const [rgb, lab] of [
    [
      [255, 255, 255],
      [1, 0, 0],
    ],
    [
      [255, 0, 0],
      [0.62796, 0.22486, 0.12585],
    ],
    [
      [0, 255, 0],
      [0.86644, -0.23389, 0.1795],
    ],
    [
      [0, 0, 255],
      [0.45201, -0.03246, -0.31153],
    ],
    [
      [0, 0, 0],
      [0, 0, 0],
    ],
  ] as const) {
    const [red, green, blue] = rgb;
    oklab(red, green, blue).forEach((value, i) => expect(value).toBeCloseTo(lab[i] ?? NaN, 4));
  }
});

/** Cream paper with a red ring: what is inside the ring has the paper's colour but is not the background. */
function ring() {
  const sheet = filled(20, 20, [250, 245, 235, 255]);
  paste(sheet, filled(10, 10, [200, 30, 30, 255]), 5, 5);
  paste(sheet, filled(4, 4, [250, 245, 235, 255]), 8, 8);
  return sheet;
}

it('finds the colour of the border, whatever stands on parts of it', () => {
  const sheet = ring();
  paste(sheet, filled(6, 20, [0, 0, 0, 255]), 0, 0);
  expect(borderColour(sheet)).toEqual([250, 245, 235]);
});

it('tells what is drawn from paper and faint shadows', () => {
  const sheet = ring();
  paste(sheet, filled(2, 2, [240, 236, 227, 255]), 1, 1);
  const drawn = drawnMask(sheet, [250, 245, 235]);
  expect(drawn.reduce((sum, set) => sum + set)).toBe(100 - 16);
});

it('leaves enclosed paper to the figure', () => {
  const mask = backgroundMask(ring());
  expect(mask.reduce((sum, set) => sum + set)).toBe(400 - 100);
  expect(mask[9 * 20 + 9]).toBe(0);
});

it('says when a picture does not stand on a plain background', () => {
  expect(plainBackground(ring())).toBeDefined();
  const landscape = filled(20, 20, [90, 140, 220, 255]);
  paste(landscape, filled(20, 11, [60, 120, 50, 255]), 0, 9);
  expect(plainBackground(landscape)).toBeUndefined();
});
