import fc from 'fast-check';
import { expect, it } from 'vitest';
import { filled, paste, type Raster } from '../image/raster.js';
import { figureShares, splitSheet, type ViewSpec } from './sheet.js';

const byte = fc.nat({ max: 255 });
const colour = fc.tuple(byte, byte, byte, fc.oneof({ weight: 3, arbitrary: fc.constant(255) }, byte));
const place = fc.integer({ min: -20, max: 120 });
const length = fc.integer({ min: 1, max: 130 });
const side = fc.integer({ min: 1, max: 60 });
const patch = fc.record({ x: place, y: place, width: side, height: side, colour });

/** Rectangles on paper of one colour or none at all; now and then every pixel for itself. */
const sheets: fc.Arbitrary<Raster> = fc
  .record({
    width: length,
    height: length,
    paper: fc.oneof({ weight: 2, arbitrary: fc.constant([255, 255, 255, 255] as const) }, colour),
    patches: fc.oneof(fc.array(patch, { maxLength: 3 }), fc.array(patch, { maxLength: 12 })),
    grain: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.constantFrom(4, 40, 255)),
    seed: fc.nat(),
  })
  .map(({ width, height, paper, patches, grain, seed }) => {
    const sheet = filled(width, height, paper);
    for (const { x, y, ...rest } of patches) paste(sheet, filled(rest.width, rest.height, rest.colour), x, y);
    // A linear congruential generator: fc would shrink each pixel for itself.
    let state = seed;
    sheet.data.forEach((value, i) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      if (grain > 0) sheet.data[i] = value + grain * (state / 2 ** 32 - 0.5);
    });
    return sheet;
  });

const any = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double());
const within = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const sensible = fc.tuple(within(0, 0.5), within(0, 0.5), within(0.2, 0.5), within(0.2, 0.5));
const strange = fc.tuple(any, any, any, any);
const viewsOf = (box: fc.Arbitrary<ViewSpec['box']>, maxLength: number) =>
  fc.array(fc.record({ name: fc.string(), box }), { minLength: 1, maxLength });
const specs: fc.Arbitrary<readonly ViewSpec[]> = fc.oneof(
  viewsOf(fc.constant(null), 3),
  viewsOf(sensible, 2),
  viewsOf(fc.oneof(fc.constant(null), sensible, strange), 5),
  fc.constant([]),
);

it('gives every view a place on the sheet, or a reason', async () => {
  await fc.assert(
    fc.asyncProperty(sheets, specs, async (sheet, asked) => {
      const { views, reason } = await splitSheet(sheet, asked);
      if (!views) {
        expect(reason).toMatch(/\w/);
        return;
      }
      expect(views.map(({ name }) => name)).toEqual(asked.map(({ name }) => name));
      for (const { box, cutout, image } of views) {
        const { x, y, width, height } = box;
        expect([x, y, width, height].every(Number.isInteger)).toBe(true);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
        expect(x + width).toBeLessThanOrEqual(sheet.width);
        expect(y + height).toBeLessThanOrEqual(sheet.height);
        expect(cutout.data).toHaveLength(4 * cutout.width * cutout.height);
        expect(image.width).toBe(image.height);
        expect([...figureShares(cutout, 7)].every((filledShare) => filledShare >= 0 && filledShare <= 1)).toBe(true);
      }
    }),
    { numRuns: 600 },
  );
});
