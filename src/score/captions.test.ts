import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Word } from '../read/reader.js';
import { findCaptions } from './captions.js';

/** Lines of text at (x, y), each word 10 px a letter wide and 20 high. */
function line(text: string, x = 0, y = 0): Word[] {
  let at = x;
  return text.split(' ').map((word) => {
    const box = { x: at, y, width: word.length * 10, height: 20 };
    at += box.width + 10;
    return { text: word, box };
  });
}

const scores = (captions: string[], lines: Word[][]) => findCaptions(captions, lines).map(({ score }) => score);

describe('captions among the lines of a picture', () => {
  const sheet = ['ROBOT CHARACTER SHEET', 'FRONT VIEW', 'BACK VIEW'];
  const rows: [name: string, captions: string[], lines: Word[][], scores: number[]][] = [
    ['all are there', sheet, [line(sheet[0] ?? ''), line('FRONT VIEW BACK VIEW', 0, 300)], [1, 1, 1]],
    ['case and spaces do not count', ['Front  view'], [line('fRONT VIEW')], [1]],
    ['one wrong letter of ten', ['FRONT VIEW'], [line('FRONT VIEM')], [0.9]],
    ['one letter too many, and one too few', ['FRONT VIEW', 'BACK VIEW'], [line('FRRONT VIEW BAK VIEW')], [0.9, 8 / 9]],
    ['read in pieces', ['FRONT VIEW'], [line('FR ONT VI EW')], [0.8]],
    ['among other words', ['FRONT VIEW'], [line('7 @ FRONT VIEW ~ |')], [1]],
    ['a missing caption does not live on the words of another', sheet, [line('BACK VIEW')], [0, 0, 1]],
    ['asked for twice, there once', ['SALE', 'SALE'], [line('SALE')], [1, 0]],
    ['no part of a longer word', ['MAP'], [line('ROADMAP')], [0]],
    ['nothing is read', ['FRONT VIEW'], [], [0]],
    [
      'two captions side by side, each in two lines',
      ['HIGH RAIN IN AUTUMN', 'LOW RAIN IN SUMMER'],
      [line('HIGH RAIN', 0), line('LOW RAIN', 400), line('IN AUTUMN', 0, 35), line('IN SUMMER', 400, 35)],
      [1, 1],
    ],
    ['what stands far below is another caption', ['HIGH RAIN'], [line('HIGH'), line('RAIN', 0, 200)], [4 / 9]],
  ];
  it.each(rows)('%s', (_name, captions, lines, expected) => {
    scores(captions, lines).forEach((score, i) => expect(score).toBeCloseTo(expected[i] ?? NaN, 10));
  });

  it('says what was read, and where', () => {
    expect(findCaptions(['BACK VIEW', 'TOP'], [line('FRONT VIEW BACK VIEM', 5, 40)])).toEqual([
      { caption: 'BACK VIEW', read: 'BACK VIEM', score: 8 / 9, box: { x: 115, y: 40, width: 90, height: 20 } },
      { caption: 'TOP', read: '', score: 0, box: null },
    ]);
  });

  it('finds every caption in whatever order the lines come, and gives each a share', () => {
    const word = fc.stringMatching(/^[A-Z]{1,8}$/);
    const captions = fc.uniqueArray(
      fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')),
      { minLength: 1, maxLength: 5 },
    );
    const shuffled = captions.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.array(word, { maxLength: 6 }), ([asked, written], noise) => {
        const lines = [...written, ...noise].map((text, i) => line(text, 0, i * 100));
        expect(scores(asked, lines)).toEqual(asked.map(() => 1));
        for (const score of scores(
          asked,
          noise.map((text, i) => line(text, 0, i * 30)),
        )) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
