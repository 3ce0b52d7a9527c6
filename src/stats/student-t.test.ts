import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { studentTCdf, studentTQuantile } from './student-t.js';

const relative = (value: number, expected: number) => Math.abs(value - expected) / Math.max(1e-300, Math.abs(expected));

describe('reference values', () => {
  it.each([
    [1, [0.32491969623290634, 3.0776835371752536, 12.706204736174705, 636.6192487687197, -318309.8861827435]],
    [2, [0.28867513459481287, 1.8856180831641267, 4.302652729749464, 31.59905457644362, -707.1057205259337]],
    [3, [0.2766706623326899, 1.6377443536962102, 3.1824463052837095, 12.923978636687483, -103.29946778041935]],
    [7.5, [0.2625018988042947, 1.4052118464159529, 2.3330396268649745, 5.207725655800545, -13.052169759815303]],
    [18, [0.25712304263817065, 1.330390943569909, 2.1009220402410387, 3.9216458250851596, -6.868638173932598]],
    [40, [0.2550386863458141, 1.3030770526071946, 2.0210753903062733, 3.550965760863311, -5.553969751815039]],
    [1000, [0.25341451583949876, 1.2823987214609245, 1.9623390808264085, 3.300282648423913, -4.781608620458351]],
  ])('quantiles for %f degrees of freedom', (df, expected) => {
    [0.6, 0.9, 0.975, 0.9995, 1e-6].forEach((p, i) => {
      // From mpmath with 40 digits: SciPy 1.10's own quantiles are good to nine only.
      expect(relative(studentTQuantile(p, df), expected[i] ?? NaN)).toBeLessThan(1e-11);
    });
  });
  it.each([
    [-3, 2, 0.047732983133354556],
    [0.5, 5, 0.6808505641795355],
    [2.2, 18, 0.9794457063018178],
    [-8, 30, 3.132911237850386e-9],
    [0, 4, 0.5],
  ])('P(T <= %f), as SciPy 1.10 has it, for %f degrees of freedom', (t, df, expected) => {
    expect(relative(studentTCdf(t, df), expected)).toBeLessThan(1e-12);
  });
});

it('quantile and distribution undo each other; the tails mirror', () => {
  const share = fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true });
  fc.assert(
    fc.property(share, fc.double({ min: 0.6, max: 500, noNaN: true }), (p, df) => {
      const t = studentTQuantile(p, df);
      expect(studentTCdf(t, df)).toBeCloseTo(p, 10);
      expect(studentTCdf(-t, df)).toBeCloseTo(1 - p, 10);
    }),
  );
});

it('refuses what has no answer', () => {
  expect(() => studentTCdf(1, 0)).toThrow('degrees of freedom must be positive, got 0');
  expect(() => studentTQuantile(1, 5)).toThrow('a probability between 0 and 1 is needed, got 1');
  expect(() => studentTQuantile(NaN, 5)).toThrow('got NaN');
});
