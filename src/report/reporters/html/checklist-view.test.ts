import { expect, it } from 'vitest';
import { sample } from '../../__fixtures__/small-record.js';
import { spentFor } from '../../spending.js';
import { checklistView } from './checklist-view.js';

const vote = {
  key: 'a'.repeat(64),
  answers: ['yes' as const, 'no' as const, 'yes' as const],
  outcome: 'ok' as const,
  reason: null,
  modelVersion: 'judge-1-002',
  cached: false,
  cost: 0.002,
  savedCost: 0,
  attempts: [],
};
const lost = { ...vote, answers: null, outcome: 'refused' as const, reason: 'It was blocked.', modelVersion: null };
const judged = { model: 'judge-1', prompt: '1', votes: [vote, vote, lost] };
const statements = [
  { says: 'A map', under: null, yes: 0, no: 2, unsure: 0, word: 'no', counts: 0 },
  { says: 'It is open', under: 0, yes: 2, no: 0, unsure: 0, word: 'yes', counts: 0 },
  { says: 'It is old', under: 1, yes: 1, no: 0, unsure: 1, word: 'unsure', counts: 0 },
  { says: 'A hat', under: null, yes: 1, no: 0, unsure: 1, word: 'unsure', counts: 0.5 },
];
const scored = (evidence: Record<string, unknown>) =>
  sample({ cost: 0.1, judged, scores: { checklist: { value: 0.125, version: '1', evidence } } });

it('shows each statement with its word and votes, and those that fall with another', () => {
  const view = checklistView(scored({ statements }));
  expect(view?.rows).toEqual([
    { says: 'A map', depth: 0, mark: '✗', tone: 'bad', word: 'no', votes: '2 no', fallen: false },
    { says: 'It is open', depth: 1, mark: '✓', tone: 'good', word: 'yes', votes: '2 yes', fallen: true },
    { says: 'It is old', depth: 2, mark: '?', tone: 'open', word: 'unsure', votes: '1 yes, 1 unsure', fallen: true },
    { says: 'A hat', depth: 0, mark: '?', tone: 'open', word: 'unsure', votes: '1 yes, 1 unsure', fallen: false },
  ]);
  expect(view?.judge).toBe('judge-1 (answered as judge-1-002), prompt 1, 2 of 3 votes, $0.0060');
  expect(view?.lost).toEqual(['vote 3: It was blocked.']);
});

it.each<[string, Record<string, unknown>]>([
  ['nothing', {}],
  ['no list', { statements: 'x' }],
  ['other rows', { statements: [{ says: 3 }] }],
  ['another word', { statements: [{ ...statements[0], word: '<b>' }] }],
])('shows no statements where the record has %s of them', (_, evidence) => {
  expect(checklistView(scored(evidence))?.rows).toEqual([]);
});

it('is nothing where nobody was asked', () => {
  expect(checklistView(sample())).toBeNull();
});

it('counts what judging cost into what a sample took', () => {
  expect(spentFor(scored({}))).toBeCloseTo(0.106, 12);
  expect(spentFor({ ...scored({}), cost: null })).toBeNull();
  expect(spentFor(sample({ cost: 0.1 }))).toBe(0.1);
});
