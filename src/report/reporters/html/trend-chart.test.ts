import { expect, it } from 'vitest';
import { spread } from '../../spread.js';
import type { Trend } from '../../trends.js';
import { trendChart, type ChartRun } from './trend-chart.js';

const run = (word: string, incomparable = false): ChartRun => ({
  mark: word.charAt(0),
  word,
  date: word,
  incomparable,
});
const axis = { low: 0, high: 1, step: 0.5 };
const level = (value: number) => spread([value, value, value]);
const trend: Trend = {
  main: [level(0.5), null, spread([0.4, 0.6]), level(1)],
  others: [[null, null, level(0), level(0.5)]],
  approved: [level(0.5), null, level(0.5), level(1)],
  changes: [
    [],
    [],
    [
      { kind: 'prompt', words: '' },
      { kind: 'baseline', words: '' },
    ],
    [],
  ],
  moved: null,
};

it('places runs at equal distances, breaks at a gap, and steps where another set was approved', () => {
  // Four runs lie at 45, 144.3, 243.7 and 343; 0 at 164, 1 at 22.
  const chart = trendChart(trend, [run('Pass'), run('Pass', true), run('Pass'), run('Regression')], axis);
  expect(chart.up).toEqual([
    { at: 164, label: '0.00' },
    { at: 93, label: '0.50' },
    { at: 22, label: '1.00' },
  ]);
  expect(chart.main.path).toBe('M45 93M243.7 93L343 22');
  expect(chart.main.marks).toBe(
    'M41.5 93a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0ZM240.2 93a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0ZM339.5 22a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0Z',
  );
  expect(chart.others).toEqual([{ path: 'M243.7 164L343 93', marks: 'M241.2 161.5h5v5h-5ZM340.5 90.5h5v5h-5Z' }]);
  // An interval from two samples is not drawn, and a lone one has some width.
  expect(chart.band).toBe('M42 93L48 93L48 93L42 93ZM340 22L346 22L346 22L340 22Z');
  expect(chart.approved).toBe('M36 93H94.7M194 93H293.3L293.3 22H352');
  expect(chart.gaps).toEqual([{ x: 94.6, width: 99.3 }]);
  expect(chart.changes).toEqual([{ at: 243.7, letters: 'PB' }]);
  expect(chart.columns).toHaveLength(4);
  expect(chart.dates).toEqual({ first: 'Pass', last: 'Regression' });
});

it('gives neighbours with the same verdict one word, the last run always, others where they have room', () => {
  const words = (...verdicts: string[]) => {
    const scores = verdicts.map(() => null);
    const chart = trendChart(
      { main: scores, others: [], approved: scores, changes: [], moved: null },
      verdicts.map((word) => run(word)),
      axis,
    );
    expect(chart.verdicts.map(({ mark }) => mark)).toEqual(verdicts.map((word) => word.charAt(0)));
    return chart.words;
  };
  expect(words('Pass', 'Pass', 'Regression')).toEqual([
    { at: 119.5, word: 'Pass' },
    { at: 320.5, word: 'Regression' },
  ]);
  const many = words(...Array.from({ length: 40 }, () => 'Pass'), 'Inconclusive');
  expect(many.map(({ word }) => word)).toEqual(['Pass', 'Inconclusive']);
  expect(
    words(...Array.from({ length: 20 }, (_, i) => (i % 2 ? 'Pass' : 'Regression'))).map(({ word }) => word),
  ).toEqual(['Pass']);
  expect(words('Pass')).toEqual([{ at: 194, word: 'Pass' }]);
});
