import { describe, expect, it } from 'vitest';
import { encodeLossy, decode } from '../../image/codec.js';
import { luma, type Plane } from '../../image/plane.js';
import { filled, paste, type Raster } from '../../image/raster.js';
import { seededRandom } from '../../lib/random.js';
import { sheet } from '../__fixtures__/characters.js';
import { picture } from '../__fixtures__/pictures.js';
import reference from '../__fixtures__/reference.json' with { type: 'json' };
import { blockiness } from './blockiness.js';
import { colourfulness } from './colourfulness.js';
import { isBlank, isLetterboxed } from './defects.js';
import { detail, laplacianVariance, noiseDeviation } from './detail.js';
import { clipping, tone } from './tone.js';

describe.each(Object.entries(reference))('%s.png against NumPy and SciPy', (name, expected) => {
  const measured = async () => {
    const raster = await picture(`${name}.png`);
    return { raster, plane: luma(raster) };
  };
  it('tone', async () => {
    const { plane, raster } = await measured();
    const { brightness, contrast, entropy } = tone(plane);
    expect(brightness).toBeCloseTo(expected.brightness, 6);
    expect(contrast).toBeCloseTo(expected.contrast, 6);
    // A luma that ends in .5 may round to either side in 32 bits.
    expect(entropy).toBeCloseTo(expected.entropy, 3);
    const { white, black } = clipping(raster);
    expect(white).toBeCloseTo(expected.white, 12);
    expect(black).toBeCloseTo(expected.black, 12);
  });
  it('colourfulness', async () => {
    expect(colourfulness((await measured()).raster)).toBeCloseTo(expected.colourfulness, 8);
  });
  it('variance of the Laplacian', async () => {
    const { plane } = await measured();
    expect(laplacianVariance(plane) / expected.laplacianVariance).toBeCloseTo(1, 6);
  });
  it('blockiness', async () => {
    expect(blockiness((await measured()).plane)).toBeCloseTo(expected.blockiness, 5);
  });
  it('noise after Immerkær', async () => {
    expect(noiseDeviation((await measured()).plane)).toBeCloseTo(expected.noise, 5);
  });
});

function noise(deviation: number, size = 256): Plane {
  const random = seededRandom(3);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return {
    width: size,
    height: size,
    values: Float32Array.from({ length: size * size }, () => 128 + deviation * normal()),
  };
}

describe('noise', () => {
  it.each([2, 5, 12])('of deviation %i on a flat picture is found, and is no sharpness', (deviation) => {
    const { noise: found, sharpness } = detail(noise(deviation));
    expect(found / deviation).toBeGreaterThan(0.9);
    expect(found / deviation).toBeLessThan(1.05);
    // The sharpest tile by chance is a little above the mean; the rest must be taken off.
    expect(sharpness).toBeLessThan(0.45 * 20 * deviation ** 2);
  });
});

describe('blockiness', () => {
  it('grows as JPEG quality falls', async () => {
    const photo = await picture('photo.jpg');
    const at = async (quality: number) => {
      const { raster } = await decode(await encodeLossy(photo, 'image/jpeg', quality));
      if (!raster) throw new Error('not decoded');
      return blockiness(luma(raster));
    };
    const [fine, poor, bad] = [await at(95), await at(30), await at(10)];
    expect(fine).toBeLessThan(1.1);
    expect(poor).toBeGreaterThan(1.15);
    expect(bad).toBeGreaterThan(poor + 0.2);
  });
  it('is 1 where nothing changes', () => expect(blockiness(luma(filled(64, 64, [9, 9, 9, 255])))).toBe(1));
  it('is about 1 for noise', () => expect(blockiness(noise(10))).toBeCloseTo(1, 1));
});

describe('defects', () => {
  describe('letterbox', () => {
    type Colour = readonly [number, number, number];
    const framed = (photo: Raster, sides: readonly number[], first: Colour, last = first) => {
      const [left = 0, top = 0, right = 0, bottom = 0] = sides;
      const frame = filled(photo.width + left + right, photo.height + top + bottom, [...first, 255]);
      paste(frame, filled(frame.width - left, frame.height - top, [...last, 255]), left, top);
      paste(frame, photo, left, top);
      return frame;
    };
    it.each<[string, number[], Colour, Colour, boolean]>([
      ['none', [0, 0, 0, 0], [0, 0, 0], [0, 0, 0], false],
      ['white ones above and below', [0, 12, 0, 12], [255, 255, 255], [255, 255, 255], true],
      ['green ones left and right', [16, 0, 16, 0], [0, 200, 90], [0, 200, 90], true],
      ['one above', [0, 12, 0, 0], [255, 255, 255], [255, 255, 255], false],
      ['a flat sky above and a flat meadow below', [0, 12, 0, 12], [150, 200, 255], [60, 140, 40], false],
      ['thin ones', [0, 2, 0, 2], [255, 255, 255], [255, 255, 255], false],
    ])('%s', async (_, sides, first, last, expected) => {
      const frame = framed(await picture('small.png'), sides, first, last);
      expect(isLetterboxed(luma(frame))).toBe(expected);
    });
    it('after compression', async () => {
      const frame = framed(await picture('photo.jpg'), [0, 60, 0, 60], [255, 255, 255]);
      const { raster } = await decode(await encodeLossy(frame, 'image/jpeg', 40));
      if (!raster) throw new Error('not decoded');
      expect(isLetterboxed(luma(raster))).toBe(true);
    });
    it('is neither the paper of a sheet nor a plain picture', async () => {
      expect(isLetterboxed(luma(await sheet('red')))).toBe(false);
      expect(isLetterboxed(luma(await sheet('blue')))).toBe(false);
      expect(isLetterboxed(luma(filled(64, 64, [0, 0, 0, 255])))).toBe(false);
    });
  });

  describe('blank', () => {
    const blank = (raster: Raster) => isBlank(raster, tone(luma(raster)).contrast);
    const grey = ({ width, height, values }: Plane): Raster => {
      const raster = filled(width, height, [0, 0, 0, 255]);
      values.forEach((value, i) => raster.data.fill(Math.round(value), 4 * i, 4 * i + 3));
      return raster;
    };
    /** Paper with a dark dot and a patch of 30 x 30 of another paper. */
    const paper = (dot: number, [r, g, b]: readonly [number, number, number] = [250, 248, 240]) => {
      const raster = filled(100, 100, [250, 248, 240, 255]);
      paste(raster, filled(dot, dot, [20, 20, 60, 255]), 10, 10);
      paste(raster, filled(30, 30, [r, g, b, 255]), 50, 50);
      return raster;
    };
    // The differences from the paper are scikit-image's.
    it.each<[string, Raster, boolean]>([
      ['one colour', filled(64, 64, [200, 40, 0, 255]), true],
      ['a little noise', grey(noise(2)), true],
      ['noise', grey(noise(8)), false],
      ['a dot of .81 % that stands out', paper(9), true],
      ['a dot of 1 %', paper(10), false],
      ['a dot of .81 % and a patch that differs by 2.87', paper(9, [252, 244, 233]), true],
      ['a dot of .81 % and a patch that differs by 3.38', paper(9, [252, 243, 231]), false],
    ])('%s', (_, raster, expected) => expect(blank(raster)).toBe(expected));
    it('is decided quickly for a large plain picture', () => {
      const raster = filled(910, 512, [255, 255, 255, 255]);
      const start = performance.now();
      expect(blank(raster)).toBe(true);
      expect(performance.now() - start).toBeLessThan(2000);
    });
  });
});
