import { describe, expect, it } from 'vitest';
import { seededRandom } from '../lib/random.js';
import { marked, markedRegion } from './marks.js';
import { grown, regionOf } from './mask.js';
import type { Plane } from './plane.js';
import { filled, paste, type Raster } from './raster.js';

const random = seededRandom(3);
const picture: Raster = filled(60, 40, [0, 0, 0, 255]);
picture.data.forEach((_, at) => (picture.data[at] = at % 4 === 3 ? 255 : 256 * random()));

/** White on black: a block of 20 x 10 at (30, 5). */
function mask(width = 60, height = 40): Raster {
  const scale = width / 60;
  const raster = filled(width, height, [0, 0, 0, 255]);
  paste(raster, filled(20 * scale, 10 * scale, [255, 255, 255, 255]), 30 * scale, 5 * scale);
  return raster;
}

const boxOf = ({ width, values }: Plane) => {
  const at = [...values.keys()].filter((i) => values[i] === 1);
  const [xs, ys] = [at.map((i) => i % width), at.map((i) => Math.floor(i / width))];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1, at.length];
};

describe('the region of a mask', () => {
  it.each([
    ['of the same size', mask()],
    ['of twice the size', mask(120, 80)],
    [
      'of white paint on a clear layer',
      { ...mask(), data: mask().data.map((v, at, all) => (at % 4 === 3 ? (all[at - 1] ?? 0) : v)) },
    ],
  ])('%s is what is white', (_, drawn) => {
    const { region } = regionOf(drawn, picture);
    expect(region && boxOf(region)).toEqual([30, 5, 50, 15, 200]);
  });

  it.each([
    ['another shape', mask(), { width: 60, height: 60 }, 'has 60x40 px, the picture 60x60: another shape'],
    ['black', filled(60, 40, [0, 0, 0, 255]), picture, 'is all black: it marks nothing'],
    ['clear', filled(60, 40, [255, 255, 255, 0]), picture, 'is all black: it marks nothing'],
    ['white', filled(60, 40, [255, 255, 255, 255]), picture, 'is all white: it keeps nothing'],
    [
      'a grey picture',
      filled(60, 40, [120, 130, 120, 255]),
      picture,
      'is neither black nor white in 100 % of its pixels',
    ],
  ])('is not there for %s', (_, drawn, size, reason) => {
    expect(regionOf(drawn, size)).toEqual({ reason });
  });

  it('grows by a margin on all sides', () => {
    const { region } = regionOf(mask(), picture);
    expect(region && boxOf(grown(region, 4))).toEqual([26, 1, 54, 19, 28 * 18]);
    expect(region && boxOf(grown(region, 8)).slice(0, 4)).toEqual([22, 0, 58, 23]);
    expect(region && grown(region, 0).values).toEqual(region?.values);
  });
});

describe('a marked copy', () => {
  const { region } = regionOf(mask(), picture);
  if (!region) throw new Error('no region');

  it('tells its region, also on magenta', () => {
    for (const each of [picture, filled(60, 40, [255, 0, 255, 255])])
      expect(markedRegion(each, marked(each, region))).toEqual(region);
  });

  it('is half magenta inside, all magenta at the outline, and the picture outside', () => {
    const { data } = marked(filled(60, 40, [0, 200, 0, 255]), region);
    const at = (x: number, y: number) => [...data.subarray(4 * (60 * y + x), 4 * (60 * y + x) + 3)];
    expect([at(29, 9), at(30, 9), at(40, 10), at(49, 14), at(50, 9)]).toEqual([
      [0, 200, 0],
      [255, 0, 255],
      [128, 100, 128],
      [255, 0, 255],
      [0, 200, 0],
    ]);
  });

  it('of another picture, or without marks, tells none', () => {
    expect(markedRegion(filled(60, 41, [0, 0, 0, 255]), marked(picture, region))).toBeNull();
    expect(markedRegion(picture, picture)).toBeNull();
  });
});
