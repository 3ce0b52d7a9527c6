import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filled } from '../image/raster.js';
import type { AnswerWord } from '../plan/judge.js';
import type { Statement } from '../suite/suite.js';
import { inputOf } from './__fixtures__/pictures.js';
import { checklistMetric } from './metrics/checklist.js';
import { countVotes, leastVotes } from './votes.js';

const words: Record<string, AnswerWord> = { y: 'yes', n: 'no', u: 'unsure' };
/** `ynu`: the answers of a vote, a letter each. */
const vote = (letters: string) => [...letters].map((letter) => words[letter] ?? 'unsure');
/** Parents of statements, by their index. */
const tree = (...under: (number | null)[]): Statement[] => under.map((each, n) => ({ says: `s${n}`, under: each }));

describe('votes on one statement', () => {
  it.each([
    ['y', 'yes', 1],
    ['n', 'no', 0],
    ['u', 'unsure', 0.5],
    ['yyn', 'yes', 1],
    ['ynn', 'no', 0],
    ['yuu', 'unsure', 0.5],
    ['ynu', 'unsure', 0.5],
    // Of votes that came: a tie.
    ['yn', 'unsure', 0.5],
    ['yu', 'unsure', 0.5],
    ['yynnu', 'unsure', 0.5],
    ['yyynn', 'yes', 1],
    ['yyunu', 'unsure', 0.5],
  ])('%s: %s', (letters, word, counts) => {
    const [counted] = countVotes(tree(null), [...letters].map(vote));
    expect(counted).toMatchObject({ word, counts });
  });
});

describe('a statement under another one', () => {
  it.each<[string, (number | null)[], string[], number[]]>([
    ['counts where the one above holds', [null, 0], ['yy'], [1, 1]],
    ['counts 0 where it does not', [null, 0], ['ny'], [0, 0]],
    ['counts where it is unsure', [null, 0], ['uy'], [0.5, 1]],
    ['falls with one further up', [null, 0, 1], ['nyy'], [0, 0, 0]],
    ['falls with its own alone', [null, 0, 0], ['yny'], [1, 0, 1]],
    ['does not fall with one beside', [null, 0, null, 2], ['nyyy'], [0, 0, 1, 1]],
    ['falls by the majority', [null, 0], ['yy', 'ny', 'ny'], [0, 0]],
    ['stands by the majority', [null, 0], ['yn', 'yy', 'ny'], [1, 1]],
  ])('%s', (_, under, votes, expected) => {
    expect(countVotes(tree(...under), votes.map(vote)).map(({ counts }) => counts)).toEqual(expected);
  });

  it('keeps the word that was said of it', () => {
    expect(countVotes(tree(null, 0), [vote('ny')])[1]).toEqual({
      says: 's1',
      under: 0,
      yes: 1,
      no: 0,
      unsure: 0,
      word: 'yes',
      counts: 0,
    });
  });
});

it.each([
  [1, 1],
  [3, 2],
  [5, 3],
  [9, 5],
])('of %i votes %i must come', (asked, least) => {
  expect(leastVotes(asked)).toBe(least);
});

const picture = filled(64, 64, [255, 255, 255, 255]);
const measure = (statements: Statement[], came: (string | null)[], asked: Statement[] = statements) =>
  checklistMetric.measure(
    inputOf(picture, {
      case: { name: 'case', text: [], checklist: statements },
      judged: {
        model: 'judge',
        prompt: '1',
        statements: asked,
        votes: came.map((letters) => ({
          answers: letters === null ? null : vote(letters),
          reason: letters === null ? 'The server failed (500).' : null,
        })),
      },
    }),
  );

describe('checklist', () => {
  it.each<[string, Statement[], (string | null)[], number]>([
    ['all hold', tree(null, null), ['yy', 'yy', 'yy'], 1],
    ['one of four', tree(null, null, null, null), ['ynnn'], 0.25],
    ['a fallen one with two under it, and one unsure', tree(null, 0, 0, null), ['nyyu', 'nyyu', 'yyyu'], 0.125],
    ['two of three votes', tree(null, null), ['yn', null, 'yn'], 0.5],
    ['two that do not agree', tree(null, null), ['yn', null, 'ny'], 0.5],
  ])('%s', async (_, statements, came, expected) => {
    expect((await measure(statements, came)).value).toBe(expected);
  });

  it('says what it counted', async () => {
    const { evidence } = await measure(tree(null, 0), ['ny', 'ny', null]);
    expect(evidence).toEqual({
      judge: 'judge',
      prompt: '1',
      votes: { came: 2, asked: 3 },
      statements: [
        { says: 's0', under: null, yes: 0, no: 2, unsure: 0, word: 'no', counts: 0 },
        { says: 's1', under: 0, yes: 2, no: 0, unsure: 0, word: 'yes', counts: 0 },
      ],
    });
  });

  it.each<[string, () => ReturnType<typeof measure>, string]>([
    [
      'too few votes',
      () => measure(tree(null), ['y', null, null]),
      '1 of 3 votes of judge came: The server failed (500).',
    ],
    [
      'other statements',
      () => measure(tree(null, 0), ['yy'], tree(null, null)),
      'the judge was asked other statements: a run of the suite asks these',
    ],
    ['no statements', () => measure([], []), 'the case asks for none'],
    [
      'nobody who was asked',
      () => checklistMetric.measure(inputOf(picture, { case: { name: 'case', text: [], checklist: tree(null) } })),
      'no judge was asked about this picture',
    ],
  ])('has no value for %s', async (_, measured, reason) => {
    expect(await measured()).toEqual({ value: null, reason });
  });

  const letters = fc.constantFrom('y', 'n', 'u');
  const parents = fc
    .array(fc.nat(), { maxLength: 20, minLength: 1 })
    .map((raw) => tree(...raw.map((each, index) => (index === 0 || each % 3 === 0 ? null : each % index))));

  it('lies in [0, 1], is 1 where all say yes, and never falls when a vote turns to yes', async () => {
    await fc.assert(
      fc.asyncProperty(
        parents.chain((statements) =>
          fc.record({
            statements: fc.constant(statements),
            votes: fc.array(fc.string({ unit: letters, minLength: statements.length, maxLength: statements.length }), {
              minLength: 1,
              maxLength: 9,
            }),
            turned: fc.nat(),
          }),
        ),
        async ({ statements, votes, turned }) => {
          const { value } = await measure(statements, votes);
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
          const index = turned % votes.length;
          const better = votes.map((each, i) => (i === index ? 'y'.repeat(each.length) : each));
          expect((await measure(statements, better)).value).toBeGreaterThanOrEqual(value ?? 1);
          expect(
            (
              await measure(
                statements,
                votes.map((each) => 'y'.repeat(each.length)),
              )
            ).value,
          ).toBe(1);
        },
      ),
    );
  });
});
