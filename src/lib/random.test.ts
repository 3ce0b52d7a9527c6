import { expect, it } from 'vitest';
import { seededRandom } from './random.js';

// mulberry32 computed in Python with explicit 32-bit arithmetic.
it.each([
  [0, [0.26642920868471265, 0.0003297457005828619, 0.2232720274478197]],
  [1, [0.6270739405881613, 0.002735721180215478, 0.5274470399599522]],
  [4294967295, [0.8964226141106337, 0.189478256739676, 0.7156526781618595]],
])('gives the numbers of mulberry32 for seed %d', (seed, numbers) => {
  const random = seededRandom(seed);
  expect(numbers.map(() => random())).toEqual(numbers);
});

it('fills ten equal parts of [0, 1) evenly', () => {
  const random = seededRandom(7);
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 10_000; i += 1) {
    const part = Math.floor(random() * 10);
    counts[part] = (counts[part] ?? 0) + 1;
  }
  // Chi-square with 9 degrees of freedom: 27.88 is passed by chance once in a thousand.
  expect(counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(27.88);
});
