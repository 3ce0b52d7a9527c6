import type { RunRecord } from '../../../record.js';
import { count, interval, line, moment, score, signed } from '../../format.js';
import { turned } from '../../findings.js';
import { failedChecks, verdictViews } from '../../headline.js';
import { SHOWN, type History, type PastRun, type Score } from '../../history.js';
import type { OutcomeView } from '../../outcomes.js';
import { isLost, trends, type CaseTrend, type Trend, type Trends } from '../../trends.js';
import { roundAxis, type RoundAxis } from './curve.js';
import { page } from './page.js';
import { casePage } from './paths.js';
import { legendKey, letters, PLOT, SIZE, trendChart, type ChartRun } from './trend-chart.js';

/** What reads as a change with two decimals. */
const NOTABLE = 0.005;

const ungated: OutcomeView = { tone: 'neutral', mark: '○', word: 'Not gated' };

/** How the scores went over the runs of the suite that lie beside this one. */
export function trendsView(record: RunRecord, history: History) {
  const all = trends(history);
  const { runs, metric } = history;
  const id = metric?.id ?? 'nothing';
  const axis = roundAxis(meansOf(all));
  const chartRuns = runs.map((run) => chartRun(run, runs));
  const scene = { all, history, axis, runs: chartRuns };
  return {
    page: page(record, 'Trends', 'trends'),
    metric: id,
    model: all.model,
    isFirst: runs.length === 1,
    hasRuns: runs.length > 1 && metric !== null,
    span: `${count(runs.length, 'run')}, ${moment(runs[0]?.startedAt ?? record.startedAt)} to ${moment(record.startedAt)}`,
    lead: leadOf(all, history),
    notes: notesOf(history),
    others: all.others.map((each, i) => ({ ...each, ...legendKey(i), tint: tintOf(each.sameModel) })),
    hasApproved: [all.suite, ...all.cases].some(({ approved }) => approved.some((each) => each)),
    hasLost: all.cases.some(({ cells }) => cells.some(isLost)),
    hasGaps: runs.some(({ incomparable }) => incomparable !== null),
    verdicts: [...new Map(runs.map((run) => [verdictOf(run).word, verdictOf(run)])).values()],
    suite: panelView(all.suite, { index: 0, of: 'all cases', lost: runs.map(() => false) }, scene),
    averaged: `All cases: the mean of ${all.averaged.length} of ${count(all.cases.length, 'case')}, each counting once: those that this run measured. A run without one of them has no mean.`,
    cases: all.cases.map((each, i) => ({
      ...panelView(each, { index: i + 1, of: line(each.name, 60), lost: each.cells.map(isLost) }, scene),
      name: each.name,
      href: `./${casePage(each.name)}`,
      lost: lostNote(each),
    })),
    runs: runs.map((run, i) => runView(run, all, i)).reverse(),
  };
}

/** What a panel is, beside its trend. */
interface Place {
  index: number;
  of: string;
  /** The runs that have no usable picture of it. */
  lost: readonly boolean[];
}

interface Scene {
  all: Trends;
  history: History;
  axis: RoundAxis;
  runs: readonly ChartRun[];
}

function panelView(each: Trend, { index, of, lost }: Place, { all, history, axis, runs }: Scene) {
  const now = each.main.at(-1) ?? null;
  const chart = trendChart(each, runs, axis);
  const metric = history.metric?.id ?? '';
  return {
    id: `trend-${index}`,
    now: scoreView(now),
    moved: each.moved && {
      by: signed(each.moved.by),
      words: `from ${score(each.moved.median)}, median of ${count(each.moved.runs, 'run')}`,
    },
    label: `${metric} of ${of} over ${count(runs.length, 'run')}`,
    spoken: `Now ${now ? scoreText(now) : 'not measured'}. Axis from ${score(axis.low)} to ${score(axis.high)}. The numbers are in the table below.`,
    size: SIZE,
    plot: { ...PLOT, width: PLOT.right - PLOT.left, height: PLOT.bottom - PLOT.top },
    chart: {
      ...chart,
      lost: chart.columns.flatMap(({ x, width }, i) => (lost[i] ? [x + width / 2] : [])),
      isDense: runs.length > 24,
      others: chart.others.map((it, i) => ({ ...it, tint: tintOf(all.others[i]?.sameModel ?? false) })),
      columns: chart.columns.map((it, i) => ({ ...it, title: columnTitle(each, all, history.runs[i], i) })),
    },
    heads: all.others.map(({ label }) => label),
    rows: history.runs
      .map((run, i) => ({
        date: moment(run.startedAt),
        run: run.id,
        main: scoreView(each.main[i] ?? null),
        others: each.others.map((it) => scoreView(it[i] ?? null)),
        approved: scoreView(each.approved[i] ?? null),
        changes: changesText(each, i),
      }))
      .reverse(),
  };
}

/** What a pointer over a run reads. */
function columnTitle(each: Trend, all: Trends, run: PastRun | undefined, i: number): string {
  if (!run) return '';
  const said = [
    `${run.id}, ${moment(run.startedAt)}: ${verdictOf(run).word}`,
    ...(run.incomparable === null ? [] : [`not comparable: ${run.incomparable}`]),
    ...[each.main, ...each.others].flatMap((scores, row) => {
      const it = scores[i];
      return it ? [`${row === 0 ? all.model : (all.others[row - 1]?.label ?? '')}: ${scoreText(it)}`] : [];
    }),
    ...(each.approved[i] ? [`approved: ${scoreText(each.approved[i])}`] : []),
    ...(each.changes[i] ?? []).map(({ words }) => words),
  ];
  return said.map((text) => line(text, 160)).join('\n');
}

function runView(run: PastRun, all: Trends, i: number) {
  const cells = all.cases.flatMap(({ cells: of }) => of[i] ?? []);
  const samples = cells.reduce((sum, each) => sum + each.samples, 0);
  const cached = cells.reduce((sum, each) => sum + each.cached, 0);
  return {
    date: moment(run.startedAt),
    id: run.id,
    verdict: verdictOf(run),
    stopped:
      run.status === 'complete'
        ? null
        : { interrupted: 'interrupted', budget: 'stopped at its budget', failed: 'ended early' }[run.status],
    mean: scoreView(all.suite.main[i] ?? null),
    samples: samples === 0 ? 'none of this model' : cached > 0 ? `${samples}, ${cached} from cache` : String(samples),
    changes: all.changes[i]?.map(({ kind, words }) => ({ letter: letters[kind], words })) ?? [],
    incomparable: run.incomparable,
  };
}

function verdictOf({ verdict, checksFailed }: PastRun): OutcomeView {
  // As in the headline: only a regression comes before a failed check.
  if (checksFailed > 0 && verdict !== 'regression') return failedChecks;
  return verdict ? verdictViews[verdict] : ungated;
}

function chartRun(run: PastRun, runs: readonly PastRun[]): ChartRun {
  const { mark, word } = verdictOf(run);
  const days = new Set(runs.map(({ startedAt }) => moment(startedAt).slice(0, 10)));
  const at = moment(run.startedAt);
  return { mark, word, date: days.size > 1 ? at.slice(0, 10) : at.slice(11), incomparable: run.incomparable !== null };
}

/** The case to look at; `null` when none is below what it was. */
function leadOf({ cases, model }: Trends, { metric }: History): { name: string; href: string; words: string } | null {
  const [first] = cases;
  const now = first?.main.at(-1);
  if (!first) return null;
  const lead = (words: string) => ({ name: first.name, href: `./${casePage(first.name)}`, words });
  if (isLost(first.cells.at(-1))) return lead('has no usable picture in this run');
  if (!first.moved || !now || turned(metric?.better ?? 'higher', first.moved.by) > -NOTABLE) return null;
  const { by, median, runs } = first.moved;
  const before = `${signed(by)} from ${score(median)}, the median of ${count(runs, 'run')} before`;
  return lead(`is at ${scoreText(now)} on ${line(model, 60)}: ${before}`);
}

function lostNote({ cells, main }: CaseTrend): string | null {
  const cell = cells.at(-1);
  if (!cell) return 'No samples in this run.';
  if (isLost(cell)) return `No usable picture in this run, of ${count(cell.samples, 'sample')}.`;
  return main.at(-1) ? null : 'Not measured in this run.';
}

function notesOf({ runs, left, older }: History): string[] {
  const gaps = runs.filter(({ incomparable }) => incomparable !== null).length;
  return [
    ...(gaps > 0
      ? [
          `${count(gaps, 'run')} cannot be compared with this one and ${gaps === 1 ? 'is' : 'are'} shown as a gap; the table of runs says why.`,
        ]
      : []),
    ...(left.damaged > 0
      ? [
          `${count(left.damaged, 'record')} beside this run could not be read and ${left.damaged === 1 ? 'was' : 'were'} left out.`,
        ]
      : []),
    ...(left.otherPictures > 0
      ? [`${count(left.otherPictures, 'run')} left out: emulated and real pictures are never mixed.`]
      : []),
    ...(left.shards > 0 ? [`${count(left.shards, 'part')} of a split run left out: a merged run holds them.`] : []),
    ...(older ? [`Older runs are there and not shown: the page looks back at most ${SHOWN} runs.`] : []),
  ];
}

function meansOf({ suite, cases }: Trends): number[] {
  return [suite, ...cases]
    .flatMap(({ main, others, approved }) => [...main, ...others.flat(), ...approved])
    .flatMap((each) => each?.mean ?? []);
}

const tintOf = (sameModel: boolean) => (sameModel ? 'near' : 'far');
const changesText = (each: Trend, i: number) => (each.changes[i] ?? []).map(({ words }) => words).join('; ');

function scoreView(each: Score | null) {
  return {
    mean: score(each?.mean ?? null),
    interval: each?.interval ? interval(each.interval) : '',
    n: each ? `n ${each.n}` : '',
  };
}

function scoreText(each: Score): string {
  return `${score(each.mean)}${each.interval ? ` ${interval(each.interval)}` : ''}, n ${each.n}`;
}
