import { seededRandom } from '../lib/random.js';
import { normalDraws } from '../stats/normal.js';
import type { GateInput } from './input.js';
import { type Prospect, prospects } from './prospect.js';
import { playOut, type World } from './simulate.js';
import type { Design } from './trial.js';

/** Samples to be generated, of both arms where both are sampled in the run. */
export interface Forecast {
  /** Expected when nothing changed, when every gating metric dropped by half its margin, and by all of it. */
  same: Expectation;
  half: Expectation;
  regressed: Expectation;
  /** The cap, and with every case's extras. */
  cap: number;
  worst: number;
}

export interface Expectation {
  /** Until the suite is decided or at the cap. */
  samples: number;
  /** More for cases that the guard has not decided. Calls in flight at the decision come on top. */
  extras: number;
  /** Shares of simulated gates. */
  pass: number;
  regression: number;
  inconclusive: number;
}

const RUNS = 2000;
/** A look costs time by the case, so large suites are simulated less often. */
const MOST_LOOKS = 1_000_000;

/** What the gate will need; `null` where nothing tells how much scores scatter. Gaussian noise, deterministic. */
export function forecast(input: GateInput): Forecast | null {
  const known = prospects(input);
  const design = known[0]?.design;
  const sds = known.map(({ sd, metric }) => (metric.cases.length === 0 ? 0 : sd));
  if (!design || !sds.every((sd) => sd !== null)) return null;
  const changed = input.cases.filter(({ unchanged }) => !unchanged).length;
  const perStep = (changed / Math.max(1, design.cases)) * (input.reference.grows ? 2 : 1);
  const expect = (share: number) => expectation(known, design, sds, share, perStep);
  const cap = design.samples.max * design.cases * perStep;
  return {
    same: expect(0),
    half: expect(0.5),
    regressed: expect(1),
    cap,
    worst: cap + design.extras * design.cases * perStep,
  };
}

function expectation(
  known: readonly Prospect[],
  design: Design,
  sds: readonly number[],
  share: number,
  perStep: number,
): Expectation {
  const runs = Math.max(100, Math.min(RUNS, Math.floor(MOST_LOOKS / (design.samples.max * design.cases ** 2))));
  const approved = known[0]?.approved ? approvedByCase(known, design.cases) : null;
  const world = gaussian(design, sds, share);
  const sums = { samples: 0, extras: 0, pass: 0, regression: 0, open: 0 };
  for (let run = 0; run < runs; run += 1) {
    const { findings, extras } = playOut(design, known[0]?.rule ?? 'sequential', approved, world);
    sums.samples += findings.steps;
    sums.extras += extras;
    sums[findings.state] += 1;
  }
  return {
    samples: (sums.samples / runs) * perStep,
    extras: (sums.extras / runs) * perStep,
    pass: sums.pass / runs,
    regression: sums.regression / runs,
    inconclusive: sums.open / runs,
  };
}

/** A metric that could not be scored in some sample has fewer; the simulation gives every metric as many as the best. */
function approvedByCase(known: readonly Prospect[], cases: number): number[] {
  return Array.from({ length: cases }, (_, index) =>
    Math.max(0, ...known.map(({ metric, approved }) => approved?.[metric.cases.indexOf(index)] ?? 0)),
  );
}

/** θ = -share·δ: as it is the mean over all cases, those that can differ share all of it. */
function gaussian({ metrics }: Design, sds: readonly number[], share: number): World {
  const draw = normalDraws(seededRandom(1));
  const drops = metrics.map(({ margin, total, cases }) => (share * margin * total) / Math.max(1, cases.length));
  return {
    sample: (arm, index) => ({
      case: index,
      values: sds.map((sd, m) => draw() * sd - (arm === 'candidate' ? (drops[m] ?? 0) : 0)),
      events: [],
    }),
  };
}
