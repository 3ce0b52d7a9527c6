import { expect, it } from 'vitest';
import { record, sample } from './__fixtures__/small-record.js';
import { headline } from './headline.js';

const check = (passed: boolean) => ({
  id: 'cost',
  limit: 'cost max 0.2',
  case: 'valley',
  variant: 'pro-v2',
  value: 0.1,
  passed,
  message: 'm',
});
const unmeasured = { ...check(true), value: null, passed: null };
const verdict = (state: 'pass' | 'regression' | 'inconclusive' | 'not-gateable' | 'infra') => ({
  state,
  title: 'Title',
  message: 'Message.',
});
const titled = (state: 'pass' | 'infra', title: string) => ({ state, title, message: 'Message.' });

it.each([
  [{}, 'neutral', 'Not gated', 'No checks are set'],
  [{ checks: [check(true)] }, 'neutral', 'Not gated', '1 of 1 check passed'],
  [{ checks: [check(true), check(false)] }, 'bad', 'Failed', '1 of 2 checks failed'],
  [{ checks: [unmeasured] }, 'neutral', 'Not gated', '1 check not measured'],
  [{ checks: [unmeasured, check(true)] }, 'neutral', 'Not gated', '1 of 2 checks passed, 1 not measured'],
  [{ checks: [unmeasured, check(false)] }, 'bad', 'Failed', '1 of 2 checks failed, 1 not measured'],
  [{ verdict: verdict('pass'), checks: [unmeasured] }, 'good', 'Pass', 'Title'],
  [{ verdict: verdict('pass') }, 'good', 'Pass', 'Title'],
  [{ verdict: titled('pass', 'Pass: no drop') }, 'good', 'Pass', 'no drop'],
  [{ verdict: titled('infra', 'No verdict: the network') }, 'open', 'No verdict', 'the network'],
  [
    { verdict: titled('pass', 'Pass: no drop'), checks: [check(false)] },
    'bad',
    'Failed',
    '1 of 1 check failed; the gate says "Pass: no drop"',
  ],
  [
    { verdict: verdict('not-gateable'), checks: [check(false)] },
    'bad',
    'Failed',
    '1 of 1 check failed; the gate says "Title"',
  ],
  [{ verdict: verdict('regression'), checks: [check(false)] }, 'bad', 'Regression', 'Title'],
  [{ verdict: verdict('regression') }, 'bad', 'Regression', 'Title'],
  [{ verdict: verdict('inconclusive') }, 'open', 'Inconclusive', 'Title'],
  [{ verdict: verdict('not-gateable') }, 'open', 'Not gateable', 'Title'],
  [{ verdict: verdict('infra') }, 'open', 'No verdict', 'Title'],
])('%j reads %s, %s: %s', (patch, tone, word, title) =>
  expect(headline(record(patch))).toMatchObject({ tone, word, title }),
);

it('says what it does not know: no gate, what has no picture, what stopped early', () => {
  const samples = [
    sample(),
    sample({ sample: 2, outcome: 'refused', scores: {} }),
    sample({ case: 'forest', outcome: 'skipped', scores: {} }),
  ];
  expect(headline(record({ samples, status: 'budget' })).sentences).toEqual([
    '2 cases on 1 variant, 3 samples.',
    'Weakest consistency: valley on pro · v2, 0.80 from 1 sample.',
    '2 samples gave no usable picture: 1 refused, 1 skipped.',
    'The run stopped at its budget; what follows is what was made, and the same command goes on.',
    'Not gated: this run has no verdict, so no difference shown here proves or rules out a regression.',
  ]);
});

it('counts what it lost', () => {
  const lost = (outcome: 'infra_error' | 'bad_image' | 'no_image', k: number) =>
    sample({ sample: k, outcome, scores: {}, image: null });
  const samples = [lost('infra_error', 1), lost('infra_error', 2), lost('bad_image', 3), lost('no_image', 4)];
  expect(headline(record({ samples, status: 'failed' })).sentences).toEqual(
    expect.arrayContaining([
      '4 samples gave no usable picture: 1 no image, 1 unreadable picture, 2 infrastructure errors.',
      'The run lost samples to infrastructure errors; what follows is what was made, and the same command goes on.',
    ]),
  );
});

it('points at the case without a usable picture before the weakest one, and at nothing where nothing was measured', () => {
  expect(headline(record()).next).toEqual({ name: 'valley', why: 'the weakest case' });
  const samples = [sample(), sample({ case: 'forest', outcome: 'refused', scores: {} })];
  expect(headline(record({ samples })).next).toEqual({ name: 'forest', why: 'which has no usable picture' });
  expect(headline(record({ samples: [] })).next).toBeNull();
});
