import { seededRandom } from '../lib/random.js';
import { chiSquareDraws, normalDraws } from '../stats/normal.js';
import { studentTQuantile } from '../stats/student-t.js';
import { inflation, LEAST_DF, logRatio } from './estimate.js';
import { levelsOf } from './levels.js';
import type { Prospect } from './prospect.js';

/** 20,000 gates put a chance of .90 within ±.002 (standard error); huge suites get fewer. */
const RUNS = 20_000;
const MOST_SAMPLES = 20_000_000;

/**
 * Whether P(PASS | θ = 0) by the cap is at least `share`, under Gaussian noise of the given sd, of the suite's rule alone.
 * Deterministic: one seed, and no more runs than tell. One number is drawn a sample: Welford's update moves the case's mean, with it θ̂, and adds to Σ SS; what was approved enters
 * by its means' variance and a chi-square.
 */
export function passesSoOften(prospect: Prospect, sd: number, margin: number, share: number): boolean {
  const { design, metric, approved, rule } = prospect;
  const cases = metric.cases.length;
  const runs = Math.max(1000, Math.min(RUNS, Math.floor(MOST_SAMPLES / (cases * design.samples.max))));
  const random = seededRandom(1);
  const normal = normalDraws(random);
  const arms = approved ? 1 : 2;
  const df = prospect.df - arms * cases * (design.samples.max - 1);
  const path: Path = {
    total: metric.total,
    first: cases * (rule === 'fixed' ? design.samples.max : design.samples.min),
    last: cases * design.samples.max,
    means: [new Float64Array(cases), new Float64Array(cases)].slice(0, arms),
    df,
    squares: chiSquareDraws(df, random, normal),
    inverse: (approved ?? []).reduce((sum, n) => sum + 1 / n, 0),
    // Only δ/σ matters, so the path is drawn for σ = 1.
    says: rule === 'fixed' ? once(prospect, margin / sd) : anytime(prospect, margin / sd),
  };
  let spare = Math.floor((1 - share) * runs);
  for (let run = 0; run < runs && spare >= 0; run += 1) if (!passes(path, normal)) spare -= 1;
  return spare >= 0;
}

/** PASS (true), REGRESSION (false) or nothing yet, from θ̂ and its variance. */
type Rule = (effect: number, variance: number, df: number) => boolean | null;

function anytime({ design }: Prospect, margin: number): Rule {
  const { pass, regression } = levelsOf(design);
  const [low, high] = [Math.log(pass), -Math.log(regression)];
  return (effect, variance, df) => {
    if (df < LEAST_DF) return null;
    const ratio = logRatio(effect, variance * inflation(df), margin);
    return ratio <= low ? true : ratio >= high ? false : null;
  };
}

function once({ design, df }: Prospect, margin: number): Rule {
  const t = studentTQuantile(1 - levelsOf(design).pass, df);
  return (effect, variance) => effect - t * Math.sqrt(variance) > -margin;
}

interface Path {
  total: number;
  /** Samples before the first look, and at the cap. */
  first: number;
  last: number;
  /** By arm that grows (candidate first), the means of its cases; room to work in. */
  means: readonly Float64Array[];
  /** What was known before: degrees of freedom, Σ SS of one run, Σ 1/n0. */
  df: number;
  squares: () => number;
  inverse: number;
  says: Rule;
}

function passes(path: Path, normal: () => number): boolean {
  const { total, means, first, last } = path;
  const cases = means[0]?.length ?? 0;
  let { df, inverse } = path;
  let squares = path.squares();
  let sum = normal() * Math.sqrt(inverse);
  for (let taken = 0; taken < last;) {
    const index = taken % cases;
    const n = (taken - index) / cases + 1;
    for (let arm = 0; arm < means.length; arm += 1) {
      const ofArm = means[arm] ?? new Float64Array();
      const before = n === 1 ? 0 : (ofArm[index] ?? 0);
      const innovation = normal() - before;
      ofArm[index] = before + innovation / n;
      sum += (arm === 0 ? innovation : -innovation) / n;
      squares += (innovation ** 2 * (n - 1)) / n;
      if (n > 1) df += 1;
      inverse += 1 / n - (n > 1 ? 1 / (n - 1) : 0);
    }
    taken += 1;
    if (taken < first) continue;
    const verdict = path.says(sum / total, ((squares / df) * inverse) / total ** 2, df);
    if (verdict !== null) return verdict;
  }
  return false;
}
