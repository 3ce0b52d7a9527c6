import type { Colors } from 'picocolors/types.js';
import type { RunRecord } from '../../../record.js';
import { drifts, METRIC, type Drift } from '../../drift/drift.js';
import { approvedNotes, driftSentence, driftWords, missingNotes } from '../../drift/words.js';
import { line, meanAndSd, score } from '../../format.js';
import { variantLabel } from '../../matrix.js';
import { table, type TextCell } from './table.js';

/** As many hops as fit 120 columns. */
const MOST = 6;
const WIDTH = 116;

/** The score against the hop or the turn, a row a variant; empty where no picture is made from another of the run. */
export function driftTables(record: RunRecord, colours: Colors): string {
  return drifts(record)
    .map((drift) => driftTable(drift, colours))
    .join('\n\n');
}

function driftTable(drift: Drift, colours: Colors): string {
  const shown = spaced(drift.hops.map((_, i) => i));
  const hops = shown.flatMap((i) => drift.hops[i] ?? []);
  const { step, unit, approved: what } = driftWords[drift.by];
  const columns = [
    { title: 'variant', align: 'left' as const },
    { title: `${unit}s`, align: 'right' as const },
    ...hops.map(({ hop }) => ({ title: `${step} ${hop}`, align: 'right' as const })),
  ];
  const rows = drift.variants.map(({ variant, chains, spreads }): TextCell[] => [
    { text: line(variantLabel(variant), 28), ...(variant.candidate ? {} : { paint: colours.dim }) },
    { text: String(chains.length) },
    ...shown.map((i) => {
      const spread = spreads[i];
      return { text: spread ? meanAndSd(spread.mean, spread.sd) : '–' };
    }),
  ]);
  const approved = [
    { text: what.replace('the ', '') },
    { text: '' },
    ...hops.map((hop) => ({ text: hop.approved ? score(hop.approved.mean) : '–' })),
  ];
  const scenes = hops.map(({ hop, cases }) => `${hop} ${cases.join(', ')}`).join(' · ');
  return [
    `${colours.bold(`Drift of ${line(drift.of, 40)}`)}: ${METRIC} by ${drift.by === 'hop' ? 'hops from its sheet' : 'turn'}, mean ± sd over the ${unit}s`,
    table(columns, drift.approved.values.size > 0 ? [...rows, approved] : rows, colours.dim),
    ...(drift.by === 'hop' ? [colours.dim(`  hops: ${line(scenes, WIDTH - 6)}`)] : []),
    ...drift.variants.map((each) => `  ${line(variantLabel(each.variant), 28)}: ${driftSentence(each, drift.by)}`),
    ...drift.variants.flatMap((each) =>
      missingNotes(each).map((note) => `  ${line(`${variantLabel(each.variant)}: ${note}`, WIDTH)}`),
    ),
    ...approvedNotes(drift).map((note) => colours.dim(`  ${line(note, WIDTH)}`)),
  ].join('\n');
}

/** First, last and evenly between. */
function spaced(places: readonly number[]): number[] {
  if (places.length <= MOST) return [...places];
  return Array.from({ length: MOST }, (_, i) => Math.round((i * (places.length - 1)) / (MOST - 1)));
}
