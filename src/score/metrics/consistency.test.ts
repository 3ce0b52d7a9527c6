import { beforeAll, describe, expect, it } from 'vitest';
import { colourEncoder } from '../../encode/__fixtures__/colour-encoder.js';
import { filled, type Raster } from '../../image/raster.js';
import { scene, sheet, type FigureName } from '../__fixtures__/characters.js';
import { inputOf } from '../__fixtures__/pictures.js';
import { clipCosineMetric } from './clip-cosine.js';
import { consistencyMetric } from './consistency.js';

/** With an encoder that knows colours only: what is tested is the search, the scale and the evidence. */

const sheets = {} as Record<FigureName, Raster>;
beforeAll(async () => {
  for (const name of ['red', 'blue'] as const) sheets[name] = await sheet(name);
});

const reference = (name: FigureName) => ({
  image: sheets[name],
  sha256: name.padEnd(64, '0'),
  views: ['front', 'back'].map((view) => ({ name: view, box: null })),
  character: name,
});
const measure = async (image: Raster, name: FigureName, makesSheet = false) => {
  const score = await consistencyMetric.measure(
    inputOf(image, { sheets: [reference(name)], makesSheet, encoder: colourEncoder }),
  );
  if (score.value === null) throw new Error(score.reason);
  return { value: score.value, evidence: score.evidence ?? {} };
};

describe('in a scene', () => {
  it('is higher for the character than for another, whichever it is', async () => {
    for (const [own, other] of [
      ['red', 'blue'],
      ['blue', 'red'],
    ] as const) {
      expect((await measure(await scene(own), own)).value).toBeGreaterThan(
        (await measure(await scene(other), own)).value + 0.2,
      );
    }
  });

  it.each([
    { x: 380, y: 120, size: 220 },
    { x: 40, y: 150, size: 220 },
    { x: 250, y: 40, size: 330 },
  ])('shows where the character was found: %j', async (place) => {
    const { evidence } = await measure(await scene('red', place), 'red');
    const [x = NaN, y = NaN, width = NaN, height = NaN] = evidence['box'] as number[];
    expect(x + width / 2).toBeGreaterThan(place.x);
    expect(x + width / 2).toBeLessThan(place.x + place.size);
    expect(y + height / 2).toBeGreaterThan(place.y);
    expect(y + height / 2).toBeLessThan(place.y + place.size);
  });

  it('explains the value by floor and ceiling', async () => {
    const { value, evidence } = await measure(await scene('red'), 'red');
    const { raw, floor, ceiling, parts, view } = evidence as {
      raw: number;
      floor: number;
      ceiling: number;
      parts: { whole: number; parts: number };
      view: string;
    };
    expect(ceiling).toBeGreaterThan(floor);
    expect((raw - floor) / (ceiling - floor)).toBeCloseTo(value, 12);
    expect((parts.whole + parts.parts) / 2).toBeCloseTo(raw, 12);
    expect(view).toBe('front');
  });

  it('says whether the character was found at all', async () => {
    expect((await measure(await scene('red'), 'red')).evidence['characterFound']).toBe(true);
    expect((await measure(filled(688, 384, [40, 200, 90, 255]), 'red')).evidence['characterFound']).toBe(false);
  });

  it('does not depend on the size of the file', async () => {
    const { width, height, data } = await scene('red');
    const twice = filled(2 * width, 2 * height, [0, 0, 0, 255]);
    for (let i = 0; i < 4 * width * height; i += 1) {
      const [x, y] = [i % (2 * width), Math.floor(i / (2 * width))];
      const from = ((y >> 1) * width + (x >> 1)) * 4;
      twice.data.set(data.subarray(from, from + 4), i * 4);
    }
    expect(
      Math.abs((await measure(twice, 'red')).value - (await measure(await scene('red'), 'red')).value),
    ).toBeLessThan(0.03);
  });
});

describe('of a sheet with the approved sheet', () => {
  it('is about 1 for the same sheet, and lower for another character', async () => {
    const same = await measure(await sheet('red'), 'red', true);
    expect(same.value).toBeGreaterThanOrEqual(1);
    expect(same.value).toBeLessThan(1.5);
    expect((await measure(sheets.blue, 'red', true)).value).toBeLessThan(0.6);
  });
  it('goes view by view', async () => {
    const { value, evidence } = await measure(sheets.blue, 'red', true);
    const views = evidence['views'] as { view: string; value: number; box: number[] }[];
    expect(views.map(({ view }) => view)).toEqual(['front', 'back']);
    expect((views[0]?.value ?? NaN) / 2 + (views[1]?.value ?? NaN) / 2).toBeCloseTo(value, 12);
    expect(views[0]?.box[0] ?? NaN).toBeLessThan(views[1]?.box[0] ?? NaN);
  });
});

describe('has no value', () => {
  const blank = filled(688, 384, [255, 255, 255, 255]);
  it.each([
    ['without a character', { sheets: [] }, 'the case shows no character'],
    ['without an approved sheet', { sheets: [], withoutSheet: ['red'], makesSheet: true }, 'no approved sheet'],
    ['without an encoder', { encoder: null }, 'no encoder'],
    [
      'when the sheet is empty',
      { sheets: [{ image: blank, sha256: 'blank', views: [{ name: 'front', box: null }], character: 'none' }] },
      'no view was found on the sheet: it shows no figure on a plain background',
    ],
    [
      'when the new sheet is empty',
      { makesSheet: true },
      'in the sample, no view was found on the sheet: it shows no figure on a plain background',
    ],
  ])('%s', async (_, changes, reason) => {
    const input = inputOf(blank, { sheets: [reference('red')], encoder: colourEncoder, ...changes });
    expect(await consistencyMetric.measure(input)).toEqual({ value: null, reason });
  });
  it('when the encoder sees no difference', async () => {
    const blind = {
      ...colourEncoder,
      embed: (crops: readonly Raster[]) => Promise.resolve(crops.map(() => Float32Array.of(1, 0))),
    };
    const { value, reason } = await consistencyMetric.measure(
      inputOf(await scene('red'), { sheets: [reference('red')], encoder: blind }),
    );
    expect(value).toBeNull();
    expect(reason).toBe('the encoder cannot tell this character from others (itself 1.000, others 1.000)');
  });
});

it('clip-cosine is the cosine of the pictures as wholes', async () => {
  const input = inputOf(sheets.red, { sheets: [reference('red')], encoder: colourEncoder });
  expect((await clipCosineMetric.measure(input)).value).toBeCloseTo(1, 6);
  expect((await clipCosineMetric.measure({ ...input, image: filled(50, 50, [0, 0, 0, 255]) })).value).toBeLessThan(0.2);
});
