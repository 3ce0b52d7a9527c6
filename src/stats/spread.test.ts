import { expect, it } from 'vitest';
import { pooledSpread } from './spread.js';

it.each([
  ['one group is its own spread', [[1, 2, 3]], { sd: 1, sumOfSquares: 2, df: 2 }],
  [
    'means of groups do not matter',
    [
      [1, 2, 3],
      [101, 102, 103],
    ],
    { sd: 1, sumOfSquares: 4, df: 4 },
  ],
  [
    'groups weigh by their degrees of freedom',
    [
      [0, 2],
      [0, 0, 0, 0],
    ],
    { sd: Math.sqrt(2 / 4), sumOfSquares: 2, df: 4 },
  ],
  ['single samples say nothing', [[5], [], [1, 3]], { sd: Math.SQRT2, sumOfSquares: 2, df: 1 }],
  ['nothing to say', [[5], []], { sd: null, sumOfSquares: 0, df: 0 }],
])('%s', (_, groups, expected) => expect(pooledSpread(groups)).toEqual(expected));
