import { expect, it } from 'vitest';
import { logBeta, logGamma } from './gamma.js';

// From SciPy 1.10.
it.each([
  [0.1, 2.252712651734206],
  [0.5, 0.5723649429247],
  [1, 0],
  [1.5, -0.12078223763524526],
  [3.7, 1.428072326665388],
  [20, 39.339884187199495],
  [171.3, 708.1149470389971],
  [5000, 37582.62631568535],
])('ln Γ(%f)', (x, expected) =>
  expect(Math.abs(logGamma(x) - expected)).toBeLessThan(2e-14 * Math.max(1, Math.abs(expected))),
);

it.each([
  [0.5, 0.5, 1.1447298858494],
  [0.5, 9.5, -0.5401291163595009],
  [6.5, 14.5, -12.810288559207258],
  [72.5, 9.5, -29.539919614400414],
])('ln B(%f, %f)', (a, b, expected) => expect(logBeta(a, b)).toBeCloseTo(expected, 11));
