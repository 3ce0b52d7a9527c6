import { expect, it } from 'vitest';
import { wholeSum } from './whole-sum.js';

it.each<[(number | null)[], number | null]>([
  [[], 0],
  [[0.25, 0, 0.5], 0.75],
  [[0.25, null], null],
  [[null, 0.25], null],
])('the sum of %j is %j', (amounts, expected) => {
  expect(wholeSum(amounts)).toBe(expected);
});
