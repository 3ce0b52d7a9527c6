import { expect, it } from 'vitest';
import { record } from '../report/__fixtures__/small-record.js';
import { exitCodeOf, worstExitCode } from './exit-code.js';

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

it.each([
  [[true], 0],
  [[null], 0],
  [[true, null], 0],
  [[null, false], 1],
])('checks that are %j end a run with %i', (results, expected) => {
  const check = { id: 'cost', limit: 'cost max 1', case: null, variant: 'pro-v2', message: 'm' };
  const checks = results.map((passed) => ({ ...check, passed, value: passed === null ? null : 0.5 }));
  expect(exitCodeOf(record({ checks }))).toBe(expected);
});
