import { pictureLatencies } from '../../../record-latency.js';
import type { RunRecord } from '../../../record.js';
import { costs, type Costs, type State, type Sum } from '../../costs.js';
import { count, duration, money } from '../../format.js';
import { variantLabel } from '../../matrix.js';
import { quantile } from '../../spread.js';
import { roundAxis, tenth } from './curve.js';
import { latencyChart, SIZE } from './latency-chart.js';
import { page } from './page.js';
import { casePage } from './paths.js';

/** Width of a bar's axis, in the SVG's own units. */
const BAR = 100;

/** What the run cost, where it went, and how long answers took. */
export function costView(record: RunRecord) {
  const all = costs(record);
  const high = roundAxis([0, ...all.rows.flatMap(({ cells }) => cells.map(({ spent }) => spent.usd))]).high;
  const bar = ({ usd }: Sum) => ({ width: BAR, value: tenth((usd / high) * BAR) });
  return {
    page: page(record, 'Cost', 'cost'),
    title: all.all.unpriced > 0 ? `At least ${money(all.all.usd)}` : money(all.all.usd),
    budget: budgetView(all),
    sentences: sentencesOf(all),
    facts: factsOf(record, all),
    high: money(high),
    variants: record.variants.map((variant) => ({
      name: variant.name,
      revision: variant.revision,
      candidate: variant.candidate,
    })),
    rows: all.rows.map(({ name, cells, all: sum }) => ({
      name,
      href: `./${casePage(name)}`,
      all: sumText(sum),
      cells: cells.map((cell) => ({
        spent: cell.samples === 0 ? '–' : sumText(cell.spent),
        n: cell.samples === 0 ? 'no samples' : samplesText(cell),
        bar: cell.samples > 0 && bar(cell.spent),
      })),
    })),
    sums: all.columns.map((column) => ({
      spent: sumText(column.all),
      perPicture: `${ratio(column.all, column.usable)} a usable picture, n ${column.usable} of ${column.samples}`,
    })),
    all: sumText(all.all),
    endings: statesOf(all.endings, record.samples.length),
    among: statesOf(all.among, record.samples.length),
    latency: latencyView(record),
  };
}

function budgetView({ budget, all }: Costs) {
  if (budget === null) return null;
  const share = budget > 0 ? all.usd / budget : 1;
  return {
    words: `${money(all.usd)} of a budget of ${money(budget)} (${Math.round(share * 100)} %)`,
    width: 2 * BAR,
    value: tenth(Math.min(1, share) * 2 * BAR),
  };
}

function sentencesOf({ all, usable, judged, columns }: Costs): string[] {
  const samples = columns.reduce((sum, each) => sum + each.samples, 0);
  return [
    `${ratio(all, usable)} a usable picture: ${usable} of ${count(samples, 'sample')} gave one.`,
    ...(judged?.spent != null && judged.cases > 0
      ? [
          `${money(judged.spent / judged.cases)} a judged case: ${money(judged.spent)} went into the verdict on ${count(judged.cases, 'case')}, ${judged.decided} of them decided by ${judged.decided === 1 ? 'its' : 'their'} own samples.`,
        ]
      : []),
  ];
}

function factsOf(record: RunRecord, { budget, cached }: Costs) {
  const { estimated, unpriced } = record.totals.cost;
  const batched = record.samples.filter(({ batch }) => batch).length;
  return [
    { name: 'Budget', value: budget === null ? 'none set; --max-cost sets one' : money(budget) },
    {
      name: 'Saved by cache',
      value:
        cached.samples > 0
          ? `${money(cached.saved)}, ${count(cached.samples, 'sample')}`
          : 'nothing: all was made anew',
    },
    {
      name: 'Estimated',
      value:
        estimated > 0
          ? `${money(estimated)} of it, where an answer did not say what it used`
          : 'nothing: every answer said what it used',
    },
    ...(unpriced > 0 ? [{ name: 'Without a price', value: count(unpriced, 'call') }] : []),
    { name: 'Calls', value: String(record.totals.calls) },
    ...judgeFact(record.totals),
    ...(batched > 0
      ? [{ name: 'Batch jobs', value: `${count(batched, 'sample')}, at the price of batch jobs and not of calls` }]
      : []),
    { name: 'Prices as of', value: record.prices.asOf },
  ];
}

/** The part of it all that judging took; it is in every sum of this page. */
function judgeFact({ judge }: RunRecord['totals']) {
  if (!judge) return [];
  const saved = judge.saved > 0 ? `, ${money(judge.saved)} saved` : '';
  return [{ name: 'For judging', value: `${money(judge.spent)} of it, ${count(judge.calls, 'call')}${saved}` }];
}

/** States that always stand there, so that zero is said; the others where they happened. */
const always = new Set([
  'usable picture',
  'blocked for safety',
  'refused otherwise',
  'infrastructure error',
  'retried',
]);

function statesOf(states: readonly State[], samples: number) {
  return states
    .filter((state) => state.samples > 0 || always.has(state.word))
    .map(({ mark, word, tone, counts, samples: n, spent }) => ({
      mark,
      word,
      tone: n > 0 ? tone : 'neutral',
      counts: counts.map((each) => (each.samples === 0 ? '0' : `${each.samples} · ${sumText(each.spent)}`)),
      all: String(n),
      share: samples > 0 ? `${Math.round((n / samples) * 100)} %` : '–',
      spent: sumText(spent),
    }));
}

function latencyView(record: RunRecord) {
  const values = record.variants.map(({ id }) =>
    record.samples.filter(({ variant }) => variant === id).flatMap(pictureLatencies),
  );
  if (values.every((each) => each.length === 0)) return null;
  const chart = latencyChart(values);
  return {
    size: SIZE,
    ticks: chart.ticks,
    rows: chart.rows.map((row, i) => {
      const [variant, each] = [record.variants[i], values[i] ?? []];
      const [p50, p95, slowest] = [0.5, 0.95, 1].map((share) => duration(quantile(each, share)));
      const label = variant ? variantLabel(variant) : '';
      return {
        ...row,
        label,
        n: String(each.length),
        median: p50,
        high: p95,
        slowest,
        spoken: `Latency of ${label}: p50 ${p50 ?? '–'}, p95 ${p95 ?? '–'}, slowest ${slowest ?? '–'}, n ${each.length}`,
      };
    }),
  };
}

function samplesText({ samples, cached }: { samples: number; cached: number }): string {
  return cached > 0 ? `${count(samples, 'sample')}, ${cached} from cache` : count(samples, 'sample');
}

function ratio({ usd, unpriced }: Sum, n: number): string {
  return n === 0 || unpriced > 0 ? '–' : money(usd / n);
}

function sumText({ usd, unpriced }: Sum): string {
  if (unpriced === 0) return money(usd);
  return usd === 0 ? money(null) : `at least ${money(usd)}`;
}
