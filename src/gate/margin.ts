import { studentTQuantile } from '../stats/student-t.js';
import { LEAST_DF } from './estimate.js';
import { LEAST_FIXED_DF } from './fixed.js';
import { levelsOf } from './levels.js';
import { passesSoOften } from './passing.js';
import type { Prospect } from './prospect.js';

const STEP = 0.005;
const SMALLEST = 4;
const WANTED = 0.9;

/**
 * `margin: auto`: the smallest δ ≥ .02 in steps of .005 that an unchanged candidate passes with chance ≥ .90 by the cap.
 * It depends on what was approved and on the cap alone, so it is set when the baseline is approved. `null` where no
 * margin could be passed: nothing tells the scatter, or it would rest on too few degrees of freedom.
 */
export function autoMargin(prospect: Prospect): number | null {
  const { sd, rule, df } = prospect;
  if (sd === null || !judgeable(prospect) || df < (rule === 'fixed' ? LEAST_FIXED_DF : LEAST_DF)) return null;
  const enough = (steps: number) => passesSoOften(prospect, sd, toMargin(steps), WANTED);
  let high = SMALLEST;
  while (!enough(high)) high *= 2;
  let low = high === SMALLEST ? SMALLEST : high / 2 + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle + 1;
  }
  return toMargin(high);
}

/** Whole steps, without the dust of binary fractions. */
function toMargin(steps: number): number {
  return Number((steps * STEP).toFixed(3));
}

/** What would do where the margin asks more than the cap can give; each alone, `null` where it cannot. */
export interface MarginWarning {
  /** δ²/(2V) at the cap, and what it must reach. */
  reach: number;
  needed: number;
  approvedSamples: number | null;
  candidateSamples: number | null;
  margin: number;
}

/**
 * A drop of just δ comes to ℓ = δ²/(2V) at the cap on average. Where that is below the threshold ln(1/level), or in fixed
 * mode t²/2, the gate would miss it half of the time or more. V = σ²/C² · Σ (1/n + 1/n0), solved for equal n0, for n, for δ.
 */
export function marginWarning(prospect: Prospect): MarginWarning | null {
  const { design, rule, metric, sd, approved, df } = prospect;
  const { max } = design.samples;
  const cases = metric.cases.length;
  if (sd === null || df < 1 || !judgeable(prospect)) return null;
  const { regression } = levelsOf(design);
  const needed = rule === 'fixed' ? studentTQuantile(1 - regression, df) ** 2 / 2 : -Math.log(regression);
  const perShare = (sd / metric.total) ** 2 * cases;
  const ofReference = approved ? approved.reduce((sum, n) => sum + 1 / n, 0) / cases : 1 / max;
  const variance = perShare * (1 / max + ofReference);
  const reach = metric.margin ** 2 / (2 * variance);
  if (reach >= needed) return null;
  /** What 1/n + 1/n0 may come to. */
  const allowed = metric.margin ** 2 / (2 * needed * perShare);
  return {
    reach,
    needed,
    approvedSamples: approved ? wholeSamples(allowed - 1 / max) : null,
    // When both arms grow, n0 is n.
    candidateSamples: approved ? wholeSamples(allowed - ofReference) : wholeSamples(allowed / 2),
    margin: toMargin(Math.ceil(Math.sqrt(2 * variance * needed) / STEP)),
  };
}

/** The least n with 1/n ≤ `share`. */
function wholeSamples(share: number): number | null {
  return share > 0 ? Math.ceil(1 / share) : null;
}

function judgeable({ metric, approved }: Prospect): boolean {
  return metric.cases.length > 0 && approved?.includes(0) !== true;
}
