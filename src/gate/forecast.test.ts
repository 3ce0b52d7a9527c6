import { describe, expect, it } from 'vitest';
import { gateInput, nine, sampleOf } from './__fixtures__/gate-input.js';
import { forecast } from './forecast.js';

/** Eight approved samples a case with a standard deviation of just .03. */
const approved = nine.flatMap((name) =>
  Array.from({ length: 8 }, (_, k) => sampleOf(name, k + 1, 0.8 + (k % 2 === 0 ? 0.03 : -0.03) * Math.sqrt(7 / 8))),
);
const at = (margin: number, max: number) =>
  forecast(
    gateInput({
      reference: { samples: approved, grows: false },
      samples: { min: 1, max },
      metrics: gateInput().metrics.map((metric) => ({ ...metric, margin })),
    }),
  );

// The table of gate.md, 20,000 runs; here 2,000 and with the guard, which stops some gates sooner.
describe.each([
  [0.02, 6, [20.9, 24.0, 34.7], [0.075, 0.36]],
  [0.02, 10, [22.5, 26.5, 44.9], [null, 0.24]],
  [0.03, 6, [11.9, 12.8, 23.0], [null, 0.11]],
  [0.05, 6, [9.2, 9.3, 13.7], [null, 0.01]],
])('δ %f, %i rounds', (margin, max, samples, [openSame, openHalf]) => {
  it('costs what it should', () => {
    const found = at(margin, max);
    if (!found) throw new Error('no forecast');
    const means = [found.same.samples, found.regressed.samples, found.half.samples];
    means.forEach((mean, k) => expect(Math.abs(mean / (samples[k] ?? NaN) - 1)).toBeLessThan(0.06));
    if (openSame !== null) expect(Math.abs(found.same.inconclusive - (openSame ?? NaN))).toBeLessThan(0.035);
    expect(Math.abs(found.half.inconclusive - (openHalf ?? NaN))).toBeLessThan(0.035);
    expect(found.same.regression).toBeLessThan(0.04);
    expect(found.regressed.pass).toBeLessThan(0.045);
    expect(found).toMatchObject({ cap: 9 * max, worst: 9 * max + 90 });
  });
});

it('knows the price of a fixed number, of chains and of two arms', () => {
  const base = gateInput();
  expect(forecast({ ...base, rule: 'fixed' })).toMatchObject({ same: { samples: 54, extras: 0 }, worst: 54 });
  expect(forecast({ ...base, inputs: 'generated' })).toMatchObject({ same: { samples: 54, extras: 0 }, worst: 54 });
  const lent = { sumOfSquares: 60 * 0.0009, df: 60 };
  const both = forecast({
    ...base,
    metrics: base.metrics.map((metric) => ({ ...metric, lent })),
    reference: { samples: [], grows: true },
  });
  expect(both).toMatchObject({ cap: 108, worst: 108 + 180 });
  expect(both?.same.samples).toBeGreaterThan(2 * (forecast(base)?.same.samples ?? NaN));
});

it('is nothing where nothing tells the scatter, and free where nothing differs', () => {
  expect(forecast(gateInput({ reference: { samples: [], grows: true } }))).toBeNull();
  const unchanged = nine.map((name) => ({ name, unchanged: true }));
  expect(forecast(gateInput({ cases: unchanged }))).toMatchObject({ same: { samples: 0, pass: 1 }, cap: 0, worst: 0 });
});
