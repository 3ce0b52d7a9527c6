import { describe, expect, it } from 'vitest';
import { incomparable, incomparableWarnings, type JudgedBy, type Measured } from './comparable.js';

const encoder = (id: string, digit: string) => ({ id, sha256: digit.repeat(64) });
const pocket = encoder('pocket', 'a');
const versions = { consistency: '3', 'clip-cosine': '1', quality: '1', ssim: '1' };
const measured = (changes: Partial<Measured> = {}): Measured => ({ encoder: pocket, metrics: versions, ...changes });

describe('incomparable', () => {
  it.each<[string, Measured, string[]]>([
    ['the same of everything', measured(), []],
    ['the same file under another name', measured({ encoder: { ...pocket, id: 'pocket-clip' } }), []],
    [
      'another encoder: what does not look through it stays comparable',
      measured({ encoder: encoder('Xenova/clip-vit-base-patch32', 'b') }),
      ['consistency', 'clip-cosine'],
    ],
    [
      'another precision of the encoder',
      measured({ encoder: encoder('pocket:q8', 'c') }),
      ['consistency', 'clip-cosine'],
    ],
    ['no encoder', measured({ encoder: null }), ['consistency', 'clip-cosine']],
    ['another version of a metric', measured({ metrics: { ...versions, ssim: '2' } }), ['ssim']],
    ['a metric that is gone', measured({ metrics: { consistency: '3' } }), ['clip-cosine', 'quality', 'ssim']],
    ['a metric that is new', measured({ metrics: { ...versions, text: '1' } }), []],
  ])('%s', (_name, now, expected) => {
    expect(Object.keys(incomparable(measured(), now))).toEqual(expected);
  });

  const asked = { model: 'judge-1', prompt: '1', votes: 3, statements: [{ says: 'It is red', under: null }] };
  const judging = (judged?: JudgedBy) => measured({ metrics: { ...versions, checklist: '1' }, judged });
  it.each<[string, JudgedBy | undefined, JudgedBy | undefined, string | null]>([
    ['the same judge', asked, { ...asked }, null],
    ['nobody', undefined, undefined, null],
    [
      'another judge',
      asked,
      { ...asked, model: 'judge-2' },
      'approved as judged by judge-1 (prompt 1, 3 votes), judged here by judge-2 (prompt 1, 3 votes)',
    ],
    [
      'other words',
      asked,
      { ...asked, prompt: '2' },
      'approved as judged by judge-1 (prompt 1, 3 votes), judged here by judge-1 (prompt 2, 3 votes)',
    ],
    [
      'fewer votes',
      asked,
      { ...asked, votes: 1 },
      'approved as judged by judge-1 (prompt 1, 3 votes), judged here by judge-1 (prompt 1, 1 vote)',
    ],
    [
      'other statements',
      asked,
      { ...asked, statements: [{ says: 'It is blue', under: null }] },
      'approved with another checklist',
    ],
    ['a judge at last', undefined, asked, 'approved as judged by nobody, judged here by judge-1 (prompt 1, 3 votes)'],
  ])('of checklists: %s', (_name, before, now, reason) => {
    const apart = incomparable(judging(before), judging(now));
    expect(Object.entries(apart).map(([id, each]) => [id, each.reason])).toEqual(
      reason === null ? [] : [['checklist', reason]],
    );
  });

  it.each([
    [
      pocket,
      encoder('o/m', 'b'),
      /^Score the stored pictures again: evaluate compare --rescore, run again with --encoder pocket \(.*or approve a run .* o\/m/,
    ],
    [encoder('o/m:q8', 'b'), pocket, /--encoder o\/m:q8 \(the pictures come from the cache, nothing is paid\)/],
    [encoder('my-clip', 'b'), pocket, /--encoder and the folder my-clip/],
    [null, pocket, /--rescore, or approve a run that was measured with pocket: evaluate approve\.$/],
  ])('says how to go on', (approved, now, fix) => {
    const { consistency } = incomparable(measured({ encoder: approved }), measured({ encoder: now }));
    expect(consistency?.fix).toMatch(fix);
  });
});

it('tells each difference once, naming both encoders', () => {
  const now = measured({ encoder: encoder('Xenova/clip-vit-base-patch32', 'b') });
  expect(
    incomparableWarnings(
      [measured(), measured(), now].map((each, n) => ({ ...each, case: `case-${n}` })),
      now,
    ),
  ).toEqual([
    'not comparable with the baseline: consistency, clip-cosine of 2 cases, approved with encoder pocket ' +
      '(aaaaaaaaaaaa), measured here with Xenova/clip-vit-base-patch32 (bbbbbbbbbbbb). Score the ' +
      'stored pictures again: evaluate compare --rescore, run again with --encoder pocket (the pictures come from the cache, nothing is paid), or approve a run that was measured with ' +
      'Xenova/clip-vit-base-patch32: evaluate approve.',
  ]);
});
