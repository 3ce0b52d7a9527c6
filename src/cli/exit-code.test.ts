import { expect, it } from 'vitest';
import { worstExitCode } from './exit-code.js';

it.each([
  [[], 0],
  [[0, 0], 0],
  [[0, 3], 3],
  [[3, 5], 5],
  [[5, 4], 4],
  [[4, 1], 1],
  [[1, 2], 2],
  [[2, 130, 1], 130],
])('of %j the shell is told %i', (codes, expected) => {
  expect(worstExitCode(codes)).toBe(expected);
});
