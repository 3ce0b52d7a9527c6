import type { RunRecord } from '../record.js';
import { count, interval, line, score } from './format.js';
import { matrix, variantLabel, type Cell } from './matrix.js';

/** What a run came to, in words. The tone is never the only sign: `mark` and `word` say the same. */
export interface Headline {
  tone: 'good' | 'bad' | 'open' | 'neutral';
  mark: string;
  word: string;
  title: string;
  sentences: string[];
  /** The weakest cell of the candidate, which is where to look first. */
  weakest: Cell | null;
}

const states = {
  pass: { tone: 'good', mark: '✓', word: 'Pass' },
  regression: { tone: 'bad', mark: '✕', word: 'Regression' },
  inconclusive: { tone: 'open', mark: '?', word: 'Inconclusive' },
  'not-gateable': { tone: 'open', mark: '?', word: 'Not gateable' },
  infra: { tone: 'open', mark: '!', word: 'Infrastructure' },
} as const;

export function headline(record: RunRecord): Headline {
  const failed = record.checks.filter((check) => !check.passed).length;
  const passedChecks = record.checks.length - failed;
  const checks =
    record.checks.length === 0
      ? 'No checks are set.'
      : failed === 0
        ? `All ${count(record.checks.length, 'check')} passed.`
        : `${failed} of ${count(record.checks.length, 'check')} failed.`;
  const weakest = weakestCell(record);
  const tail = [...(weakest ? [weakestSentence(record, weakest)] : []), ...missing(record), ...stopped(record)];

  if (record.verdict) {
    const { state, title, message } = record.verdict;
    const failedToo = state === 'pass' && failed > 0;
    const shown = failedToo ? ({ tone: 'bad', mark: '✕', word: 'Checks failed' } as const) : states[state];
    return { ...shown, title, sentences: [message, checks, ...tail], weakest };
  }
  const what = `${count(record.cases.length, 'case')} × ${count(record.variants.length, 'variant')}`;
  const gate = 'Not gated: nothing was compared with an approved baseline, so this says nothing about regression.';
  return failed > 0
    ? {
        tone: 'bad',
        mark: '✕',
        word: 'Checks failed',
        title: checks.slice(0, -1),
        sentences: [`${what}; ${passedChecks} passed.`, gate, ...tail],
        weakest,
      }
    : {
        tone: 'neutral',
        mark: '○',
        word: 'Not gated',
        title: `${what} ran`,
        sentences: [checks, gate, ...tail],
        weakest,
      };
}

function weakestCell(record: RunRecord): Cell | null {
  const { rows, candidate, metric } = matrix(record);
  if (metric === null) return null;
  const cells = rows.flatMap((row) => row.cells.filter((cell) => cell.variant === candidate && cell.scores[metric]));
  return cells[0] ?? null;
}

function weakestSentence(record: RunRecord, cell: Cell): string {
  const { metric } = matrix(record);
  const spread = metric === null ? null : cell.scores[metric];
  if (!spread || metric === null) return '';
  const mean = `${score(spread.mean)}${spread.interval ? ` ${interval(spread.interval)}` : ''} from ${count(spread.n, 'sample')}`;
  return `Weakest ${metric}: ${line(cell.case.name)} on ${line(variantLabel(cell.variant))}, ${mean}.`;
}

function missing(record: RunRecord): string[] {
  const without = record.samples.filter((sample) => sample.outcome !== 'ok');
  if (without.length === 0) return [];
  const kinds = new Map<string, number>();
  for (const { outcome } of without) kinds.set(outcome, (kinds.get(outcome) ?? 0) + 1);
  return [
    `${count(without.length, 'sample')} without a usable picture: ${[...kinds].map(([kind, n]) => `${n} ${kind}`).join(', ')}.`,
  ];
}

function stopped(record: RunRecord): string[] {
  if (record.status === 'complete') return [];
  const how = { interrupted: 'was interrupted', budget: 'stopped at its budget', failed: 'ended early' }[record.status];
  return [`The run ${how}; what follows is what was made until then.`];
}
