import type { RunRecord } from '../../../record.js';
import { drifts, METRIC, type Drift, type VariantDrift } from '../../drift/drift.js';
import { approvedNotes, distanceSentence, driftSentence, driftWords, missingNotes } from '../../drift/words.js';
import { count, interval, score } from '../../format.js';
import { variantLabel } from '../../matrix.js';
import { isBanded, type RoundAxis } from './curve.js';
import { driftAxis, driftChart, PLOT, SIZE } from './drift-chart.js';
import { casePage } from './paths.js';

/** A section for each character that is handed on from scene to scene of the run, and for each conversation. */
export function driftViews(record: RunRecord) {
  return drifts(record).map((drift, index) => {
    const axis = driftAxis(drift);
    const id = `drift-${index + 1}`;
    return {
      id,
      of: drift.of,
      byTurn: drift.by === 'turn',
      words: driftWords[drift.by],
      metric: METRIC,
      hasApproved: drift.hops.some(({ approved }) => approved),
      hasBand: drift.variants.some(({ spreads }) => spreads.some(isBanded)),
      notes: [...(drift.variants.some(hasPair) ? [pairNote(driftWords[drift.by].unit)] : []), ...approvedNotes(drift)],
      panels: drift.variants.map((each, column) => panelView(drift, each, axis, `${id}-${column + 1}`)),
      rows: drift.hops.map(({ hop, cases, approved }, i) => ({
        hop: String(hop),
        cases: cases.map((name) => ({ name, href: `./${casePage(name)}` })),
        cells: drift.variants.map(({ spreads }) => cellText(spreads[i] ?? null)),
        approved: approved ? score(approved.mean) : '–',
      })),
    };
  });
}

const pairNote = (unit: string) =>
  `An interval from two ${unit}s is wider than anything worth drawing: it is among the numbers.`;
const hasPair = ({ spreads }: VariantDrift) => spreads.some((each) => each?.n === 2);

function panelView(drift: Drift, each: VariantDrift, axis: RoundAxis, id: string) {
  const { variant, chains } = each;
  const distance = distanceSentence(drift, each);
  return {
    id,
    name: variant.name,
    revision: variant.revision,
    candidate: variant.candidate,
    sentence: sentenceOf(driftSentence(each, drift.by)),
    distance: distance === null ? null : sentenceOf(distance),
    label: `${METRIC} of ${variantLabel(variant)} by ${drift.by}, ${count(chains.length, driftWords[drift.by].unit)}`,
    spoken: `Axis from ${score(axis.low)} to ${score(axis.high)}. The numbers are in the table below.`,
    chart: { ...driftChart(drift, each, axis), size: SIZE, plot: plot() },
    missing: missingNotes(each),
  };
}

function plot() {
  return { ...PLOT, width: PLOT.right - PLOT.left, height: PLOT.bottom - PLOT.top };
}

const sentenceOf = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function cellText(each: VariantDrift['spreads'][number]) {
  return each
    ? { mean: score(each.mean), interval: each.interval ? interval(each.interval) : '', n: `n ${each.n}` }
    : { mean: '–', interval: '', n: '' };
}
