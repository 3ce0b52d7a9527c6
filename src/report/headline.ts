import { checkResults } from '../record-checks.js';
import type { RunRecord } from '../record.js';
import { count, interval, line, score } from './format.js';
import { isLost, matrix, variantLabel, type Cell } from './matrix.js';
import { outcomesText } from './outcomes.js';
import { lostIn, samplesText } from './samples.js';
import { sourceOf } from './source.js';
import { spread } from './spread.js';

/** What a run came to, in words. The tone is never the only sign: `mark` and `word` say the same. */
export interface Headline {
  tone: 'good' | 'bad' | 'open' | 'neutral';
  mark: string;
  word: string;
  title: string;
  sentences: string[];
  /** The case to look at first; `null` when no row is worse than another. */
  next: { name: string; why: string } | null;
}

/** How a verdict looks: a shape and a word; the tone only adds to them. */
export const verdictViews = {
  pass: { tone: 'good', mark: '✓', word: 'Pass' },
  regression: { tone: 'bad', mark: '✕', word: 'Regression' },
  inconclusive: { tone: 'open', mark: '?', word: 'Inconclusive' },
  'not-gateable': { tone: 'open', mark: '?', word: 'Not gateable' },
  infra: { tone: 'open', mark: '!', word: 'No verdict' },
} as const;

export const failedChecks = { tone: 'bad', mark: '✕', word: 'Failed' } as const;

export function headline(record: RunRecord): Headline {
  const failed = checkResults(record).failed.length;
  const checks = checksText(record);
  const weakest = weakestCell(record);
  const next = nextCase(record, weakest);
  const tail = [...(weakest ? [weakestSentence(record, weakest)] : []), ...missing(record), ...stopped(record)];

  if (record.verdict) {
    const { state, title, message } = record.verdict;
    const sentences = [message, `${checks}.`, ...tail];
    // The exit code says so too: only a regression comes before a failed check.
    if (failed > 0 && state !== 'regression')
      return { ...failedChecks, title: `${checks}; the gate says "${title}"`, sentences, next };
    const { word } = verdictViews[state];
    // The gate's titles stand alone and start with the state; here it stands before them.
    const rest = title.startsWith(`${word}: `) ? title.slice(word.length + 2) : title;
    return { ...verdictViews[state], title: rest, sentences, next };
  }
  const what = `${count(record.cases.length, 'case')} on ${count(record.variants.length, 'variant')}, ${samplesText(record.samples)}`;
  const ungated = 'Not gated: this run has no verdict, so no difference shown here proves or rules out a regression.';
  return failed > 0
    ? { ...failedChecks, title: checks, sentences: [`${what}.`, ...tail, ungated], next }
    : {
        tone: 'neutral',
        mark: '○',
        word: 'Not gated',
        title: checks,
        sentences: [`${what}.`, ...tail, ungated],
        next,
      };
}

/** `1 of 3 checks failed, 1 not measured`: a failure comes before what passed, and nothing passes that had no value. */
function checksText(record: RunRecord): string {
  const { passed, failed, unmeasured } = checkResults(record);
  const total = count(record.checks.length, 'check');
  if (record.checks.length === 0) return 'No checks are set';
  if (unmeasured.length === record.checks.length) return `${total} not measured`;
  const told = failed.length > 0 ? `${failed.length} of ${total} failed` : `${passed.length} of ${total} passed`;
  return unmeasured.length > 0 ? `${told}, ${unmeasured.length} not measured` : told;
}

function nextCase(record: RunRecord, weakest: Cell | null): Headline['next'] {
  const { rows, candidate } = matrix(record);
  const first = rows[0]?.cells.find((cell) => cell.variant === candidate);
  if (first && isLost(first)) return { name: first.case.name, why: 'which has no usable picture' };
  return weakest && { name: weakest.case.name, why: 'the weakest case' };
}

function weakestCell(record: RunRecord): Cell | null {
  const { rows, candidate, metric } = matrix(record);
  if (metric === null) return null;
  const cells = rows.flatMap((row) => row.cells.filter((cell) => cell.variant === candidate && cell.scores[metric]));
  return cells[0] ?? null;
}

function weakestSentence(record: RunRecord, cell: Cell): string {
  const { metric } = matrix(record);
  const candidate = metric === null ? null : cell.scores[metric];
  if (!candidate || metric === null) return '';
  const mean = `${score(candidate.mean)}${candidate.interval ? ` ${interval(candidate.interval)}` : ''} from ${count(candidate.n, 'sample')}`;
  const approved = spread(cell.case.baseline?.scores[metric] ?? []);
  const beside = approved ? `; approved ${score(approved.mean)}, n ${approved.n}` : '';
  return `Weakest ${metric}: ${line(cell.case.name)} on ${line(variantLabel(cell.variant))}, ${mean}${beside}.`;
}

function missing(record: RunRecord): string[] {
  const without = lostIn(record.samples);
  if (without.length === 0) return [];
  return [`${count(without.length, 'sample')} gave no usable picture: ${outcomesText(without)}.`];
}

export function stopped(record: RunRecord): string[] {
  if (record.status === 'complete') return [];
  const how = {
    interrupted: 'was interrupted',
    budget: 'stopped at its budget',
    failed: 'lost samples to infrastructure errors',
  }[record.status];
  const goesOn = sourceOf(record) === 'recording' ? '' : ', and the same command goes on';
  return [`The run ${how}; what follows is what was made${goesOn}.`];
}
