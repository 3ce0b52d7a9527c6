import { expect, it } from 'vitest';
import { count, duration, fileSize, interval, line, meanAndSd, moment, money, score, signed } from './format.js';

it.each([
  [0, '$0.00'],
  [0.0039, '$0.0039'],
  [0.134, '$0.134'],
  [1, '$1.00'],
  [1234.5, '$1,234.50'],
  [null, 'no price'],
])('money %s is %s', (usd, text) => expect(money(usd)).toBe(text));

it.each([
  [0, '0 ms'],
  [999.4, '999 ms'],
  [999.6, '1.0 s'],
  [59_940, '59.9 s'],
  [59_960, '1 min 0 s'],
  [185_000, '3 min 5 s'],
  [null, '–'],
])('duration %s is %s', (ms, text) => expect(duration(ms)).toBe(text));

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 KB'],
  [999_949, '999.9 KB'],
  [999_950, '1.0 MB'],
  [4_060_000, '4.1 MB'],
  [2e9, '2.0 GB'],
  [3e12, '3000.0 GB'],
])('%i bytes are %s', (bytes, text) => expect(fileSize(bytes)).toBe(text));

it.each([
  [0.876, '0.88'],
  [-0.001, '0.00'],
  [-0.126, '−0.13'],
  [142.26, '142.3'],
  [1376, '1376'],
  [null, '–'],
])('score %s is %s', (value, text) => expect(score(value)).toBe(text));

it('signs a change, also none', () => {
  expect([0.026, -0.26, 0.001, -0.001].map((value) => signed(value))).toEqual(['+0.03', '−0.26', '±0.00', '±0.00']);
  expect([signed(-0.0042, 3), signed(0.0004, 3)]).toEqual(['−0.004', '±0.000']);
  expect([meanAndSd(0.876, 0.0249), meanAndSd(1376, 0), meanAndSd(0.5, null)]).toEqual([
    '0.88 ± 0.02',
    '1376 ± 0',
    '0.50',
  ]);
  expect(interval([-0.1, 1.204])).toBe('[−0.10, 1.20]');
});

it('counts and dates', () => {
  expect([count(1, 'case'), count(0, 'case'), count(1200, 'try', 'tries')]).toEqual([
    '1 case',
    '0 cases',
    '1,200 tries',
  ]);
  expect(moment('2026-11-20T14:02:11.000Z')).toBe('2026-11-20 14:02 UTC');
});

it('makes one harmless line of outside text', () => {
  expect(line('a\u001b[31mred\r\nb\u2028c\u202Egnp\u0000')).toBe('a [31mred b c gnp');
  expect(line('abcdef', 4)).toBe('abc…');
  expect(line('abcd', 4)).toBe('abcd');
});
