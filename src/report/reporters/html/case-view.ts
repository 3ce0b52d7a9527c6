import { checkResults } from '../../../record-checks.js';
import type { RunRecord } from '../../../record.js';
import { type Finding, judged } from '../../findings.js';
import { findingViews } from '../../finding-views.js';
import { count, duration, interval, meanAndSd, moment, money, score, signed } from '../../format.js';
import { byScore, variantLabel, type Cell, type Matrix } from '../../matrix.js';
import { samplesText, weakestFirst } from '../../samples.js';
import { spread, type Spread } from '../../spread.js';
import { intervalBar, type Axis } from './chart.js';
import { page } from './page.js';
import { anchor, casePage } from './paths.js';
import { promptsView } from './prompts-view.js';
import { sampleView } from './sample-view.js';
import { shotsView } from './shots-view.js';
import type { Thumbnails } from './thumbnails.js';
import { whyView } from './why-view.js';

/** The page of one row of the matrix. */
export function caseView(
  record: RunRecord,
  matrix: Matrix,
  index: number,
  finding: Finding | undefined,
  axis: Axis,
  thumbs: Thumbnails,
) {
  const row = matrix.rows[index];
  if (!row) throw new RangeError(`no row ${index}`);
  const { case: recorded, cells } = row;
  const { metric } = matrix;
  const all = cells.flatMap((cell) => cell.samples);
  const { others, unmeasured } = otherMetrics(record, metric, cells);
  const prompts = promptsView(all, matrix.candidate?.revision ?? '', (turn) => approvedPrompt(recorded, turn));
  const neighbour = (at: number) => {
    const other = matrix.rows[at]?.case.name;
    return other === undefined ? null : { name: other, href: `../${casePage(other)}` };
  };
  return {
    page: page(record, recorded.name, 'case'),
    name: recorded.name,
    ...verdictView(record, finding),
    note: [
      recorded.characters.length === 0
        ? 'no character'
        : `character ${recorded.characters.map(({ name }) => name).join(', ')}`,
      recorded.level === 0 ? 'needs no other case' : `needs a chain of ${count(recorded.level, 'case')}`,
      recorded.baseline
        ? `approved ${moment(recorded.baseline.approvedAt).slice(0, 10)} from ${recorded.baseline.model}, revision ${recorded.baseline.revision}`
        : 'nothing approved yet',
      ...notComparable(recorded, metric),
    ].join(' · '),
    previous: neighbour(index - 1),
    next: neighbour(index + 1),
    place: `${index + 1} of ${matrix.rows.length}, weakest first`,
    checks: checkResults(record)
      .failed.filter((check) => check.case === recorded.name)
      .map(({ message }) => ({ message })),
    ...viewerView(record, matrix, cells, thumbs),
    metric: metric ?? 'nothing measured',
    others,
    unmeasured,
    axis: { low: score(axis.low), high: score(axis.high) },
    approved: recorded.baseline && {
      label: 'Approved baseline',
      ...meanView(axis, metric, spread(metric === null ? [] : (recorded.baseline.scores[metric] ?? [])), null),
      others: others.map((id) => shortMean(spread(recorded.baseline?.scores[id] ?? []))),
    },
    variants: cells.map((cell, column) => variantView(record, matrix, axis, cell, column, others, thumbs)),
    prompts,
    change: prompts.find(({ changes }) => changes) ?? null,
  };
}

function notComparable({ baseline }: Cell['case'], metric: string | null): string[] {
  const reason = metric === null ? undefined : baseline?.incomparable[metric];
  return reason === undefined ? [] : [`${metric} not comparable: ${reason}`];
}

function variantView(
  record: RunRecord,
  { metric }: Matrix,
  axis: Axis,
  cell: Cell,
  column: number,
  others: readonly string[],
  thumbs: Thumbnails,
) {
  const approved = spread((metric !== null && cell.case.baseline?.scores[metric]) || []);
  const each = metric === null ? null : (cell.scores[metric] ?? null);
  return {
    id: `v${column + 1}`,
    label: variantLabel(cell.variant),
    candidate: cell.variant.candidate,
    ...meanView(axis, metric, each, approved),
    others: others.map((id) => shortMean(cell.scores[id] ?? null)),
    cost: money(cell.cost),
    latency: duration(cell.p50),
    count: samplesText(cell.samples),
    samples: weakestFirst(cell.samples, byScore(record, metric)).map((sample) =>
      sampleView(record, sample, column, metric, thumbs),
    ),
  };
}

/** The metrics with a value in this case, and why the rest has none. */
function otherMetrics(record: RunRecord, metric: string | null, cells: readonly Cell[]) {
  const ids = Object.keys(record.metrics).filter((id) => id !== metric);
  const others = ids.filter((id) => cells.some((cell) => cell.scores[id]));
  const reasonOf = (id: string) =>
    cells.flatMap((cell) => cell.samples.flatMap((sample) => sample.scores[id]?.reason ?? []))[0] ??
    'no usable picture';
  return { others, unmeasured: ids.filter((id) => !others.includes(id)).map((id) => `${id}: ${reasonOf(id)}`) };
}

function meanView(axis: Axis, metric: string | null, each: Spread | null, approved: Spread | null) {
  return {
    mean: each ? score(each.mean) : '–',
    interval: each?.interval ? interval(each.interval) : '',
    n: each ? String(each.n) : '0',
    change: each && approved ? signed(each.mean - approved.mean) : '–',
    bar: each && metric !== null ? intervalBar(axis, metric, each, approved?.mean ?? null) : null,
  };
}

const shortMean = (each: Spread | null) => (each ? meanAndSd(each.mean, each.sd) : '–');

/** Of a turn, else of a case that is no conversation. */
function approvedPrompt({ baseline }: Cell['case'], turn: number | undefined) {
  const prompt = turn === undefined ? baseline?.prompt : baseline?.turns?.[turn - 1]?.prompt;
  return baseline && prompt !== undefined ? { revision: baseline.revision, prompt } : null;
}

/** What the gate says of the case, if it judged it. */
function verdictView(record: RunRecord, finding: Finding | undefined) {
  if (!finding || !judged(record)) return { state: null, effects: '' };
  const { tone, mark } = findingViews[finding.state];
  return {
    state: { tone, mark, words: finding.words },
    effects: finding.effects.map(({ metric, text }) => `${metric} ${text}`).join(' · '),
  };
}

/** The approved picture, else the sheet, beside the candidate's weakest; and all that may take their places. */
function viewerView(record: RunRecord, matrix: Matrix, cells: readonly Cell[], thumbs: Thumbnails) {
  const groups = shotsView(record, matrix, cells, thumbs);
  const shots = groups.flatMap((group) => group.shots);
  const b = shots.find(({ mark }) => mark?.variant === matrix.candidate?.id) ?? shots.find(({ mark }) => mark) ?? null;
  const a = shots.find((each) => each !== b && each.mark === null && each.lost === null) ?? null;
  const of = cells.flatMap(({ samples }, column) =>
    samples.filter((each) => anchor(column, each.sample, each.turn) === b?.id),
  )[0];
  return { groups, a, b, why: of ? whyView(of, matrix.metric, thumbs) : null };
}
