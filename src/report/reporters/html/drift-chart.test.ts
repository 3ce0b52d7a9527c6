import { expect, it } from 'vitest';
import { driftRecord } from '../../__fixtures__/drift-record.js';
import { drifts, type Drift } from '../../drift/drift.js';
import { spread } from '../../spread.js';
import { driftAxis, driftChart } from './drift-chart.js';

const [drift] = drifts(driftRecord());
if (!drift) throw new Error('there is a drift');
const [first] = drift.variants;
if (!first) throw new Error('there are variants');

const scored = (...values: (number | null)[]): Drift => ({
  ...drift,
  hops: drift.hops.map((hop) => ({ ...hop, approved: null })),
  variants: [{ ...first, chains: [{ sample: 1, values }] }],
});

it.each([
  [[0.52, 0.91, null], { low: 0.5, high: 1, step: 0.1 }],
  [[-0.08, 0.93, 0.2], { low: -0.2, high: 1, step: 0.2 }],
  [[0.8, 0.8, 0.8], { low: 0.8, high: 1, step: 0.05 }],
  [[0.61, 0.64, 0.79], { low: 0.6, high: 0.8, step: 0.05 }],
  [[-3, 8, 2], { low: -4, high: 8, step: 2 }],
  [[null, null, null], { low: 0, high: 1, step: 0.2 }],
])('an axis for %j', (values, expected) => {
  const axis = driftAxis(scored(...values));
  expect(axis.low).toBeCloseTo(expected.low, 10);
  expect(axis.high).toBeCloseTo(expected.high, 10);
  expect(axis.step).toBeCloseTo(expected.step, 10);
});

it('places hops, means, band, chains and approved means', () => {
  const chart = driftChart(drift, first, { low: 0, high: 1, step: 0.5 });
  expect(chart.across).toEqual([
    { at: 46, label: '1' },
    { at: 192, label: '2' },
    { at: 338, label: '3' },
  ]);
  // 0 lies at 170, 1 at 8.
  expect(chart.up).toEqual([
    { at: 170, label: '0.00' },
    { at: 89, label: '0.50' },
    { at: 8, label: '1.00' },
  ]);
  expect(chart.mean.path).toBe('M46 35.5L192 79.3L338 123');
  expect(chart.chains.map(({ path }) => path)[0]).toBe('M46 32.3L192 72.8L338 113.3');
  expect(chart.approved.dots.map(({ y }) => y)).toEqual([24.2, 56.6, 89]);
  expect(chart.band).toBe('M46 27.5L192 63.2L338 98.9L338 147.2L192 95.4L46 43.6Z');
});

it('breaks lines and band where there is no value, and gives a lone interval a width, but none to two chains', () => {
  const broken = {
    ...first,
    chains: [{ sample: 1, values: [0.5, null, 0.5] }],
    spreads: [spread([0.5, 0.5, 0.5]), null, spread([0.4, 0.6])],
  };
  const chart = driftChart(drift, broken, { low: 0, high: 1, step: 0.5 });
  expect(chart.chains[0]).toEqual({
    path: 'M46 89M338 89',
    dots: [
      { x: 46, y: 89 },
      { x: 338, y: 89 },
    ],
  });
  expect(chart.band).toBe('M43 89L49 89L49 89L43 89Z');
});

it('labels at most a dozen of many hops', () => {
  const hops = Array.from({ length: 50 }, (_, i) => ({ hop: i + 1, cases: [], approved: null }));
  const { across } = driftChart({ hops }, { ...first, chains: [], spreads: [] }, { low: 0, high: 1, step: 0.2 });
  expect(across.map(({ label }) => label)).toEqual(['1', '6', '11', '16', '21', '26', '31', '36', '41', '46']);
});
