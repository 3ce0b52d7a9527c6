import { expect, it } from 'vitest';
import { seededRandom } from '../lib/random.js';
import { chiSquareDraws, normalDraws } from './normal.js';

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

// SciPy 1.10: chi2.ppf at .05, .5 and .95.
it.each([
  [1, 0.003932140000019522, 0.454936423119572, 3.841458820694124],
  [3, 0.35184631774927144, 2.3659738843753377, 7.814727903251179],
  [63, 45.741376841650336, 62.33460207230615, 82.5287265414718],
])('chi-square with %i degrees of freedom has its quantiles', (df, ...quantiles) => {
  const random = seededRandom(4);
  const draw = chiSquareDraws(df, random, normalDraws(random));
  const n = 50_000;
  const below = quantiles.map(() => 0);
  for (let i = 0; i < n; i += 1) {
    const value = draw();
    quantiles.forEach((quantile, q) => {
      if (value < quantile) below[q] = (below[q] ?? 0) + 1;
    });
  }
  // Four standard errors of a share.
  [0.05, 0.5, 0.95].forEach((share, q) =>
    expect(Math.abs((below[q] ?? 0) / n - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / n)),
  );
});

it('no degrees of freedom give 0, half a one nothing', () => {
  const normal = normalDraws(seededRandom(1));
  expect(chiSquareDraws(0, seededRandom(1), normal)()).toBe(0);
  expect(() => chiSquareDraws(0.5, seededRandom(1), normal)).toThrow('must be 0, 1, 2, ..., got 0.5');
});
