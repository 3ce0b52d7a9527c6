import type { RunRecord, SampleRecord } from '../../../record.js';
import { count, duration, interval, line, moment, money, score, signed, spent } from '../../format.js';
import { headline } from '../../headline.js';
import { byScore, variantLabel, type Cell, type Matrix } from '../../matrix.js';
import { quantile, spread } from '../../spread.js';
import { intervalBar, type Axis } from './chart.js';
import { driftViews } from './drift-view.js';
import { foundBox } from './found.js';
import { outcomeViews } from '../../outcomes.js';
import { page } from './page.js';
import { anchor, casePage } from './paths.js';
import type { Thumbnails } from './thumbnails.js';

const TILES = 4;
/** Failed checks shown before the rest folds away, so that the matrix stays in sight. */
const FEW = 4;

/** The first page: what it came to, what it took, and the matrix. */
export function overviewView(record: RunRecord, matrix: Matrix, axis: Axis, thumbs: Thumbnails) {
  const head = headline(record);
  const failed = record.checks.filter((check) => !check.passed).map((check) => checkView(record, check));
  return {
    page: page(record, head.word, 'overview'),
    head: { tone: head.tone, mark: head.mark, word: head.word, title: head.title, sentences: head.sentences },
    next: head.next && { name: line(head.next.name, 60), why: head.next.why, href: `./${casePage(head.next.name)}` },
    facts: facts(record),
    failedChecks: failed.slice(0, FEW),
    moreChecks: failed.length > FEW ? { title: `${failed.length - FEW} more`, checks: failed.slice(FEW) } : null,
    warnings: record.warnings,
    metric: matrix.metric ?? 'nothing measured',
    axis: { low: score(axis.low), high: score(axis.high) },
    variants: record.variants.map((variant) => ({
      name: variant.name,
      revision: variant.revision,
      candidate: variant.candidate,
    })),
    rows: matrix.rows.map((row) => ({
      name: row.case.name,
      href: `./${casePage(row.case.name)}`,
      note: [
        ...(row.case.characters.length > 0 ? row.case.characters.map((each) => each.name) : ['no character']),
        approvedNote(row.cells[0], matrix.metric),
      ].join(', '),
      cells: row.cells.map((cell, column) => cellView(record, matrix, axis, cell, column, thumbs)),
    })),
    drift: driftViews(record),
    columns: record.variants.map((variant) => variantTotals(record, variant)),
  };
}

function checkView(record: RunRecord, check: RunRecord['checks'][number]) {
  const variant = record.variants.find((each) => each.id === check.variant);
  return {
    href: check.case === null ? null : `./${casePage(check.case)}`,
    where: check.case ?? 'all cases',
    variant: variant ? variantLabel(variant) : check.variant,
    message: check.message,
    limit: check.limit,
  };
}

function approvedNote(cell: Cell | undefined, metric: string | null): string {
  const approved = approvedSpread(cell, metric);
  if (!cell?.case.baseline) return 'nothing approved yet';
  if (approved) return `approved ${score(approved.mean)}, n ${approved.n}`;
  return metric !== null && metric in cell.case.baseline.incomparable
    ? 'approved, not comparable'
    : 'approved, not scored';
}

function approvedSpread(cell: Cell | undefined, metric: string | null) {
  return spread((metric !== null && cell?.case.baseline?.scores[metric]) || []);
}

function cellView(record: RunRecord, { metric }: Matrix, axis: Axis, cell: Cell, column: number, thumbs: Thumbnails) {
  const each = metric === null ? null : (cell.scores[metric] ?? null);
  const approved = approvedSpread(cell, metric);
  const shown = [...cell.samples].sort(byScore(record, metric)).filter((sample) => sample.image !== null);
  const href = `./${casePage(cell.case.name)}#v${column + 1}`;
  return {
    href,
    tiles: pick(shown).flatMap((sample) => tileView(sample, cell, column, metric, thumbs)),
    more:
      shown.length > TILES
        ? { href, text: `+${shown.length - TILES}`, label: `${count(shown.length - TILES, 'more sample')}` }
        : null,
    mean: each ? score(each.mean) : null,
    interval: each?.interval ? interval(each.interval) : '',
    n: each ? `n ${each.n}` : '',
    change: each && approved ? signed(each.mean - approved.mean) : null,
    bar: each && metric !== null ? intervalBar(axis, metric, each, approved?.mean ?? null) : null,
    unmeasured: each ? null : whyNot(cell, metric),
    outcomes: cell.outcomes.some(({ outcome }) => outcome !== 'ok')
      ? cell.outcomes
          .filter(({ outcome }) => outcome !== 'ok')
          .map(({ outcome, n }) => ({ ...outcomeViews[outcome], n }))
      : [],
    failed: cell.checksFailed > 0 ? `${count(cell.checksFailed, 'check')} failed` : null,
  };
}

/** Worst, best and two from the middle, in that order of rank; all of them when they are few. */
function pick(ranked: readonly SampleRecord[]): SampleRecord[] {
  if (ranked.length <= TILES) return [...ranked];
  const places = Array.from({ length: TILES }, (_, i) => Math.round((i * (ranked.length - 1)) / (TILES - 1)));
  return places.flatMap((i) => ranked[i] ?? []);
}

function tileView(sample: SampleRecord, cell: Cell, column: number, metric: string | null, thumbs: Thumbnails) {
  if (!sample.image) return [];
  const found = foundBox(sample);
  const value = metric === null ? null : (sample.scores[metric]?.value ?? null);
  const scored = value === null ? 'not scored' : `${metric} ${score(value)}`;
  const turn = sample.turn === undefined ? '' : `, turn ${sample.turn}`;
  return {
    src:
      thumbs.problem(sample.image) === null
        ? `./${found ? thumbs.tile(sample.image, found) : thumbs.whole(sample.image)}`
        : null,
    href: `./${casePage(cell.case.name)}#${anchor(column, sample.sample, sample.turn)}`,
    alt: `${cell.case.name}, ${variantLabel(cell.variant)}, sample ${sample.sample}${turn}, ${scored}`,
    cropped: found !== null,
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

function facts(record: RunRecord) {
  const { images, calls, cost, latencyMs } = record.totals;
  const cached = record.samples.filter((sample) => sample.cached).length;
  const passed = record.checks.filter((check) => check.passed).length;
  const approved = record.cases.filter((each) => each.baseline !== null);
  const lastApproval = approved
    .flatMap((each) => each.baseline?.approvedAt ?? [])
    .sort()
    .at(-1);
  return [
    {
      name: 'Images',
      value: [`${images} made`, ...(cached > 0 ? [`${cached} from cache`] : []), count(calls, 'call')].join(', '),
    },
    {
      name: 'Cost',
      value: [
        spent(cost),
        ...(cost.estimated > 0 ? [`${money(cost.estimated)} of it estimated`] : []),
        ...(cost.saved > 0 ? [`${money(cost.saved)} saved`] : []),
        ...(cost.unpriced > 0 ? [`${count(cost.unpriced, 'call')} without a price`] : []),
      ].join(', '),
    },
    { name: 'Latency p50 / p95', value: `${duration(latencyMs.p50)} / ${duration(latencyMs.p95)}` },
    {
      name: 'Checks',
      value: record.checks.length === 0 ? 'none set' : `${passed} passed, ${record.checks.length - passed} failed`,
    },
    {
      name: 'Approved baseline',
      value:
        lastApproval === undefined
          ? 'none yet'
          : `${moment(lastApproval).slice(0, 10)}, ${approved.length} of ${count(record.cases.length, 'case')}`,
    },
    { name: 'Encoder', value: record.encoder?.id ?? 'none' },
  ];
}

function variantTotals(record: RunRecord, variant: RunRecord['variants'][number]) {
  const samples = record.samples.filter((sample) => sample.variant === variant.id);
  const latencies = samples.flatMap((sample) => sample.latencyMs ?? []);
  const costs = samples.map((sample) => sample.cost);
  const ok = samples.filter((sample) => sample.outcome === 'ok').length;
  return {
    label: variantLabel(variant),
    samples: count(samples.length, 'sample'),
    ok: `${ok} of ${samples.length}`,
    cost: money(costs.reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0)),
    perPicture:
      ok > 0 && !costs.includes(null) ? money(costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0) / ok) : '–',
    latency: `${duration(quantile(latencies, 0.5))} / ${duration(quantile(latencies, 0.95))}`,
  };
}
