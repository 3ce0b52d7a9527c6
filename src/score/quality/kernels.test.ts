import { describe, expect, it } from 'vitest';
import { encodeLossy, decode } from '../../image/codec.js';
import { luma, type Plane } from '../../image/plane.js';
import { filled, paste } from '../../image/raster.js';
import { seededRandom } from '../../lib/random.js';
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
  it('knows bars above and below, left and right, but not a plain picture or one bar', async () => {
    const photo = await picture('small.png');
    const barred = (left: number, top: number, right: number, bottom: number) => {
      const frame = filled(photo.width + left + right, photo.height + top + bottom, [0, 0, 0, 255]);
      paste(frame, photo, left, top);
      return isLetterboxed(luma(frame));
    };
    expect(barred(0, 0, 0, 0)).toBe(false);
    expect(barred(0, 12, 0, 12)).toBe(true);
    expect(barred(16, 0, 16, 0)).toBe(true);
    expect(barred(0, 12, 0, 0)).toBe(false);
    expect(isLetterboxed(luma(filled(64, 64, [0, 0, 0, 255])))).toBe(false);
  });
  it('knows a blank picture', () => {
    expect(isBlank(tone(luma(filled(64, 64, [200, 40, 0, 255]))).contrast)).toBe(true);
    expect(isBlank(tone(noise(2)).contrast)).toBe(true);
    expect(isBlank(tone(noise(8)).contrast)).toBe(false);
  });
});
