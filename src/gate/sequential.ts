import { rateEvidence } from '../stats/rate-test.js';
import { type Estimate, estimate, inflation, LEAST_DF, logRatio, type Pool } from './estimate.js';
import { guardCase, type GuardFinding, mayDecide } from './guard.js';
import { type Levels, levelsOf } from './levels.js';
import type { Trial } from './trial.js';
import { type Observation, type Step } from './trial.js';

/** What the sequential rule says of one metric, at its own first crossing or at the last look. */
export interface MetricTest {
  state: 'open' | 'pass' | 'regression';
  estimate: Estimate | null;
  /** ℓ; `null` before the first look, and where no case can differ. */
  ratio: number | null;
}

export interface RateTest {
  state: 'ok' | 'risen';
  /** ln of the e-value, or the p-value of the exact test. */
  evidence: number;
}

/** Pairs of a metric and a case, by metric and case; `null` where the metric is not measured on the case. */
export type Guards = (GuardFinding | null)[][];

/** What either rule says, so far. */
export interface Findings {
  state: 'open' | 'pass' | 'regression';
  /** Steps taken in: slots, or chains. */
  steps: number;
  levels: Levels;
  metrics: readonly MetricTest[];
  guards: Guards;
  /** `null` while an arm has no sample that says anything. */
  rates: readonly (RateTest | null)[];
}

/**
 * The whole sequential gate, fed in slot order. Every metric, guard and rate is looked at after each step from the
 * `min`-th round on, and its first crossing decides it; what comes after the suite's decision is not taken in.
 */
export class SequentialTest implements Findings {
  readonly levels: Levels;
  readonly metrics: MetricTest[];
  readonly guards: Guards;
  readonly rates: (RateTest | null)[];
  steps = 0;
  state: Findings['state'] = 'open';
  /** Stays true when a case is found broken afterwards. */
  suitePassed = false;
  private readonly firstLook: number;
  private readonly pools: Pool[] = [];

  /** `trial` holds what the reference had before the run. */
  constructor(readonly trial: Trial) {
    const { metrics, cases, chains, samples } = trial.design;
    this.levels = levelsOf(trial.design);
    this.firstLook = samples.min * (chains ? 1 : cases);
    this.metrics = metrics.map((metric) => ({
      // Where no request differs there is no difference, by definition.
      state: metric.cases.length === 0 ? 'pass' : 'open',
      estimate: null,
      ratio: null,
    }));
    this.guards = noGuards(trial);
    this.rates = trial.rates.map(() => null);
    if (cases === 0) this.settle();
  }

  /** Takes in the next step. @throws Error once decided: evidence is counted up to the first crossing */
  add(step: Step): void {
    if (this.state !== 'open') throw new Error(`the test has ended (${this.state}) after ${this.steps} steps`);
    this.trial.addStep(step);
    this.steps += 1;
    if (this.steps >= this.firstLook) this.look();
  }

  /** Whether one of its undecided metrics could still be decided by `more` extra samples. */
  wantsExtras(index: number, more: number, grows: boolean): boolean {
    return this.trial.design.metrics.some(({ margin }, m) => {
      const [arms, pooled] = [this.trial.arms[m]?.[index], this.pools[m]];
      if (this.guards[m]?.[index]?.state !== 'undecided' || !arms || !pooled) return false;
      return more > 0 && mayDecide(arms, pooled, margin, more, grows);
    });
  }

  /**
   * Takes in an extra sample of an undecided case once the suite has passed. The pool stays as it was then, so that no
   * case's extras touch another's guard. @throws Error before that
   */
  addExtra(candidate: Observation, reference: Observation | null): void {
    if (!this.suitePassed) throw new Error('extra samples are for a suite that has passed');
    this.trial.addToCase('candidate', candidate);
    if (reference) this.trial.addToCase('reference', reference);
    this.trial.design.metrics.forEach((_, m) => {
      if (this.guards[m]?.[candidate.case]?.state === 'undecided') this.guard(m, candidate.case);
    });
    this.settle();
  }

  private look(): void {
    this.trial.design.metrics.forEach((metric, m) => {
      this.pools[m] = this.trial.casePool(metric, m);
      const test = this.metrics[m];
      if (test?.state === 'open') this.lookAt(m, test);
      for (const index of metric.cases) this.guard(m, index);
    });
    this.trial.rates.forEach(({ candidate, reference }, r) => {
      if (candidate.of === 0 || reference.of === 0) return;
      const evidence = rateEvidence(candidate, reference);
      this.rates[r] = { state: evidence >= -Math.log(this.levels.rate) ? 'risen' : 'ok', evidence };
    });
    this.settle();
  }

  private lookAt(m: number, test: MetricTest): void {
    const metric = this.trial.design.metrics[m];
    const units = this.trial.units[m];
    if (!metric || !units) return;
    const pooled = this.trial.unitPool(metric, m);
    const found = pooled.df < LEAST_DF ? null : estimate(units, pooled, this.trial.total(metric));
    if (!found) return;
    test.estimate = found;
    test.ratio = logRatio(found.effect, found.variance * inflation(found.df), metric.margin);
    if (test.ratio >= -Math.log(this.levels.regression)) test.state = 'regression';
    else if (test.ratio <= Math.log(this.levels.pass)) test.state = 'pass';
  }

  private guard(m: number, index: number): void {
    const arms = this.trial.arms[m]?.[index];
    const metric = this.trial.design.metrics[m];
    const pooled = this.pools[m];
    const byCase = this.guards[m];
    if (!arms || !metric || !byCase || !pooled || pooled.df < LEAST_DF) return;
    byCase[index] = guardCase(arms, pooled, metric.margin, this.levels.guard);
  }

  private settle(): void {
    const regressed =
      this.metrics.some(({ state }) => state === 'regression') ||
      this.guards.some((byCase) => byCase.some((guard) => guard?.state === 'broken')) ||
      this.rates.some((rate) => rate?.state === 'risen');
    if (regressed) this.state = 'regression';
    else if (this.metrics.every(({ state }) => state === 'pass')) {
      this.state = 'pass';
      this.suitePassed = true;
    }
  }
}

/** No case has been looked at. */
export function noGuards(trial: Trial): Guards {
  return trial.arms.map((byCase) => byCase.map((arms) => arms && { state: 'undecided', effect: null, ratio: null }));
}
