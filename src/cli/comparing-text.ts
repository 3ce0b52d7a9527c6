import type { Colors } from 'picocolors/types.js';
import type { Terms } from '../gate/terms.js';
import type { RunRecord } from '../record.js';
import { findings, judged, suiteEffect } from '../report/findings.js';
import { line } from '../report/format.js';
import { headline } from '../report/headline.js';
import { headLine } from '../report/reporters/terminal/summary.js';
import { table, type TextCell } from '../report/reporters/terminal/table.js';
import type { CompareRequest, Comparison } from '../run-compare.js';

/** The verdict of the record in words, then what was measured, the worst case first. */
export function comparisonText(record: RunRecord, colours: Colors): string {
  const blocks = [
    `${headLine(headline(record), colours)}\n  ${line(record.verdict?.message ?? '')}`,
    table(columns, [...suiteRows(record), ...caseRows(record, colours)], colours.dim),
    record.emulated && colours.magenta("Emulated pictures, not Gemini's."),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

/** One document; with the values, where they were measured anew. */
export function comparisonJson(request: CompareRequest, { terms, verdict }: Comparison, isRescored: boolean): string {
  const document = { terms, verdict, ...(isRescored ? { rescored: valuesOf(request, terms) } : {}) };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** By side and sample, what the gating metrics say. */
function valuesOf({ record, opponent, baseline }: CompareRequest, { candidate, metrics, cases }: Terms) {
  const ids = metrics.map(({ id }) => id);
  const made = (run: RunRecord, variant: string) =>
    run.samples.flatMap(({ scores, ...sample }) => {
      const values = ids.map((id) => [id, scores[id]?.value ?? null] as const);
      const counts = sample.variant === variant && sample.extra !== 'ancestor';
      return counts ? [{ case: sample.case, sample: sample.sample, values: Object.fromEntries(values) }] : [];
    });
  const approved = () =>
    cases.flatMap(({ name }) =>
      (baseline.cases.get(name)?.samples ?? []).map(({ sample, scores }) => ({
        case: name,
        sample,
        values: Object.fromEntries(ids.map((id) => [id, scores[id] ?? null])),
      })),
    );
  return {
    encoder: record.encoder,
    metrics: Object.fromEntries(ids.map((id) => [id, record.metrics[id]?.version])),
    candidate: made(record, candidate),
    reference: opponent.kind === 'baseline' ? approved() : made(opponent.record, opponent.variant),
  };
}

const columns = ['case', 'metric', 'difference', 'state'].map((title) => ({ title, align: 'left' as const }));

function suiteRows(record: RunRecord): TextCell[][] {
  const metrics = judged(record) ? (record.gate?.numbers.metrics ?? []) : [];
  return metrics.map(({ id, state }, i) => cells(i === 0 ? 'all cases' : '', id, suiteEffect(record, id), state));
}

function caseRows(record: RunRecord, colours: Colors): TextCell[][] {
  return findings(record).flatMap(({ cell, state, words, effects }) => {
    const name = line(cell.case.name, 22);
    const paint = state === 'broken' ? colours.red : undefined;
    const rows = effects.length > 0 ? effects : [{ metric: '', text: '' }];
    return rows.map(({ metric, text }, i) =>
      i === 0 ? cells(name, metric, text, line(words, 60), paint) : cells('', metric, text, ''),
    );
  });
}

function cells(name: string, metric: string, difference: string, state: string, paint?: TextCell['paint']): TextCell[] {
  return [{ text: name }, { text: line(metric, 22) }, { text: difference }, { text: state, ...(paint && { paint }) }];
}
