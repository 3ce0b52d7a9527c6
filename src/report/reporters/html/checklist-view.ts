import { z } from 'zod';
import { wholeSum } from '../../../lib/whole-sum.js';
import type { SampleRecord } from '../../../record.js';
import { count, money } from '../../format.js';

/** What the metric says of its value; a record may come from anywhere, so whatever does not fit is left out. */
const whole = z.int().nonnegative();
const evidence = z.object({
  statements: z.array(
    z.object({
      says: z.string(),
      under: whole.nullable(),
      yes: whole,
      no: whole,
      unsure: whole,
      word: z.enum(['yes', 'no', 'unsure']),
      counts: z.number(),
    }),
  ),
});

const looks = {
  yes: { mark: '✓', tone: 'good' },
  no: { mark: '✗', tone: 'bad' },
  unsure: { mark: '?', tone: 'open' },
};

/** Statements are indented no further. */
const DEEPEST = 3;

export interface ChecklistView {
  /** A line each, those that hang on another one after it and indented. */
  rows: { says: string; depth: number; mark: string; tone: string; word: string; votes: string; fallen: boolean }[];
  /** Who judged. */
  judge: string;
  /** Votes that did not come, and why. */
  lost: string[];
}

/** `null` where nobody was asked. */
export function checklistView({ judged, scores }: Pick<SampleRecord, 'judged' | 'scores'>): ChecklistView | null {
  if (!judged) return null;
  const { model, prompt, votes } = judged;
  const statements = evidence.safeParse(scores['checklist']?.evidence).data?.statements ?? [];
  const depths: number[] = [];
  for (const { under } of statements) depths.push(under === null ? 0 : (depths[under] ?? 0) + 1);
  const versions = [...new Set(votes.flatMap(({ modelVersion }) => modelVersion ?? []))];
  const came = votes.filter(({ answers }) => answers !== null).length;
  const usd = wholeSum(votes.map(({ cost }) => cost));
  return {
    rows: statements.map(({ says, yes, no, unsure, word, counts }, index) => ({
      says,
      depth: Math.min(DEEPEST, depths[index] ?? 0),
      ...looks[word],
      word,
      votes: [...tally('yes', yes), ...tally('no', no), ...tally('unsure', unsure)].join(', '),
      fallen: word !== 'no' && counts === 0,
    })),
    judge: [
      `${model}${versions.length > 0 ? ` (answered as ${versions.join(', ')})` : ''}`,
      `prompt ${prompt}`,
      `${came} of ${count(votes.length, 'vote')}`,
      votes.every(({ cached }) => cached) ? 'from the cache' : money(usd),
    ].join(', '),
    lost: votes.flatMap(({ answers, reason }, index) =>
      answers ? [] : [`vote ${index + 1}: ${reason ?? 'no reason given'}`],
    ),
  };
}

const tally = (word: string, n: number) => (n > 0 ? [`${n} ${word}`] : []);
