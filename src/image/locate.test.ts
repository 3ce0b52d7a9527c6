import { describe, expect, it } from 'vitest';
import { seededRandom } from '../lib/random.js';
import { areaSampler, type AreaSampler } from './area.js';
import { locate, type Cutout } from './locate.js';

/** A disc of random patches, 60 px across, in a plane of 80 x 70. */
const cutout: Cutout = (() => {
  const [width, height] = [80, 70];
  const random = seededRandom(5);
  const patches = Array.from({ length: 100 }, () => 255 * random());
  const mask = Float32Array.from({ length: width * height }, (_, i) =>
    Math.hypot((i % width) - 39.5, Math.floor(i / width) - 34.5) < 30 ? 1 : 0,
  );
  const luma = mask.map((set, i) => set * (patches[10 * Math.floor(i / width / 8) + Math.floor((i % width) / 8)] ?? 0));
  const box = { x: 10, y: 5, width: 60, height: 60 };
  return {
    luma: areaSampler({ width, height, values: luma }),
    mask: areaSampler({ width, height, values: mask }),
    box,
  };
})();

/** The disc of `side` px at (x, y) of a picture, in front of slow waves, with a gain and an offset. */
function pictureWith(x: number, y: number, side: number): AreaSampler {
  const [width, height] = [160, 120];
  const at = { x: cutout.box.x - (x * 60) / side, y: cutout.box.y - (y * 60) / side };
  const box = { ...at, width: (width * 60) / side, height: (height * 60) / side };
  const figure = cutout.luma.sample(box, width, height).values;
  const mask = cutout.mask.sample(box, width, height).values;
  const values = figure.map(
    (value, i) => 0.6 * value + 30 * (mask[i] ?? 0) + (1 - (mask[i] ?? 0)) * (120 + 60 * Math.sin((i % width) / 9)),
  );
  return areaSampler({ width, height, values });
}

describe('locate', () => {
  it.each([
    [20, 10, 60],
    [70, 40, 75],
    [5, 30, 88],
    [50, 8, 108],
  ])('finds it at %i, %i, %i px wide, whatever the light', (x, y, side) => {
    const { box, correlation } = locate([cutout], pictureWith(x, y, side));
    expect(correlation).toBeGreaterThan(0.95);
    for (const [found, expected] of [
      [box.x, x],
      [box.y, y],
      [box.width, side],
      [box.height, side],
    ] as const)
      expect(Math.abs(found - expected)).toBeLessThan(0.03 * side);
  });

  it('tells the cutout from its mirror image', () => {
    const mirrored = ({ width, height, sample }: AreaSampler): AreaSampler => {
      const { values } = sample({ x: 0, y: 0, width, height }, width, height);
      return areaSampler({ width, height, values: values.map((_, i) => values[i + width - 1 - 2 * (i % width)] ?? 0) });
    };
    const mirror: Cutout = { luma: mirrored(cutout.luma), mask: mirrored(cutout.mask), box: cutout.box };
    const picture = pictureWith(20, 10, 60);
    expect(locate([mirror, cutout], picture)).toEqual(locate([cutout], picture));
    expect(locate([cutout, mirror], mirrored(picture)).cutout).toBe(mirror);
  });

  it('finds nothing to speak of in a plain picture', () => {
    const plain = areaSampler({ width: 50, height: 40, values: new Float32Array(2000).fill(99) });
    expect(Math.abs(locate([cutout], plain).correlation)).toBeLessThan(1e-3);
  });
});
