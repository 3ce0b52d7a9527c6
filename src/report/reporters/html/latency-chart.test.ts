import { expect, it } from 'vitest';
import { latencyChart } from './latency-chart.js';

it('puts all variants on one axis of seconds and piles up what falls together', () => {
  // 0 s lies at 18, 10 s at 526.
  const chart = latencyChart([[2000, 2010, 10_000], [5000], []]);
  expect(chart.ticks.map(({ at, label }) => `${label} ${at}`)).toEqual([
    '0 s 18',
    '2 s 119.6',
    '4 s 221.2',
    '6 s 322.8',
    '8 s 424.4',
    '10 s 526',
  ]);
  expect(chart.rows).toEqual([
    { dots: 'M120 38h0M120 33h0M525 38h0', p50: 120.1, p95: 485.4 },
    { dots: 'M270 38h0', p50: 272, p95: 272 },
    { dots: '', p50: null, p95: null },
  ]);
});

it('keeps a high pile inside its row', () => {
  const [row] = latencyChart([Array.from({ length: 1000 }, () => 3000)]).rows;
  const heights = [...(row?.dots ?? '').matchAll(/ ([\d.]+)h0/g)].map(([, y]) => Number(y));
  expect(heights).toHaveLength(1000);
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(5);
});
