import { caseMargin, type GuardFinding } from './guard.js';
import type { GatedMetric, GateInput } from './input.js';
import { anytimeBounds, detectableFixed, detectableSequential, fixedBounds, varianceAtCap } from './precision.js';
import { rates } from './rates.js';
import type { Replay } from './replay.js';
import type { CaseVerdict, MetricVerdict, RateVerdict, Verdict } from './verdict.js';

/** Everything of the verdict that is not words. */
export function numbersOf(input: GateInput, replay: Replay): Omit<Verdict, 'state' | 'title' | 'message'> {
  const { design } = replay.evidence;
  const sum = (counts: readonly number[]) => counts.reduce((total, n) => total + n, 0);
  return {
    rule: replay.rule,
    unit: design.chains ? 'chain' : 'sample',
    metrics: input.metrics.map((metric, m) => metricNumbers(metric, m, input, replay)),
    cases: input.cases.map(({ name }) => caseNumbers(name, input, replay)),
    rates: rateNumbers(replay),
    samples: {
      counted: sum(replay.counted),
      cap: design.samples.max * design.cases,
      repeated: replay.evidence.repeated,
      extra: sum(replay.extras),
      unused:
        input.candidate.filter((sample) => replay.evidence.cases.includes(sample.case)).length -
        sum(replay.counted) -
        sum(replay.extras),
    },
    spent: input.spent,
  };
}

function metricNumbers(
  { id, better, margin }: GatedMetric,
  m: number,
  input: GateInput,
  replay: Replay,
): MetricVerdict {
  const { findings, evidence, trial, rule } = replay;
  const design = evidence.design.metrics[m];
  const test = findings.metrics[m];
  const found = test?.estimate ?? null;
  const unchanged = design?.cases.length === 0;
  const { levels } = findings;
  const base = {
    id,
    better,
    state: unchanged ? ('unchanged' as const) : (test?.state ?? 'open'),
    margin,
    effect: unchanged ? 0 : (found?.effect ?? null),
    n: found?.n ?? 0,
    n0: found?.n0 ?? 0,
    sd: found?.sd ?? null,
    df: found?.df ?? null,
    ratio: test?.ratio ?? null,
    thresholds:
      rule === 'sequential' ? { pass: Math.log(levels.pass), regression: -Math.log(levels.regression) } : null,
  };
  if (!design || !found) return { ...base, bounds: null, detectable: null };
  if (rule === 'fixed')
    return { ...base, bounds: fixedBounds(found, levels), detectable: detectableFixed(margin, found, levels) };
  const atCap = varianceAtCap(trial, design, m, found.sd, input.reference.grows);
  return {
    ...base,
    bounds: anytimeBounds(found, atCap),
    detectable: detectableSequential(margin, atCap, found.df, levels.regression),
  };
}

const fromWorst = ['broken', 'undecided', 'ok'] as const;

function caseNumbers(
  name: string,
  input: GateInput,
  { evidence, trial, findings, counted, extras }: Replay,
): CaseVerdict {
  const index = evidence.cases.indexOf(name);
  const metrics = input.metrics.flatMap(({ id, margin }, m) => {
    const guard: GuardFinding | null = findings.guards[m]?.[index] ?? null;
    const arms = trial.arms[m]?.[index];
    if (!guard || !arms) return [];
    return [{ id, ...guard, margin: caseMargin(margin), n: arms.candidate.n, n0: arms.reference.n }];
  });
  const worst = fromWorst.find((state) => metrics.some((metric) => metric.state === state));
  return {
    case: name,
    state: index === -1 ? 'unchanged' : (worst ?? 'unmeasured'),
    metrics,
    counted: counted[index] ?? 0,
    extra: extras[index] ?? 0,
  };
}

function rateNumbers({ findings, trial, rule }: Replay): RateVerdict[] {
  const threshold = rule === 'sequential' ? -Math.log(findings.levels.rate) : findings.levels.rate;
  return rates.map(({ id }, r) => ({
    id,
    state: findings.rates[r]?.state ?? 'unknown',
    candidate: trial.rates[r]?.candidate ?? { events: 0, of: 0 },
    reference: trial.rates[r]?.reference ?? { events: 0, of: 0 },
    evidence: findings.rates[r]?.evidence ?? null,
    threshold,
  }));
}
