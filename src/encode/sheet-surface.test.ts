import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom } from '../lib/random.js';
import { distanceFrom, fitSurface, type Spot } from './sheet-surface.js';

const places = Array.from({ length: 400 }, (_, i) => ({
  x: ((i % 20) + 0.5) / 10 - 1,
  y: (Math.floor(i / 20) + 0.5) / 10 - 1,
}));
const factor = fc.double({ min: -0.3, max: 0.3, noNaN: true });
const factors = fc.tuple(factor, factor, factor, factor, factor, factor);

function spotsOf(surface: readonly (readonly number[])[]): Spot[] {
  return places.map(({ x, y }) => {
    const [l = 0, a = 0, b = 0] = surface.map(
      ([k = 0, kx = 0, ky = 0, kxx = 0, kxy = 0, kyy = 0]) =>
        k + kx * x + ky * y + kxx * x * x + kxy * x * y + kyy * y * y,
    );
    return { x, y, colour: [l, a, b] };
  });
}

it('goes through any quadratic', () => {
  fc.assert(
    fc.property(fc.tuple(factors, factors, factors), (surface) => {
      const spots = spotsOf(surface);
      const found = fitSurface(spots);
      for (const { x, y, colour } of spots) expect(distanceFrom(found, x, y, colour)).toBeLessThan(0.002);
    }),
    { numRuns: 30 },
  );
});

it('is not drawn off by a third that lies elsewhere', () => {
  const random = seededRandom(5);
  const spots = spotsOf([[0.9, 0.05, -0.03, 0.02, 0, -0.04], [0.01], [0.02, 0.01]]);
  const mixed = spots.map((spot, i): Spot => (i % 3 === 0 ? { ...spot, colour: [random() * 0.6, 0.1, -0.1] } : spot));
  const found = fitSurface(mixed);
  for (const { x, y, colour } of spots) expect(distanceFrom(found, x, y, colour)).toBeLessThan(0.01);
});

it.each([1, 2, 5])('has a solution for %i places in a row', (count) => {
  const found = fitSurface(spotsOf([[0.5], [0], [0]]).slice(0, count));
  expect(distanceFrom(found, -0.95, -0.95, [0.5, 0, 0])).toBeLessThan(0.001);
});

it('measures the distance over all three channels', () => {
  expect(distanceFrom([[0.5, 0.1], [0], [0, 0, 0, 0, 0, 0.2]], 1, -1, [0.6, 0.3, 0.6])).toBeCloseTo(0.5, 12);
});
