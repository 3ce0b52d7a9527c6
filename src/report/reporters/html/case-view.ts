import type { Picture, RunRecord, SampleRecord } from '../../../record.js';
import { count, duration, interval, meanAndSd, moment, money, score, signed } from '../../format.js';
import { byScore, variantLabel, type Cell, type Matrix } from '../../matrix.js';
import { spread, type Spread } from '../../spread.js';
import { intervalBar, type Axis } from './chart.js';
import { foundBoxes } from './found.js';
import { page } from './page.js';
import { casePage } from './paths.js';
import { pictureView, type PictureView } from './picture-view.js';
import { promptsView } from './prompts-view.js';
import { sampleView } from './sample-view.js';
import type { Thumbnails } from './thumbnails.js';

/** The page of one row of the matrix. */
export function caseView(record: RunRecord, matrix: Matrix, index: number, axis: Axis, thumbs: Thumbnails) {
  const row = matrix.rows[index];
  if (!row) throw new RangeError(`no row ${index}`);
  const { case: recorded, cells } = row;
  const { metric } = matrix;
  const all = cells.flatMap((cell) => cell.samples);
  const { others, unmeasured } = otherMetrics(record, metric, cells);
  const neighbour = (at: number) => {
    const other = matrix.rows[at]?.case.name;
    return other === undefined ? null : { name: other, href: `../${casePage(other)}` };
  };
  return {
    page: page(record, recorded.name, 'case'),
    name: recorded.name,
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
    hasFound: all.some((sample) => foundBoxes(sample).length > 0),
    checks: record.checks
      .filter((check) => check.case === recorded.name && !check.passed)
      .map(({ message, limit }) => ({ message, limit })),
    compare: compareView(record, recorded, all, matrix, cells, thumbs),
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
    prompts: promptsView(all, matrix.candidate?.revision ?? ''),
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
    count: count(cell.samples.length, 'sample'),
    samples: [...cell.samples]
      .sort(byScore(record, metric))
      .map((sample) => sampleView(record, sample, column, metric, thumbs)),
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

/** Sheets, approved picture and the candidate's weakest, large and in this order; what there is of them. */
function compareView(
  record: RunRecord,
  recorded: Cell['case'],
  all: readonly SampleRecord[],
  matrix: Matrix,
  cells: readonly Cell[],
  thumbs: Thumbnails,
) {
  const figures: { title: string; note: string; href: string | null; picture: PictureView }[] = [];
  const add = (title: string, note: string, picture: Picture, sample: SampleRecord | null) =>
    figures.push({
      title,
      note,
      href: null,
      picture: pictureView(
        thumbs,
        picture,
        `${recorded.name}, ${title}, ${note}`,
        'full',
        sample ? foundBoxes(sample) : [],
      ),
    });

  const inputs = all.flatMap((sample) => sample.inputs);
  for (const name of new Set(recorded.characters.map((character) => character.sheet))) {
    const sheet = inputs.find((input) => input.name === name);
    if (sheet) add('Reference sheet', sheet.name, sheet, null);
  }
  const approved = recorded.baseline;
  if (approved?.picture) {
    const mean = spread((matrix.metric !== null && approved.scores[matrix.metric]) || []);
    add(
      'Approved',
      `representative of ${mean ? `${mean.n}, mean ${score(mean.mean)}` : 'the approved set'}`,
      approved.picture,
      null,
    );
  }
  const candidate = cells.find((cell) => cell.variant === matrix.candidate);
  const weakest = [...(candidate?.samples ?? [])]
    .filter((sample) => sample.image && sample.outcome === 'ok')
    .sort(byScore(record, matrix.metric))[0];
  if (candidate && weakest?.image) {
    const value = matrix.metric === null ? null : (weakest.scores[matrix.metric]?.value ?? null);
    const note = `${variantLabel(candidate.variant)}, sample ${weakest.sample}, ${value === null ? 'not scored' : score(value)}`;
    add(value === null ? 'Candidate' : 'Candidate’s weakest', note, weakest.image, weakest);
  }
  return figures;
}
