import { expect, it } from 'vitest';
import { spread } from '../../spread.js';
import { axisOf, intervalBar } from './chart.js';

it.each([
  [[0.52, 0.91], { low: 0.5, high: 1 }],
  [[-0.6, 2.4], { low: -1, high: 3 }],
  [[0.8], { low: 0.8, high: 0.9 }],
  [[], { low: 0, high: 1 }],
])('an axis for %j', (values, { low, high }) => {
  const axis = axisOf([spread(values), null]);
  expect(axis.low).toBeCloseTo(low, 5);
  expect(axis.high).toBeCloseTo(high, 5);
});

it('places values on the axis and cuts an interval at its ends, with an arrow', () => {
  const values = spread([0.2, 0.8]);
  if (!values) throw new Error('there are values');
  const bar = intervalBar({ low: 0, high: 1 }, 'consistency', values, 0.9);
  expect(bar).toMatchObject({ mean: 100, from: 6, to: 194, dots: 'M44 10h0M156 10h0', approved: 175 });
  expect(bar.beyond).toHaveLength(2);
  expect(bar.label).toBe(
    'consistency: mean 0.50, 95 % interval [−3.31, 4.31], n 2, approved mean 0.90, axis from 0.00 to 1.00',
  );
});
