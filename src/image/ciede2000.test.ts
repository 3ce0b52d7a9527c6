import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import colours from './__fixtures__/colours.json' with { type: 'json' };
import { cielab, ciede2000, type Lab } from './ciede2000.js';

/** The 34 pairs of Sharma, Wu, Dalal, "The CIEDE2000 color-difference formula", 2005, table 1. */
const pairs: [...Lab, ...Lab, number][] = [
  [50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425],
  [50, 3.1571, -77.2803, 50, 0, -82.7485, 2.8615],
  [50, 2.8361, -74.02, 50, 0, -82.7485, 3.4412],
  [50, -1.3802, -84.2814, 50, 0, -82.7485, 1],
  [50, -1.1848, -84.8006, 50, 0, -82.7485, 1],
  [50, -0.9009, -85.5211, 50, 0, -82.7485, 1],
  [50, 0, 0, 50, -1, 2, 2.3669],
  [50, -1, 2, 50, 0, 0, 2.3669],
  [50, 2.49, -0.001, 50, -2.49, 0.0009, 7.1792],
  [50, 2.49, -0.001, 50, -2.49, 0.001, 7.1792],
  [50, 2.49, -0.001, 50, -2.49, 0.0011, 7.2195],
  [50, 2.49, -0.001, 50, -2.49, 0.0012, 7.2195],
  [50, -0.001, 2.49, 50, 0.0009, -2.49, 4.8045],
  [50, -0.001, 2.49, 50, 0.001, -2.49, 4.8045],
  [50, -0.001, 2.49, 50, 0.0011, -2.49, 4.7461],
  [50, 2.5, 0, 50, 0, -2.5, 4.3065],
  [50, 2.5, 0, 73, 25, -18, 27.1492],
  [50, 2.5, 0, 61, -5, 29, 22.8977],
  [50, 2.5, 0, 56, -27, -3, 31.903],
  [50, 2.5, 0, 58, 24, 15, 19.4535],
  [50, 2.5, 0, 50, 3.1736, 0.5854, 1],
  [50, 2.5, 0, 50, 3.2972, 0, 1],
  [50, 2.5, 0, 50, 1.8634, 0.5757, 1],
  [50, 2.5, 0, 50, 3.2592, 0.335, 1],
  [60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644],
  [63.0109, -31.0961, -5.8663, 62.8187, -29.7946, -4.0864, 1.263],
  [61.2901, 3.7196, -5.3901, 61.4292, 2.248, -4.962, 1.8731],
  [35.0831, -44.1164, 3.7933, 35.0232, -40.0716, 1.5901, 1.8645],
  [22.7233, 20.0904, -46.694, 23.0331, 14.973, -42.5619, 2.0373],
  [36.4612, 47.858, 18.3852, 36.2715, 50.5065, 21.2231, 1.4146],
  [90.8027, -2.0831, 1.441, 91.1528, -1.6435, 0.0447, 1.4441],
  [90.9257, -0.5406, -0.9208, 88.6381, -0.8985, -0.7239, 1.5381],
  [6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377],
  [2.0776, 0.0795, -1.135, 0.9033, -0.0636, -0.5514, 0.9082],
];

describe('ciede2000', () => {
  it.each(pairs)('of (%f %f %f) and (%f %f %f) is %f', (l1, a1, b1, l2, a2, b2, expected) => {
    expect(Math.abs(ciede2000([l1, a1, b1], [l2, a2, b2]) - expected)).toBeLessThan(1e-4);
    expect(Math.abs(ciede2000([l2, a2, b2], [l1, a1, b1]) - expected)).toBeLessThan(1e-4);
  });

  it('is 0 for equal colours only, the same both ways, and never more than black to white by much', () => {
    const channel = fc.nat(255);
    const colour = fc.tuple(channel, channel, channel);
    fc.assert(
      fc.property(colour, colour, (one, other) => {
        const [x, y] = [cielab(...one), cielab(...other)];
        const difference = ciede2000(x, y);
        expect(ciede2000(x, x)).toBe(0);
        expect(difference).toBeCloseTo(ciede2000(y, x), 9);
        expect(difference > 0).toBe(one.join() !== other.join());
        expect(difference).toBeLessThan(120);
      }),
    );
  });
});

describe('sRGB by scikit-image', () => {
  it.each(colours)('$rgb', ({ rgb, lab, near, toNear, toNext }) => {
    const at = colours.findIndex((colour) => colour.rgb === rgb);
    const [own, close] = [rgb, near].map(([r = 0, g = 0, b = 0]) => cielab(r, g, b));
    const [r = 0, g = 0, b = 0] = colours[(at + 1) % colours.length]?.rgb ?? [];
    if (!own || !close) throw new Error('two colours');
    // scikit-image rounds the matrix to six digits.
    own.forEach((value, i) => expect(Math.abs(value - (lab[i] ?? NaN))).toBeLessThan(0.005));
    expect(Math.abs(ciede2000(own, close) - toNear)).toBeLessThan(0.005);
    expect(Math.abs(ciede2000(own, cielab(r, g, b)) - toNext)).toBeLessThan(0.005);
  });

  it.each([0, 9, 10, 11, 119, 255])('grey %i has no hue', (code) => {
    const [, a, b] = cielab(code, code, code);
    expect(Math.abs(a) + Math.abs(b)).toBeLessThan(1e-4);
  });
});
