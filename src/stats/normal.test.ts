import { expect, it } from 'vitest';
import { seededRandom } from '../lib/random.js';
import { normalDraws } from './normal.js';

it('has the moments and tails of the normal distribution, and no memory', () => {
  const draw = normalDraws(seededRandom(3));
  const n = 200_000;
  const sums = { one: 0, two: 0, three: 0, four: 0, beyond: 0, next: 0 };
  let before = 0;
  for (let i = 0; i < n; i += 1) {
    const z = draw();
    sums.one += z;
    sums.two += z ** 2;
    sums.three += z ** 3;
    sums.four += z ** 4;
    sums.next += z * before;
    if (z > 1.959963984540054) sums.beyond += 1;
    before = z;
  }
  // Limits of four standard errors: sd of z, z², z³, z⁴ is 1, √2, √15, √96.
  const error = 4 / Math.sqrt(n);
  expect(Math.abs(sums.one / n)).toBeLessThan(error);
  expect(Math.abs(sums.two / n - 1)).toBeLessThan(error * Math.SQRT2);
  expect(Math.abs(sums.three / n)).toBeLessThan(error * Math.sqrt(15));
  expect(Math.abs(sums.four / n - 3)).toBeLessThan(error * Math.sqrt(96));
  expect(Math.abs(sums.next / n)).toBeLessThan(error);
  expect(Math.abs(sums.beyond / n - 0.025)).toBeLessThan(error * Math.sqrt(0.025));
});
