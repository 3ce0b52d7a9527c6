import type { Colors } from 'picocolors/types.js';
import { checkResults } from '../../../record-checks.js';
import type { CheckResult, RunRecord } from '../../../record.js';
import { count, duration, line, meanAndSd, money, spent } from '../../format.js';
import { headline, type Headline } from '../../headline.js';
import { matrix, shownMetrics, variantLabel, type Cell } from '../../matrix.js';
import { outcomeText } from '../../outcomes.js';
import { lateText } from '../../samples.js';
import { sourceOf } from '../../source.js';
import { triesText } from '../../tries.js';
import { driftTables } from './drift-table.js';
import { table, type Column, type TextCell } from './table.js';

/** What a run came to, in at most 120 columns: table, checks that did not pass, totals, warnings. */
export function summary(record: RunRecord, colours: Colors): string {
  const head = headline(record);
  const { failed, unmeasured } = checkResults(record);
  const blocks = [
    cellsTable(record, colours),
    driftTables(record, colours),
    checkLines('Failed checks', failed, colours.red('✕'), record),
    checkLines('Checks not measured', unmeasured, colours.dim('–'), record),
    [headLine(head, colours), ...head.sentences.map((text) => `  ${line(text)}`)].join('\n'),
    totals(record),
    record.warnings.map((warning) => `${colours.yellow('!')} ${line(warning)}`).join('\n'),
    record.emulated && colours.magenta("Emulated pictures, not Gemini's."),
  ];
  return blocks.filter(Boolean).join('\n\n');
}

/** Columns of metrics that a terminal has room for. */
const MOST_METRICS = 3;

const left = (title: string): Column => ({ title, align: 'left' });
const right = (title: string): Column => ({ title, align: 'right' });

function cellsTable(record: RunRecord, colours: Colors): string {
  const { rows } = matrix(record);
  const metrics = shownMetrics(record).slice(0, MOST_METRICS);
  const notAllOk = rows.some(({ cells }) => cells.some(troubled));
  const columns = [
    left('case'),
    left('variant'),
    ...metrics.map(right),
    right('cost'),
    right('p50'),
    ...(notAllOk ? [left('outcomes')] : []),
  ];
  const body = rows.flatMap(({ case: recorded, cells }) =>
    cells.map((cell, i): TextCell[] => [
      { text: i === 0 ? line(recorded.name, 22) : '', paint: colours.bold },
      { text: line(variantLabel(cell.variant), 28), ...(cell.variant.candidate ? {} : { paint: colours.dim }) },
      ...metrics.map((metric) => ({ text: meanText(cell, metric) })),
      { text: money(cell.cost) },
      { text: duration(cell.p50) },
      ...(notAllOk ? [{ text: troubled(cell) ? outcomesOf(cell) : '', paint: colours.yellow }] : []),
    ]),
  );
  return table(columns, body, colours.dim);
}

const troubled = (cell: Cell) => cell.outcomes.some(({ outcome }) => outcome !== 'ok');
const outcomesOf = (cell: Cell) => line(cell.outcomes.map(outcomeText).join(', '), 32);

function meanText(cell: Cell, metric: string): string {
  const spread = cell.scores[metric];
  if (!spread) return '–';
  return `${meanAndSd(spread.mean, spread.sd)} (${spread.n})`;
}

function checkLines(title: string, checks: readonly CheckResult[], mark: string, record: RunRecord): string {
  const lines = checks.map(({ case: of, variant: id, message }) => {
    const variant = record.variants.find((each) => each.id === id);
    const where = [of, variant ? variantLabel(variant) : id]
      .flatMap((part) => (part === null ? [] : line(part, 28)))
      .join(' · ');
    return `${mark} ${where}: ${line(message, 200)}`;
  });
  return lines.length > 0 ? [title, ...lines].join('\n') : '';
}

function totals(record: RunRecord): string {
  const { images, calls, cost, judge, latencyMs } = record.totals;
  const fromCache = record.samples.filter((sample) => sample.cached).length;
  const batched = record.samples.filter((sample) => sample.batch && !sample.cached && sample.image).length;
  const late = lateText(record.samples);
  const work = [
    `${count(images, 'image')} made${late === null ? '' : `, ${late}`}${batched > 0 ? `, ${batched} in batch jobs` : ''}${fromCache > 0 ? `, ${fromCache} from ${sourceOf(record)} (saved ${money(cost.saved)})` : ''}`,
    `${count(calls, 'call')}${judge?.calls ? `, ${judge.calls} of them to the judge` : ''}`,
    `latency p50 ${duration(latencyMs.p50)}, p95 ${duration(latencyMs.p95)}`,
  ];
  const price = [
    `${spent(cost)}${judge?.spent ? `, ${money(judge.spent)} of it for judging` : ''}${cost.estimated > 0 ? `, ${money(cost.estimated)} of it estimated` : ''}`,
    ...(cost.unpriced > 0 ? [`${count(cost.unpriced, 'call')} without a known price`] : []),
  ];
  const tries = triesText(record);
  const lines = [work, ...(tries === null ? [] : [[tries]]), price];
  return lines.map((parts) => parts.join(' · ')).join('\n');
}

/** `✓ Pass  no drop of 0.03 or more` */
export function headLine(head: Pick<Headline, 'tone' | 'mark' | 'word' | 'title'>, colours: Colors): string {
  return `${paintOf(head, colours)(`${head.mark} ${head.word}`)}  ${colours.bold(line(head.title, 200))}`;
}

const paints = { good: 'green', bad: 'red', open: 'yellow', neutral: 'bold' } as const;
const paintOf = (head: Pick<Headline, 'tone'>, colours: Colors) => colours[paints[head.tone]];
