import type { RunRecord } from '../../../record.js';
import { findingViews } from '../../finding-views.js';
import type { Finding } from '../../findings.js';
import { duration, interval, money, score } from '../../format.js';
import { variantLabel, type Matrix } from '../../matrix.js';
import { outcomesText } from '../../outcomes.js';
import { approvedSpread, changeText } from './matrix-view.js';
import { page } from './page.js';
import { casePage } from './paths.js';

/** The matrix in numbers and words alone, a line for each cell: to search, to print, to listen to. */
export function tableView(record: RunRecord, { rows, metric, candidate }: Matrix, findings: readonly Finding[]) {
  const found = new Map(findings.map((each) => [each.cell.case.name, each]));
  return {
    page: page(record, 'Table', 'table'),
    metric: metric ?? 'nothing measured',
    rows: rows.flatMap((row) =>
      row.cells.map((cell, column) => {
        const each = metric === null ? null : (cell.scores[metric] ?? null);
        const finding = cell.variant === candidate ? found.get(row.case.name) : undefined;
        return {
          name: row.case.name,
          href: `${casePage(row.case.name)}#v${column + 1}`,
          variant: variantLabel(cell.variant),
          verdict: finding ? findingViews[finding.state] : null,
          mean: each ? score(each.mean) : '–',
          interval: each?.interval ? interval(each.interval) : '',
          n: each ? String(each.n) : '0',
          change: changeText(each, approvedSpread(row.case, metric)),
          outcomes: outcomesText(cell.samples),
          cost: money(cell.cost),
          latency: duration(cell.p50),
        };
      }),
    ),
  };
}
