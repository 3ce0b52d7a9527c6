import { fisherExact } from '../stats/rate-test.js';
import { studentTCdf } from '../stats/student-t.js';
import { estimate, LEAST_DF } from './estimate.js';
import { guardCase } from './guard.js';
import { type Levels, levelsOf } from './levels.js';
import { type Findings, type MetricTest, noGuards } from './sequential.js';
import type { MetricDesign, Trial } from './trial.js';

/** A t interval on fewer degrees of freedom is too wide to be of use: twelve chains, both arms together. */
export const LEAST_FIXED_DF = 10;

/**
 * Non-inferiority at a fixed n, looked at once. With SE² = σ̂²/C² · Σ (1/n + 1/n0) and t of σ̂'s degrees of freedom:
 *
 *     PASS        θ̂ - t(.95) SE > -δ              the drop is smaller than δ
 *     REGRESSION  θ̂ + t(1 - level) SE < 0         else, there is a drop
 *
 * Before the end it says nothing. Rates are judged by Fisher's exact test; the guard's rule holds at any number of looks, so also at one.
 */
export function fixedFindings(trial: Trial, steps: number, complete: boolean): Findings {
  const { design } = trial;
  const levels = levelsOf(design);
  if (!complete) {
    const metrics = design.metrics.map(() => ({ state: 'open', estimate: null, ratio: null }) as const);
    return { state: 'open', steps, levels, metrics, guards: noGuards(trial), rates: trial.rates.map(() => null) };
  }
  const metrics = design.metrics.map((metric, m) => fixedTest(trial, metric, m, levels));
  const guards = noGuards(trial);
  design.metrics.forEach((metric, m) => {
    const pooled = trial.casePool(metric, m);
    trial.arms[m]?.forEach((arms, index) => {
      const byCase = guards[m];
      if (byCase && arms && pooled.df >= LEAST_DF) byCase[index] = guardCase(arms, pooled, metric.margin, levels.guard);
    });
  });
  const rates = trial.rates.map(({ candidate, reference }) => {
    if (candidate.of === 0 || reference.of === 0) return null;
    const evidence = fisherExact(candidate, reference);
    return { state: evidence <= levels.rate ? ('risen' as const) : ('ok' as const), evidence };
  });
  const regressed =
    metrics.some(({ state }) => state === 'regression') ||
    guards.some((byCase) => byCase.some((guard) => guard?.state === 'broken')) ||
    rates.some((rate) => rate?.state === 'risen');
  const passed = metrics.every(({ state }) => state === 'pass');
  return { state: regressed ? 'regression' : passed ? 'pass' : 'open', steps, levels, metrics, guards, rates };
}

function fixedTest(trial: Trial, metric: MetricDesign, m: number, levels: Levels): MetricTest {
  if (metric.cases.length === 0) return { state: 'pass', estimate: null, ratio: null };
  const pooled = trial.unitPool(metric, m);
  const found = pooled.df < LEAST_FIXED_DF ? null : estimate(trial.units[m] ?? [], pooled, trial.total(metric));
  if (!found) return { state: 'open', estimate: null, ratio: null };
  const error = Math.sqrt(found.variance);
  const passed = studentTCdf((found.effect + metric.margin) / error, found.df) > 1 - levels.pass;
  const dropped = studentTCdf(found.effect / error, found.df) < levels.regression;
  return { state: passed ? 'pass' : dropped ? 'regression' : 'open', estimate: found, ratio: null };
}
