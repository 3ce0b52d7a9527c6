import type { GateNumbers } from '../record-gate.js';
import type { RunRecord } from '../record.js';
import { interval, score, signed } from './format.js';
import { isLost, matrix, type Cell, type Matrix } from './matrix.js';
import { outcomesText } from './outcomes.js';
import { spread } from './spread.js';

/** What a run says of one case of the candidate. */
export interface Finding {
  cell: Cell;
  state: keyof typeof ranks;
  /** The state for people. */
  words: string;
  /** What was measured: by each gating metric or, where no gate judged, by the metric of the matrix. */
  effects: { metric: string; text: string }[];
}

/** Worst first. `lost`: samples, but no usable picture; `infra`: for infrastructure errors alone. */
const ranks = { broken: 0, infra: 1, lost: 2, undecided: 3, unmeasured: 4, unjudged: 5, unchanged: 6, ok: 7 };

const words = {
  broken: 'broken',
  undecided: 'undecided',
  unmeasured: 'not measured by what gates',
  unchanged: 'unchanged: the same request on both sides',
  ok: 'ok',
};

/** Every case of the candidate, the worst first. */
export function findings(record: RunRecord): Finding[] {
  const { rows, candidate, metric } = matrix(record);
  const numbers = judged(record) ? record.gate?.numbers : undefined;
  const verdicts = new Map(numbers?.cases.map((each) => [each.case, each]));
  const found = rows.flatMap(({ case: { name }, cells }) =>
    cells
      .filter(({ variant }) => variant === candidate)
      .map((cell): Finding => {
        const verdict = verdicts.get(name);
        const effects = numbers && verdict ? gated(verdict, numbers) : metric === null ? [] : [shown(cell, metric)];
        return { cell, ...stateOf(cell, verdict?.state), effects };
      }),
  );
  const worst = ({ cell }: Finding) =>
    Math.min(0, ...(verdicts.get(cell.case.name)?.metrics ?? []).map(({ effect }) => effect ?? 0));
  return found.sort((a, b) => ranks[a.state] - ranks[b.state] || worst(a) - worst(b));
}

/** The rows of a matrix in the order of its findings. */
export function worstFirst(table: Matrix, found: readonly Finding[]): Matrix {
  const places = new Map(found.map(({ cell }, place) => [cell.case.name, place]));
  const place = (row: Matrix['rows'][number]) => places.get(row.case.name) ?? found.length;
  return { ...table, rows: [...table.rows].sort((a, b) => place(a) - place(b)) };
}

/** False where no gate was asked, where it could not judge, and where the infrastructure left nothing to judge. */
export function judged(record: RunRecord): boolean {
  const state = record.verdict?.state;
  return record.gate !== null && (state === 'pass' || state === 'regression' || state === 'inconclusive');
}

/** A difference as the metric counts it: the gate's own are turned so that negative is worse. */
export function turned(better: 'higher' | 'lower', effect: number): number {
  return better === 'higher' ? effect : -effect;
}

/** `margin 0.025` */
export function marginText(margin: number): string {
  return `margin ${Number(margin.toFixed(3))}`;
}

/** What a gating metric says of all cases: `−0.047 [−0.081, −0.012], margin 0.02, n 21 against 72` */
export function suiteEffect(record: RunRecord, id: string): string {
  const metric = record.gate?.numbers.metrics.find((each) => each.id === id);
  if (!metric) return '–';
  const { better, effect, bounds, margin, n, n0 } = metric;
  if (effect === null) return 'not judged yet';
  const ends = bounds ? [bounds.low, bounds.high].map((end) => turned(better, end)).sort((a, b) => a - b) : [];
  const range = bounds ? ` [${ends.map((end) => score(end, 3)).join(', ')}]` : '';
  return `${signed(turned(better, effect), 3)}${range} (${marginText(margin)}), n ${n} against ${n0}`;
}

type CaseVerdict = GateNumbers['cases'][number];

function stateOf(cell: Cell, verdict: CaseVerdict['state'] | undefined): Pick<Finding, 'state' | 'words'> {
  // A broken case is proven; of an unchanged one nothing is made.
  if (verdict === 'broken' || verdict === 'unchanged') return { state: verdict, words: words[verdict] };
  if (cell.samples.length === 0) return { state: 'lost', words: 'no sample was made' };
  if (isLost(cell)) {
    const infra = cell.samples.every(({ outcome }) => outcome === 'infra_error');
    return { state: infra ? 'infra' : 'lost', words: `no usable picture: ${outcomesText(cell.samples)}` };
  }
  return verdict ? { state: verdict, words: words[verdict] } : { state: 'unjudged', words: 'not judged' };
}

function gated(verdict: CaseVerdict, { metrics }: GateNumbers): Finding['effects'] {
  return verdict.metrics.map(({ id, effect, margin, n, n0 }) => {
    const better = metrics.find((metric) => metric.id === id)?.better ?? 'higher';
    const change = effect === null ? '–' : signed(turned(better, effect), 3);
    return { metric: id, text: `${change} (${marginText(margin)}), n ${n} against ${n0}` };
  });
}

function shown({ case: recorded, scores }: Cell, metric: string): Finding['effects'][number] {
  const made = scores[metric];
  const approved = spread(recorded.baseline?.scores[metric] ?? []);
  const mean = made
    ? `${score(made.mean)}${made.interval ? ` ${interval(made.interval)}` : ''}, n ${made.n}`
    : 'not measured';
  return { metric, text: approved ? `${mean}; approved ${score(approved.mean)}, n ${approved.n}` : mean };
}
