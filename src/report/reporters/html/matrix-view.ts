import type { RunRecord, SampleRecord } from '../../../record.js';
import { findingViews } from '../../finding-views.js';
import type { Finding } from '../../findings.js';
import { count, interval, score, signed } from '../../format.js';
import { byScore, type Cell, type Matrix } from '../../matrix.js';
import { outcomeViews } from '../../outcomes.js';
import { spread, type Spread } from '../../spread.js';
import { intervalBar, type Axis } from './chart.js';
import { foundBox } from './found.js';
import { anchor, casePage } from './paths.js';
import type { Thumbnails } from './thumbnails.js';

/** Runs with more pictures than this keep only the rows in sight live: at 1,000 a whole table takes twice as long to open. */
export const LIVE_PICTURES = 500;

/** Pictures of a cell: more where the cell has the whole width. */
const tilesOf = (variants: number) => (variants === 1 ? 8 : 4);
/** Beyond this, dots are a smear. */
const MOST_DOTS = 8;
/** What somebody has to look at or to pay for before the case is settled. */
const problems: ReadonlySet<Finding['state']> = new Set(['broken', 'infra', 'lost', 'undecided']);

/** The matrix as a table of the overview; rows in the order of `table`. */
export function matrixView(
  record: RunRecord,
  table: Matrix,
  findings: readonly Finding[],
  axis: Axis,
  thumbs: Thumbnails,
) {
  const found = new Map(findings.map((each) => [each.cell.case.name, each]));
  const pictures = record.samples.filter(({ image }) => image !== null).length;
  const rows = rowViews(record, table, found, axis, thumbs);
  return {
    metric: table.metric ?? 'nothing measured',
    axis: { low: score(axis.low), high: score(axis.high) },
    virtual: pictures > LIVE_PICTURES,
    wide: record.variants.length <= 2,
    eight: rows.some(({ cells }) => cells.some(({ tiles }) => tiles.length > 4)),
    narrow: record.variants.length > 4,
    hasApproved: table.rows.some((row) => approvedSpread(row.case, table.metric)),
    variants: record.variants.map(({ name, revision, candidate }) => ({ name, revision, candidate })),
    filters: filtersView(record, findings),
    rows,
  };
}

function rowViews(
  record: RunRecord,
  { rows, metric, candidate }: Matrix,
  found: ReadonlyMap<string, Finding>,
  axis: Axis,
  thumbs: Thumbnails,
) {
  return rows.map((row) => {
    const own = found.get(row.case.name);
    return {
      name: row.case.name,
      href: casePage(row.case.name),
      note: [
        ...(row.case.characters.length > 0 ? row.case.characters.map((each) => each.name) : ['no character']),
        approvedNote(row.case, metric),
      ].join(', '),
      state: own?.state ?? '',
      isProblem: own !== undefined && isProblem(own),
      change: own ? changeOf(record, own.cell, metric) : '',
      cost: String(Number(row.cells.reduce((sum, { cost, saved }) => sum + (cost ?? 0) + saved, 0).toFixed(4))),
      cells: row.cells.map((cell, column) =>
        cellView(record, metric, axis, cell, column, cell.variant === candidate ? own : undefined, thumbs),
      ),
    };
  });
}

export function isProblem({ state, cell }: Finding): boolean {
  return problems.has(state) || cell.checksFailed > 0;
}

/** How the candidate's mean differs from the approved one; empty where nothing was approved or measured. */
export function changeText(each: Spread | null, approved: Spread | null): string {
  return each && approved ? signed(each.mean - approved.mean) : '';
}

export function approvedSpread(recorded: Cell['case'], metric: string | null): Spread | null {
  return spread((metric !== null && recorded.baseline?.scores[metric]) || []);
}

/** For sorting: the difference to the approved mean, negative is worse. */
function changeOf(record: RunRecord, cell: Cell, metric: string | null): string {
  const each = metric === null ? null : cell.scores[metric];
  const approved = approvedSpread(cell.case, metric);
  if (!each || !approved || metric === null) return '';
  const change = (each.mean - approved.mean) * (record.metrics[metric]?.better === 'lower' ? -1 : 1);
  return String(Number(change.toFixed(4)));
}

/** What there is to choose from; a choice of one is none. */
function filtersView(record: RunRecord, findings: readonly Finding[]) {
  const choice = (values: readonly string[]) => {
    const distinct = [...new Set(values)];
    return distinct.length > 1 ? distinct : [];
  };
  return {
    models: choice(record.variants.map(({ name }) => name)),
    revisions: choice(record.variants.map(({ revision }) => revision)),
    states: choice(findings.map(({ state }) => state)).map((state) => ({
      state,
      word: findingViews[state as Finding['state']].word,
      n: findings.filter((each) => each.state === state).length,
    })),
    problems: findings.filter(isProblem).length,
  };
}

function approvedNote(recorded: Cell['case'], metric: string | null): string {
  const approved = approvedSpread(recorded, metric);
  if (!recorded.baseline) return 'nothing approved yet';
  if (approved) return `approved ${score(approved.mean)}, n ${approved.n}`;
  return metric !== null && metric in recorded.baseline.incomparable
    ? 'approved, not comparable'
    : 'approved, not scored';
}

function cellView(
  record: RunRecord,
  metric: string | null,
  axis: Axis,
  cell: Cell,
  column: number,
  finding: Finding | undefined,
  thumbs: Thumbnails,
) {
  const each = metric === null ? null : (cell.scores[metric] ?? null);
  const approved = approvedSpread(cell.case, metric);
  const shown = [...cell.samples].sort(byScore(record, metric)).filter((sample) => sample.image !== null);
  const most = tilesOf(record.variants.length);
  const bar = each && metric !== null ? intervalBar(axis, metric, each, approved?.mean ?? null) : null;
  return {
    tiles: pick(shown, most).map((sample, place) => ({
      ...tileView(sample, cell, column, metric, thumbs),
      isMarked: finding?.state === 'broken' && place === 0,
    })),
    more:
      shown.length > most
        ? {
            href: `${casePage(cell.case.name)}#v${column + 1}`,
            text: `+${shown.length - most}`,
            label: count(shown.length - most, 'more sample'),
          }
        : null,
    mean: each ? score(each.mean) : null,
    change: changeText(each, approved),
    interval: each?.interval ? interval(each.interval) : '',
    n: each ? `n ${each.n}` : '',
    // The figures beside it say the same.
    bar: bar && { ...bar, label: null, dots: each && each.n <= MOST_DOTS ? bar.dots : '' },
    unmeasured: each ? null : whyNot(cell, metric),
    verdict: finding && finding.state !== 'unjudged' ? findingViews[finding.state] : null,
    outcomes: cell.outcomes
      .filter(({ outcome }) => outcome !== 'ok')
      .map(({ outcome, n }) => ({ ...outcomeViews[outcome], n })),
    failed: cell.checksFailed > 0 ? `${count(cell.checksFailed, 'check')} failed` : null,
  };
}

/** Worst, best and some from between, by rank; all of them when they are few. */
function pick(ranked: readonly SampleRecord[], most: number): SampleRecord[] {
  if (ranked.length <= most) return [...ranked];
  const places = Array.from({ length: most }, (_, i) => Math.round((i * (ranked.length - 1)) / (most - 1)));
  return places.flatMap((i) => ranked[i] ?? []);
}

/** The column's head names the variant. */
function tileView(sample: SampleRecord, cell: Cell, column: number, metric: string | null, thumbs: Thumbnails) {
  const { image } = sample;
  const found = foundBox(sample);
  const value = metric === null ? null : (sample.scores[metric]?.value ?? null);
  const turn = sample.turn === undefined ? '' : ` turn ${sample.turn}`;
  return {
    src: image && thumbs.problem(image) === null ? (found ? thumbs.tile(image, found) : thumbs.whole(image)) : null,
    href: `${casePage(cell.case.name)}#${anchor(column, sample.sample, sample.turn)}`,
    alt: `${cell.case.name} #${sample.sample}${turn}, ${value === null ? 'not scored' : score(value)}`,
  };
}

function whyNot(cell: Cell, metric: string | null): string {
  if (cell.samples.length === 0) return 'no samples in this run';
  if (metric === null) return 'this run measured nothing';
  const reason = cell.samples.find((sample) => sample.outcome === 'ok')?.scores[metric]?.reason;
  return reason !== undefined
    ? `not measured: ${reason}`
    : cell.outcomes.some(({ outcome }) => outcome === 'ok')
      ? 'not measured'
      : 'no usable picture';
}
