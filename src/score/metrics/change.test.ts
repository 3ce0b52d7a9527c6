import { describe, expect, it } from 'vitest';
import { resize } from '../../image/codec.js';
import { luma } from '../../image/plane.js';
import { filled, paste } from '../../image/raster.js';
import { inputOf, picture } from '../__fixtures__/pictures.js';
import reference from '../__fixtures__/reference.json' with { type: 'json' };
import { differingPixels, pixelDiffMetric } from './pixel-diff.js';
import { ssim, ssimMetric } from './ssim.js';

describe('ssim', () => {
  it.each(Object.entries(reference))('of small.png and %s.png is what scikit-image has', async (name, expected) => {
    const value = ssim(luma(await picture('small.png')), luma(await picture(`${name}.png`)));
    expect(Math.abs(value - expected.ssim)).toBeLessThan(1e-4);
    const [small, other] = [luma(await picture('small.png')), luma(await picture(`${name}.png`))];
    expect(Math.abs(ssim(small, other, small.values) - expected.weighedSsim)).toBeLessThan(1e-4);
  });
  it('is symmetric and 1 only for equal pictures', async () => {
    const [a, b] = [luma(await picture('small.png')), luma(await picture('noisy.png'))];
    expect(ssim(a, b)).toBeCloseTo(ssim(b, a), 12);
    expect(ssim(a, a)).toBe(1);
  });
  it('refuses what has no window or no partner', () => {
    const plane = (width: number, height: number) => luma(filled(width, height, [0, 0, 0, 255]));
    expect(() => ssim(plane(10, 40), plane(10, 40))).toThrow('needs 11x11 pixels, got 10x40');
    expect(() => ssim(plane(20, 40), plane(40, 20))).toThrow('ssim of 20x40 and 40x20');
  });
});

describe('differing pixels', () => {
  const paper = () => filled(60, 40, [250, 250, 250, 255]);
  it.each([
    ['a block that changed colour counts pixel by pixel', [200, 20, 20, 255], 100],
    ['a change that nobody sees counts as none', [246, 250, 250, 255], 0],
    ['full transparency over white is seen against the checks', [0, 0, 0, 0], 50],
  ] as const)('%s', (_, colour, count) => {
    const other = paper();
    paste(other, filled(10, 10, colour), 20, 10);
    const found = differingPixels(paper(), other);
    if (colour[3] === 0) expect(found).toBeGreaterThan(0);
    else expect(found).toBe(count);
  });
  it('anti-aliased edges do not count', async () => {
    // The same edge a third of a pixel further right.
    const edge = (share: number) => {
      const raster = filled(40, 40, [255, 255, 255, 255]);
      paste(raster, filled(20, 40, [0, 0, 0, 255]), 0, 0);
      const grey = Math.round(255 * (1 - share));
      paste(raster, filled(1, 40, [grey, grey, grey, 255]), 20, 0);
      return raster;
    };
    expect(differingPixels(edge(0.3), edge(0.63))).toBe(0);
  });
});

describe.each([pixelDiffMetric, ssimMetric])('$id', (metric) => {
  const best = metric.better === 'lower' ? 0 : 1;
  it('has nothing to compare with before a picture is approved', async () => {
    expect(await metric.measure(inputOf(await picture('small.png')))).toEqual({
      value: null,
      reason: 'no approved picture',
    });
  });
  it('is at its best for the approved picture itself, worse for a changed one', async () => {
    const image = await picture('small.png');
    const approved = { image: await picture('small.png'), sha256: 'b'.repeat(64) };
    expect((await metric.measure(inputOf(image, { approved }))).value).toBeCloseTo(best, 12);
    const brighter = (await metric.measure(inputOf(await picture('brighter.png'), { approved }))).value ?? NaN;
    expect(Math.abs(brighter - best)).toBeGreaterThan(0.02);
  });
  it('resizes a candidate of the same shape', async () => {
    const photo = await picture('photo.jpg');
    const approved = { image: photo, sha256: 'b'.repeat(64) };
    const { value, evidence } = await metric.measure(inputOf(await resize(photo, 700, 694), { approved }));
    expect(Math.abs((value ?? NaN) - best)).toBeLessThan(0.05);
    expect(evidence).toMatchObject({ resized: true });
  });
  it('does not compare different shapes', async () => {
    const approved = { image: filled(1376, 768, [0, 0, 0, 255]), sha256: 'b'.repeat(64) };
    const { value, reason } = await metric.measure(inputOf(filled(1024, 1024, [0, 0, 0, 255]), { approved }));
    expect(value).toBeNull();
    expect(reason).toBe('the shapes differ: 1024x1024, approved 1376x768');
  });
});
