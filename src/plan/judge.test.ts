import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerSchema, answerWords, judgePrompt, judgeSettings, readAnswers, voteSeed } from './judge.js';

const answer = (statement: unknown, holds: unknown) => ({ statement, holds });
const text = (...answers: unknown[]) => JSON.stringify({ answers });

describe('what a judge is asked', () => {
  it('is a numbered line for each statement', () => {
    const prompt = judgePrompt([
      { says: 'The robot holds a map', under: null },
      { says: 'The map is open', under: 0 },
    ]);
    expect(prompt).toMatch(/\n\n1\. The robot holds a map\n2\. The map is open$/);
  });

  it('is asked coolly, with a seed for each vote', () => {
    expect(judgeSettings('gemini-3.8-flash')).toEqual({ temperature: 0, thinkingLevel: 'low' });
    expect(judgeSettings('unknown')).toEqual({ temperature: 0 });
    expect(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9].map(voteSeed)).size).toBe(9);
  });

  it('has as many answers as statements', () => {
    expect(answerSchema(3)).toMatchObject({ properties: { answers: { minItems: '3', maxItems: '3' } } });
  });
});

describe('an answer', () => {
  it.each<[string, string, number, string[] | null]>([
    ['in order', text(answer(1, 'yes'), answer(2, 'no')), 2, ['yes', 'no']],
    ['in another order', text(answer(2, 'no'), answer(1, 'unsure')), 2, ['unsure', 'no']],
    ['with more to it', JSON.stringify({ answers: [{ ...answer(1, 'yes'), why: 'x' }], note: 1 }), 1, ['yes']],
    ['to too few', text(answer(1, 'yes')), 2, null],
    ['to too many', text(answer(1, 'yes'), answer(2, 'no')), 1, null],
    ['twice to one', text(answer(1, 'yes'), answer(1, 'no')), 2, null],
    ['to one there is not', text(answer(1, 'yes'), answer(3, 'no')), 2, null],
    ['in another word', text(answer(1, 'maybe')), 1, null],
    ['by a number in quotes', text(answer('1', 'yes')), 1, null],
    ['that is cut', text(answer(1, 'yes')).slice(0, -4), 1, null],
    ['in a code fence', `\`\`\`json\n${text(answer(1, 'yes'))}\n\`\`\``, 1, null],
    ['that is a list', '[]', 1, null],
    ['that is null', 'null', 1, null],
    ['that is empty', '', 1, null],
  ])('%s', (_, said, count, expected) => {
    expect(readAnswers(said, count)).toEqual(expected);
  });

  it('of any words and any order is read, and anything else is not and never throws', () => {
    const said = fc.array(fc.constantFrom(...answerWords), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(said, fc.infiniteStream(fc.nat()), (all, order) => {
        const shuffled = all
          .map((word, index) => ({ at: order.next().value as number, of: answer(index + 1, word) }))
          .sort((a, b) => a.at - b.at);
        expect(readAnswers(text(...shuffled.map(({ of }) => of)), all.length)).toEqual(all);
      }),
    );
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (garbage) => {
        expect(readAnswers(garbage, 2)).toBeNull();
      }),
    );
  });
});
