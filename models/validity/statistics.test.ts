import { describe, expect, it } from 'vitest';
import { auc, crossProducts, dPrime, ranks, solve, spearman, withinR2 } from './statistics.js';

const itself = (value: number) => value;

describe('auc', () => {
  it.each([
    [[3, 5], [1, 4], 0.75],
    [[2], [2], 0.5],
    [[1, 2, 2, 3], [0, 2], 0.75], // won 1, 1.5, 1.5, 2 of 2 pairs each
    [[0], [1, 2, 3], 0],
    [[], [1], null],
  ])('of %j over %j is %s', (high, low, expected) => {
    expect(auc(high, low, itself)).toBe(expected);
  });
  it('looks at the pairs that count only', () => {
    // Without 4 over 2: of 1 < 2, 1 < 3 and 4 > 3 one is won.
    expect(auc([1, 4], [2, 3], itself, (a, b) => a + b !== 6)).toBeCloseTo(1 / 3, 12);
    expect(auc([1], [2], itself, () => false)).toBeNull();
  });
});

describe('ranks and their correlation', () => {
  it('shares ranks among equals', () => {
    expect(ranks([10, 20, 20, 5])).toEqual([2, 3.5, 3.5, 1]);
  });
  it.each([
    // From scipy.stats.spearmanr's own documentation.
    [[1, 2, 3, 4, 5], [5, 6, 7, 8, 7], 0.8207826816681233],
    // 1 - 6 * (1 + 1) / (4 * 15)
    [[0, 1, 2, 3], [0, 2, 1, 3], 0.8],
    [[0, 1, 2, 3], [9, 8, 7, 1], -1],
    [[0, 1, 2], [4, 4, 4], null],
    [[1], [1], null],
  ])('of %j and %j is %s', (a, b, expected) => {
    const value = spearman(a, b);
    if (expected === null) expect(value).toBeNull();
    else expect(value).toBeCloseTo(expected, 12);
  });
  it('wants lists of one length', () => {
    expect(() => spearman([1, 2], [1])).toThrow('2 numbers cannot be ranked beside 1');
  });
});

it("d' is a distance in standard deviations", () => {
  expect(dPrime([1, 3], [-1, 1])).toBeCloseTo(Math.SQRT2, 12); // means 2 apart, both variances 2
  expect(dPrime([0, 2], [0, 6])).toBeCloseTo(-2 / Math.sqrt(10), 12); // variances 2 and 18
  expect(dPrime([1], [0, 1])).toBeNull();
  expect(dPrime([1, 1], [0, 0])).toBeNull();
});

describe('explained variance inside groups', () => {
  // Anscombe, "Graphs in statistical analysis", 1973, first set: R² .667 there.
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
  const rows = x.map((value) => [value]);

  it('is that of linear regression', () => {
    expect(withinR2([crossProducts(rows, y)])).toBeCloseTo(0.66654, 5);
  });
  it('does not see what differs between groups', () => {
    const far = y.map((value) => value + 1000);
    expect(withinR2([crossProducts(rows, y), crossProducts(rows, far)])).toBeCloseTo(0.66654, 5);
  });
  it('gains nothing from a predictor that is known or never varies', () => {
    const more = x.map((value) => [value, 3 - 2 * value, 7]);
    expect(withinR2([crossProducts(more, y)])).toBeCloseTo(0.66654, 5);
  });
  it('is the sum of both for predictors that have nothing in common', () => {
    const square = [-1, -1, 1, 1].map((a, i) => [a, i % 2 === 0 ? -1 : 1]);
    // y = 3a + b + 2ab: the squares are 9, 1 and 4 of 14.
    const answers = square.map(([a = 0, b = 0]) => 3 * a + b + 2 * a * b);
    expect(withinR2([crossProducts(square, answers)])).toBeCloseTo(10 / 14, 12);
  });
  it('is unknown without variance', () => {
    expect(withinR2([])).toBeNull();
    expect(withinR2([crossProducts([[1], [2]], [5, 5])])).toBeNull();
  });
});

it('solves a system of equations', () => {
  const matrix = [
    [4, 1],
    [1, 3],
  ];
  const [a = NaN, b = NaN] = solve(matrix, [1, 2]);
  expect(a).toBeCloseTo(1 / 11, 12);
  expect(b).toBeCloseTo(7 / 11, 12);
});
