import { expect, it } from 'vitest';
import { driftRecord } from '../__fixtures__/drift-record.js';
import { drifts } from './drift.js';
import { approvedNotes, distanceSentence, driftSentence, missingNotes } from './words.js';

const slope = (perHop: number, interval: [number, number] | null, chains = 8) => ({ perHop, interval, chains });

it.each([
  [slope(-0.0802, [-0.1104, -0.0499]), 'loses 0.080 a hop against approved inputs (0.050 to 0.110, 8 chains)'],
  [slope(0.02, [0.01, 0.03]), 'gains 0.020 a hop against approved inputs (0.010 to 0.030, 8 chains)'],
  [
    slope(-0.004, [-0.0214, 0.0134]),
    'no drift seen: −0.004 a hop against approved inputs (−0.021 to +0.013, 8 chains)',
  ],
  [
    slope(0.019, [-0.077, 0.115], 3),
    'cannot tell yet: +0.019 a hop against approved inputs (−0.077 to +0.115, 3 chains)',
  ],
  [slope(-0.05, null, 1), '−0.050 a hop against approved inputs (1 chain, too few for an interval)'],
])('%j beside approved inputs: %s', (beside, text) => expect(driftSentence({ slope: null, beside })).toBe(text));

it.each([
  // Nothing beside it: the scenes may have become harder, so nothing is said to be lost.
  [slope(-0.08, [-0.11, -0.05]), 'falls 0.080 a hop (0.050 to 0.110, 8 chains)'],
  [slope(0.08, [0.05, 0.11]), 'rises 0.080 a hop (0.050 to 0.110, 8 chains)'],
  [null, 'no slope: no chain has a score at two hops'],
])('%j alone: %s', (alone, text) => expect(driftSentence({ slope: alone, beside: null })).toBe(text));

it('says how far the chains lie from approved inputs at both ends, and what stands beside them', () => {
  const [drift] = drifts(driftRecord());
  if (!drift) throw new Error('there is a drift');
  expect(drift.variants.map((each) => distanceSentence(drift, each))).toEqual([
    '0.07 below approved inputs at hop 1, 0.21 below at hop 3',
    'level with approved inputs at hop 1, level at hop 3',
  ]);
  expect(approvedNotes(drift)).toEqual([
    'Approved inputs: the same scenes in the baseline (gemini-3-pro-image · v1), 2 samples each.',
  ]);
});

it('says why nothing stands beside them, and what the slope then may be', () => {
  const run = driftRecord();
  const notes = (bare: string[]) => {
    const cases = run.cases.map((each) => (bare.includes(each.name) ? { ...each, baseline: null } : each));
    return drifts({ ...run, cases }).flatMap(approvedNotes);
  };
  const caution = 'A slope with no approved inputs beside it may be that of the scenes: later ones can be harder.';
  expect(notes(['meadow', 'river', 'hill', 'night'])).toEqual([
    'No approved inputs beside the chains: nothing is approved yet.',
    caution,
  ]);
  expect(notes(['hill'])).toEqual([
    'Approved inputs: the same scenes in the baseline (gemini-3-pro-image · v1), 2 samples each.',
    'No approved inputs beside hill: nothing is approved yet.',
  ]);
  expect(notes(['hill', 'night']).at(-1)).toBe(caution);
});

it('tells a few reasons for missing scores and counts the rest', () => {
  const missing = ['a', 'b', 'c', 'd', 'e'].map((why) => ({ why, scenes: ['hill (chain 3)', 'night (2 chains)'] }));
  expect(missingNotes({ missing: missing.slice(0, 1) })).toEqual([
    'hill (chain 3), night (2 chains) have no score: a.',
  ]);
  expect(missingNotes({ missing })).toHaveLength(5);
  expect(missingNotes({ missing }).at(-1)).toBe('1 more reason for missing scores: see the cases.');
});
