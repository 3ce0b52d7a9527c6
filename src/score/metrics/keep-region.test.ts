import { describe, expect, it } from 'vitest';
import { decode, encodeLossy, resize } from '../../image/codec.js';
import { marked } from '../../image/marks.js';
import { crop, filled, paste, type Raster } from '../../image/raster.js';
import { changed, inputOf, picture } from '../__fixtures__/pictures.js';
import { keptDifference } from '../kept-difference.js';
import type { KeptPicture } from '../metric.js';
import { keepRegionMetric, keptChangeMetric } from './keep-region.js';

const photo = await picture('photo.jpg');

const masked = (image: Raster, x: number, y: number, width: number, height: number): KeptPicture => {
  const values = new Float32Array(image.width * image.height);
  for (let row = y; row < y + height; row += 1) values.fill(1, row * image.width + x, row * image.width + x + width);
  const copy = marked(image, { width: image.width, height: image.height, values });
  return { image, sha256: '1'.repeat(64), marked: { image: copy, sha256: '2'.repeat(64) }, outpaint: null };
};
const kept = masked(photo, 200, 150, 120, 100);

async function measured(image: Raster, of: KeptPicture = kept) {
  const input = inputOf(image, { kept: of });
  const { value, evidence, reason } = await keepRegionMetric.measure(input);
  return { value: value ?? NaN, p95: (await keptChangeMetric.measure(input)).value, reason, ...evidence } as {
    value: number;
    p95: number | null;
    reason?: string;
    lost?: string;
    deltaE: { mean: number; p95: number; unaligned: number };
    ssim: number;
    changed: number;
    kept: number;
    shift: { x: number; y: number; wider: number; higher: number };
    gain: { red: number; green: number; blue: number };
    box: number[];
  };
}

/** The photo moved by whole px; its edge goes on. */
function moved(x: number, y: number): Raster {
  const out = filled(photo.width, photo.height, [0, 0, 0, 255]);
  for (let row = 0; row < out.height; row += 1)
    for (let column = 0; column < out.width; column += 1) {
      const from = [Math.max(0, Math.min(511, column - x)), Math.max(0, Math.min(511, row - y))] as const;
      out.data.set(
        photo.data.subarray(4 * (512 * from[1] + from[0]), 4 * (512 * from[1] + from[0]) + 4),
        4 * (512 * row + column),
      );
    }
  return out;
}

function painted(image: Raster, x: number, y: number, width: number, height: number): Raster {
  const out = { ...image, data: new Uint8ClampedArray(image.data) };
  paste(out, filled(width, height, [0, 200, 90, 255]), x, y);
  return out;
}

describe('keep-region', () => {
  it('is 1 for what was not touched, and where only the region was', async () => {
    expect(await measured(painted(photo, 205, 155, 110, 90))).toMatchObject({
      value: 1,
      p95: 0,
      ssim: 1,
      shift: { x: 0, y: 0, wider: 0, higher: 0 },
      // 512 x 512 without the 120 x 100 of the mask and 11 px around it.
      kept: 0.9339,
    });
  });

  it('falls by the area that changed outside, and by how much it changed', async () => {
    const [small, large] = [
      await measured(painted(photo, 20, 20, 80, 32)),
      await measured(painted(photo, 20, 20, 80, 64)),
    ];
    const area = (512 * 512 - 142 * 122) / (80 * 64);
    expect(small.changed).toBeCloseTo(0.5 / area, 2);
    expect(large.changed).toBeCloseTo(1 / area, 2);
    // The mean over the painted part alone, from scikit-image.
    expect(large.deltaE.mean * area).toBeCloseTo(44.54, 1);
    expect(large.value).toBeCloseTo(Math.exp(-44.54 / area / 5), 3);
    expect(small.value).toBeGreaterThan(large.value);
  });

  it('aligns what came some px to the right and higher', async () => {
    const [x, y] = [5, -3];
    const { value, shift, deltaE, gain } = await measured(moved(x, y));
    expect({ value, shift, gain }).toEqual({
      value: 1,
      shift: { x, y, wider: 0, higher: 0 },
      gain: { red: 1, green: 1, blue: 1 },
    });
    expect(deltaE.unaligned).toBeGreaterThan(5);
  });

  it('aligns what was cut by a pixel on all sides and stretched', async () => {
    const cut = await measured(await resize(crop(photo, { x: 1, y: 1, width: 510, height: 510 }), 512, 512));
    expect(cut.shift.wider).toBeCloseTo(2 / 510, 3);
    expect(cut.shift.higher).toBeCloseTo(2 / 510, 3);
    expect(cut.deltaE.mean).toBeLessThan(0.6);
    expect(cut.deltaE.unaligned).toBeGreaterThan(2);
  });

  it('corrects a gain of 1.1, and no doubling', async () => {
    const { value, gain } = await measured(changed(photo, (level) => level * 1.1));
    expect(gain).toEqual({ red: 0.9091, green: 0.9091, blue: 0.9091 });
    // What was cut off at white is lost.
    expect(value).toBeGreaterThan(0.96);
    expect((await measured(changed(photo, (level) => level * 2))).value).toBeLessThan(0.1);
  });

  it('stays high through JPEG at quality 80, within the usual limit', async () => {
    const { raster = photo } = await decode(await encodeLossy(photo, 'image/jpeg', 80));
    const { value, p95, ssim } = await measured(raster);
    expect(value).toBeGreaterThan(0.75);
    expect(ssim).toBeGreaterThan(0.97);
    expect(p95).toBeLessThan(5);
  });

  it('compares another size, and no other shape', async () => {
    expect((await measured(await resize(photo, 1024, 1016))).value).toBeGreaterThan(0.85);
    expect(await measured(filled(1376, 768, [0, 0, 0, 255]))).toEqual({
      value: NaN,
      p95: null,
      reason: 'the shapes differ: 1376x768, the picture it edits 512x512',
    });
  });

  it('has nothing to say of a case that keeps nothing, or of a mask that leaves nothing', async () => {
    expect(await keepRegionMetric.measure(inputOf(photo))).toEqual({
      value: null,
      reason: 'the case keeps nothing of an input picture',
    });
    expect((await measured(photo, masked(photo, 0, 0, 512, 505))).reason).toBe(
      'next to nothing is left outside the mask',
    );
  });
});

describe('an extended picture', () => {
  const of = (outpaint: KeptPicture['outpaint']): KeptPicture => ({ ...kept, marked: null, outpaint });
  /** The photo at (x, y) of a picture of that size, in front of stripes. */
  const wider = (width: number, height: number, x: number, y: number) => {
    const out = changed(filled(width, height, [90, 120, 150, 255]), (level, at) => level + 30 * Math.sin(at / 90));
    paste(out, photo, x, y);
    return out;
  };

  it.each([
    ['right', 1120, 512, 0, 0],
    ['down', 512, 900, 0, 0],
    ['all', 900, 760, 200, 130],
  ] as const)('to the %s is found again', async (side, width, height, x, y) => {
    const { value, box } = await measured(wider(width, height, x, y), of(side));
    [x, y, 512, 512].forEach((edge, i) => expect(Math.abs((box[i] ?? NaN) - edge)).toBeLessThan(2));
    expect(value).toBeGreaterThan(0.9);
  });

  it.each([
    ['at another side', 'right', wider(1120, 512, 608, 0), 'it was extended at the left, not at the right'],
    ['not at all', 'right', photo, 'nothing was added: the picture fills the new one'],
    ['at one side for all', 'all', wider(1120, 512, 0, 0), 'it was extended mostly at the right, not on all sides'],
    ['from another picture', 'right', filled(1120, 512, [9, 9, 9, 255]), /^the picture is not found again/],
  ] as const)('%s keeps nothing', async (_, side, answer, lost) => {
    const result = await measured(answer, of(side));
    expect(result).toMatchObject({ value: 0, p95: 100 });
    expect(result.lost).toEqual(typeof lost === 'string' ? lost : expect.stringMatching(lost));
  });
});

describe('the difference of kept pixels', async () => {
  const small = await picture('small.png');
  const weights = new Float32Array(128 * 96);
  for (let row = 10; row < 60; row += 1) weights.fill(1, row * 128 + 20, row * 128 + 110);

  // NumPy 1.24 and scikit-image 0.19: rgb2lab, deltaE_ciede2000, and structural_similarity with gaussian_weights, sigma 1.5,
  // use_sample_covariance=False, data_range=255, full=True, all averaged over rows 10-59 and columns 20-109.
  it.each([
    ['noisy', { mean: 8.28617, p95: 17.34462, ssim: 0.879021, changed: 0.314889 }, [1, 1, 1]],
    ['blurred', { mean: 4.6315, p95: 14.35202, ssim: 0.798232, changed: 0.138 }, [1.004577, 1.005222, 1.005988]],
    ['brighter', { mean: 3.72079, p95: 8.5584, ssim: 0.932578, changed: 0.028889 }, [0.8, 0.8, 0.8]],
  ])('of %s.png is what scikit-image has', async (name, expected, gain) => {
    const found = keptDifference(small, await picture(`${name}.png`), weights);
    for (const key of ['mean', 'p95', 'ssim', 'changed'] as const)
      expect([key, Math.abs(found[key] - expected[key]) < 0.01]).toEqual([key, true]);
    found.gain.forEach((value, channel) => expect(value).toBeCloseTo(gain[channel] ?? NaN, 5));
  });
});
