import { beforeAll, describe, expect, it } from 'vitest';
import { colourEncoder, patchColours } from '../../encode/__fixtures__/colour-encoder.js';
import { crop, filled, paste, type Raster } from '../../image/raster.js';
import { scene, sheet, type FigureName } from '../__fixtures__/characters.js';
import { inputOf } from '../__fixtures__/pictures.js';
import type { CastEvidence } from '../cast.js';
import type { PlaceEvidence } from '../evidence.js';
import frozen from '../weights.json' with { type: 'json' };
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
const measure = async (image: Raster, name: FigureName, makesSheet = false, encoder = colourEncoder) => {
  const score = await consistencyMetric.measure(inputOf(image, { sheets: [reference(name)], makesSheet, encoder }));
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

  it('explains the value by its channels, each on the scale of floor and ceiling', async () => {
    const { value, evidence } = await measure(await scene('red'), 'red');
    const { raw, floor, ceiling, channels, view } = evidence as Record<string, Record<string, number>>;
    const weights: Record<string, number> = frozen.pooled;
    let [sum, total] = [0, 0];
    for (const [name, calibrated] of Object.entries(channels ?? {})) {
      const [low, high, at] = [floor?.[name] ?? NaN, ceiling?.[name] ?? NaN, raw?.[name] ?? NaN];
      expect(high).toBeGreaterThan(low);
      expect((at - low) / (high - low)).toBeCloseTo(calibrated, 2);
      sum += (weights[name] ?? 0) * calibrated;
      total += weights[name] ?? 0;
    }
    expect(sum / total).toBeCloseTo(value, 3);
    expect(view).toBe('front');
  });

  it('names the part of the sheet that is worst, and where it stands there', async () => {
    const { evidence } = await measure(await scene('red'), 'red', false, patchColours);
    const { worst, map, parts, channels } = evidence as unknown as PlaceEvidence;
    expect(Object.keys(channels)).toEqual(['window', 'parts', 'weakest', 'palette', 'patches', 'missing']);
    expect(parts?.map(({ name }) => name)).toEqual(['upper', 'middle', 'lower']);
    expect(map).toMatch(/^[0-9.]{64}$/);
    const gone = (await measure(await scene('headless'), 'red', false, patchColours)).evidence as typeof evidence;
    const [, y = NaN, , height = NaN] = (gone as unknown as PlaceEvidence).worst?.sheet ?? [];
    // The red figure's head reaches from y 82 to 166 of the sheet.
    expect(y + height / 2).toBeLessThan(180);
    expect((gone as unknown as PlaceEvidence).worst?.short).toBeGreaterThan(worst?.short ?? NaN);
  });

  it('gives a second copy of the character a line of its own', async () => {
    const twice = await scene('red', { x: 20, y: 130, size: 220 }, 'red');
    expect((await measure(twice, 'red')).evidence['extra']).toHaveLength(1);
    expect((await measure(await scene('red'), 'red')).evidence).not.toHaveProperty('extra');
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
  it('goes character by character where two stand on one sheet', async () => {
    const half = (name: FigureName, x: number) => crop(sheets[name], { x, y: 0, width: 344, height: 384 });
    const pair = (left: FigureName, right: FigureName) => {
      const both = filled(688, 384, [255, 255, 255, 255]);
      paste(both, half(left, 0), 0, 0);
      paste(both, half(right, 0), 344, 0);
      return both;
    };
    const on = (character: FigureName, left: number) => ({
      image: pair('red', 'blue'),
      sha256: 'pair',
      character,
      views: [{ name: 'front', box: [left, 0, 0.5, 1] as const }],
    });
    const changes = { sheets: [on('red', 0), on('blue', 0.5)], makesSheet: true, encoder: colourEncoder };
    const swapped = await consistencyMetric.measure(inputOf(pair('red', 'red'), changes));
    const [red, blue] = swapped.evidence?.['characters'] as { character: string; value: number }[];
    expect([red?.character, blue?.character]).toEqual(['red', 'blue']);
    expect(red?.value).toBeGreaterThanOrEqual(1);
    expect(blue?.value).toBeLessThan(0.6);
    expect(swapped.value).toBeCloseTo(((red?.value ?? NaN) + (blue?.value ?? NaN)) / 2, 12);
    const views = swapped.evidence?.['views'] as { character: string; view: string; box: number[] }[];
    expect(views.map(({ character, view, box: [x = NaN] }) => [character, view, x > 344])).toEqual([
      ['red', 'front', false],
      ['blue', 'front', true],
    ]);
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
  it('when the sheet of one of several is empty, and says whose', async () => {
    const none = { image: blank, sha256: 'blank', views: [{ name: 'front', box: null }], character: 'none' };
    const input = inputOf(await scene('red'), { sheets: [reference('red'), none], encoder: colourEncoder });
    expect((await consistencyMetric.measure(input)).reason).toBe(
      "of the character 'none': no view was found on the sheet: it shows no figure on a plain background",
    );
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
    expect(reason).toBe('the encoder cannot tell this character from others: its own pictures look no more like it');
  });
});

it('clip-cosine is the cosine of the pictures as wholes', async () => {
  const input = inputOf(sheets.red, { sheets: [reference('red')], encoder: colourEncoder });
  expect((await clipCosineMetric.measure(input)).value).toBeCloseTo(1, 6);
  expect((await clipCosineMetric.measure({ ...input, image: filled(50, 50, [0, 0, 0, 255]) })).value).toBeLessThan(0.2);
});

describe('of several characters', () => {
  const together = async (shown: Raster) =>
    consistencyMetric.measure(
      inputOf(shown, { sheets: [reference('red'), reference('blue')], encoder: colourEncoder }),
    );
  it('gives each its own place, and the mean over them', async () => {
    const { value, evidence } = await together(await scene('red', { x: 60, y: 130, size: 220 }, 'blue'));
    const { characters, missing, extra } = evidence as CastEvidence;
    expect(characters.map(({ character }) => character)).toEqual(['red', 'blue']);
    expect(missing).toEqual([]);
    expect(extra).toEqual([]);
    expect(value).toBeCloseTo(((characters[0]?.value ?? NaN) + (characters[1]?.value ?? NaN)) / 2, 12);
    const [red = NaN, blue = NaN] = characters.map(({ box }) => (box?.[0] ?? NaN) + (box?.[2] ?? NaN) / 2);
    expect(red).toBeLessThan(blue);
  });
  it('names who is missing', async () => {
    expect((await together(await scene('red'))).evidence).toMatchObject({ missing: ['blue'] });
  });
  it('names the one whose sheet cannot be read', async () => {
    const blank = { ...reference('blue'), image: filled(688, 384, [255, 255, 255, 255]), sha256: 'white' };
    const input = inputOf(await scene('red'), { sheets: [reference('red'), blank], encoder: colourEncoder });
    expect((await consistencyMetric.measure(input)).reason).toMatch(/^of the character 'blue': no view/);
  });
});
