import { expect, it } from 'vitest';
import { withoutRules } from './sheet-rules.js';

const parse = (rows: string[]) => Uint8Array.from(rows.join(''), (letter) => Number(letter === '#'));
const rulesOff = (rows: string[]) => {
  const width = rows[0]?.length ?? 0;
  const kept = withoutRules(parse(rows), width, rows.length);
  return rows.map((_, y) => Array.from(kept.subarray(y * width, (y + 1) * width), (set) => (set ? '#' : '.')).join(''));
};

it.each([
  [
    'a line from side to side, but not the figure on it',
    ['..........', '...##.....', '...##.....', '...##.....', '##########', '...##.....', '..........'],
    ['..........', '...##.....', '...##.....', '...##.....', '...##.....', '...##.....', '..........'],
  ],
  [
    'a line from top to bottom',
    ['....#.....', '....#.....', '....#.....', '....#.....', '....#.....', '....#.....'],
    ['..........', '..........', '..........', '..........', '..........', '..........'],
  ],
  [
    'a line that slants by a pixel',
    ['..........', '#####.....', '.....#####', '..........', '..........', '..........', '..........'],
    ['..........', '..........', '..........', '..........', '..........', '..........', '..........'],
  ],
])('erases %s', (_, before, after) => expect(rulesOff(before)).toEqual(after));

it.each([
  [
    'a line over half of the width',
    ['..........', '######....', '..........', '..........', '..........', '..........'],
  ],
  ['a thick bar', ['..........', '##########', '##########', '##########', '##########', '##########', '..........']],
])('keeps %s', (_, rows) => expect(rulesOff(rows)).toEqual(rows));
