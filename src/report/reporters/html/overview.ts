import { wholeSum } from '../../../lib/whole-sum.js';
import { checkResults } from '../../../record-checks.js';
import { pictureLatencies } from '../../../record-latency.js';
import type { RunRecord } from '../../../record.js';
import { findingViews } from '../../finding-views.js';
import type { Finding } from '../../findings.js';
import { count, duration, line, money } from '../../format.js';
import { headline } from '../../headline.js';
import { variantLabel, type Matrix } from '../../matrix.js';
import { quantile } from '../../spread.js';
import { nextCommand } from '../summary-next.js';
import type { Axis } from './chart.js';
import { driftViews } from './drift-view.js';
import { isProblem, matrixView } from './matrix-view.js';
import { overviewFacts } from './overview-facts.js';
import { overviewPair } from './overview-pair.js';
import { page } from './page.js';
import { casePage } from './paths.js';
import type { Thumbnails } from './thumbnails.js';
import { spentFor } from '../../spending.js';

/** Failed checks shown before the rest folds away, so that the matrix stays in sight. */
const FEW = 4;

/** The first page: what it came to, what it took, and the matrix. */
export function overviewView(
  record: RunRecord,
  table: Matrix,
  findings: readonly Finding[],
  axis: Axis,
  thumbs: Thumbnails,
) {
  const { next, ...head } = headline(record);
  const checks = checkResults(record);
  const failed = checks.failed.map((check) => checkView(record, check));
  const matrix = matrixView(record, table, findings, axis, thumbs);
  const first = findings[0] && isProblem(findings[0]) ? worst(findings[0]) : next;
  const row = matrix.rows.find(({ name }) => name === first?.name);
  const column = record.variants.findIndex((variant) => variant === table.candidate);
  return {
    page: page(record, head.word, 'overview'),
    head,
    next: first && {
      name: line(first.name, 60),
      why: first.why,
      href: row?.cells[column]?.tiles[0]?.href ?? casePage(first.name),
    },
    command: nextCommand(record),
    pair: overviewPair(record, table, first?.name, thumbs),
    facts: overviewFacts(record),
    failedChecks: failed.slice(0, FEW),
    moreChecks: failed.length > FEW ? { title: `${failed.length - FEW} more`, checks: failed.slice(FEW) } : null,
    unmeasuredChecks: checks.unmeasured.map((check) => checkView(record, check)),
    warnings: record.warnings,
    matrix,
    drift: driftViews(record),
    columns: record.variants.map((variant) => variantTotals(record, variant)),
  };
}

/** `regression, consistency −0.247 (margin 0.045), n 4 against 16` */
function worst({ cell, state, effects }: Finding) {
  const why = [
    ...(state === 'unjudged' || state === 'ok' ? [] : [findingViews[state].word]),
    ...(cell.checksFailed > 0 ? [`${count(cell.checksFailed, 'check')} failed`] : []),
    ...(state === 'broken' || state === 'undecided' ? effects.map(({ metric, text }) => `${metric} ${text}`) : []),
  ];
  return { name: cell.case.name, why: why.join('; ') };
}

function checkView(record: RunRecord, check: RunRecord['checks'][number]) {
  const variant = record.variants.find((each) => each.id === check.variant);
  return {
    href: check.case === null ? null : casePage(check.case),
    where: check.case ?? 'all cases',
    variant: variant ? variantLabel(variant) : check.variant,
    failed: check.passed === false,
    message: check.message,
  };
}

function variantTotals(record: RunRecord, variant: RunRecord['variants'][number]) {
  const samples = record.samples.filter((sample) => sample.variant === variant.id);
  const latencies = samples.flatMap(pictureLatencies);
  const cost = wholeSum(samples.map(spentFor));
  const ok = samples.filter((sample) => sample.outcome === 'ok').length;
  return {
    label: variantLabel(variant),
    ok: `${ok} of ${samples.length}`,
    cost: money(cost),
    perPicture: ok > 0 && cost !== null ? money(cost / ok) : '–',
    latency: `${duration(quantile(latencies, 0.5))} / ${duration(quantile(latencies, 0.95))}`,
  };
}
