import { type Arm, approvedArm, type Making } from './gate/arm.js';
import type { Baseline } from './gate/baseline.js';
import { incomparable, measuredIn } from './gate/comparable.js';
import type { Obstacle } from './gate/input.js';
import { autoMargin } from './gate/margin.js';
import { prospects } from './gate/prospect.js';
import { inputOf, lentBy, type Terms } from './gate/terms.js';
import type { Variant } from './plan/select.js';
import { metrics as everyMetric, type MetricId } from './score/metrics/index.js';
import type { Suite } from './suite/suite.js';

export interface TermsRequest {
  suite: Pick<Suite, 'name' | 'metrics' | 'samples'>;
  candidate: Pick<Variant, 'id' | 'name' | 'revision'>;
  /** What it is compared with: in words, for the record, and the model whose scatter counts. */
  against: { words: string; reference: Terms['reference']; model: string };
  cases: Terms['cases'];
  samples: { min: number; max: number };
  fixed: boolean;
  baseline: Baseline;
  making: Making;
  /** Ids of the runs that are compared: what was approved of them lends nothing, for it is there already. */
  runs: readonly string[];
  /** What was there before; `null` where the reference is sampled in the run. */
  reference: Arm | null;
  /** Whether samples of the case can have a value of the metric. */
  measures: (id: MetricId, name: string) => boolean;
}

/** What a gate is asked, and what keeps it from being answered. */
export function termsOf(request: TermsRequest): { terms: Terms; obstacles: Obstacle[] } {
  const { suite, against, candidate, cases, baseline, making, fixed, samples, reference } = request;
  const approved = approvedArm(baseline.cases.values());
  const lenders = approvedArm([...baseline.cases.values()].filter(({ run }) => !request.runs.includes(run)));
  const base: Omit<Terms, 'metrics'> = {
    subject: `${suite.name} ${candidate.revision} on ${candidate.name}`,
    against: against.words,
    candidate: candidate.id,
    reference: against.reference,
    rule: fixed ? 'fixed' : 'sequential',
    inputs: making.inputsMode,
    samples: fixed ? { min: samples.max, max: samples.max } : samples,
    offset: making.offset,
    cases,
  };
  const metrics: Terms['metrics'][number][] = [];
  const obstacles: Obstacle[] = [];
  for (const [id, { gate, margin }] of Object.entries(suite.metrics)) {
    if (!gate) continue;
    const gated = {
      id,
      better: everyMetric[id as MetricId].better,
      cases: casesOf(id as MetricId, request),
      lent: lentBy(id, lenders, base, against.model, making),
    };
    const auto = margin === 'auto';
    const fitted = auto ? (baseline.margins[id] ?? fit(gated, base, reference ?? approved, suite)) : margin;
    metrics.push({ ...gated, auto, margin: fitted ?? Infinity });
    if (fitted === null) obstacles.push(noMargin(id, request));
  }
  const usable = metrics.filter(({ margin }) => margin !== Infinity);
  return { terms: { ...base, metrics: usable }, obstacles };
}

/** `margin: auto` where no approved margin is stored: from what is approved, for the cap of the suite, whatever flags say. */
function fit(
  metric: Omit<Terms['metrics'][number], 'auto' | 'margin'>,
  terms: Omit<Terms, 'metrics'>,
  approved: Arm,
  suite: Pick<Suite, 'samples'>,
): number | null {
  const cases = terms.cases.filter(({ name }) => approved.has(name)).map(({ name }) => ({ name, unchanged: false }));
  if (cases.length === 0) return null;
  const trial: Terms = {
    ...terms,
    reference: { kind: 'baseline' },
    samples: suite.samples,
    cases,
    metrics: [
      { ...metric, cases: metric.cases.filter((name) => hasValue(approved, name, metric.id)), auto: true, margin: 1 },
    ],
  };
  const [prospect] = prospects(inputOf(trial, new Map(), approved, { infra: null, spent: null, obstacles: [] }));
  return prospect ? autoMargin(prospect) : null;
}

function hasValue(arm: Arm, name: string, id: string): boolean {
  return arm.get(name)?.samples.some(({ values }) => (values[id] ?? null) !== null) ?? false;
}

/** Scores that were measured otherwise are the first reason, however few they are. */
function noMargin(id: string, { cases, reference, making }: TermsRequest): Obstacle {
  const [difference] = cases.flatMap(({ name }) => {
    const before = reference?.get(name);
    return before ? (incomparable(before, measuredIn(making, name))[id] ?? []) : [];
  });
  if (difference) return { problem: `${id} ${difference.reason}`, fix: difference.fix };
  return {
    problem: `the margin of ${id} is auto, and too little is approved to tell how much it scatters`,
    fix: `Approve a run with more samples a case (8 is a good number), or write a margin for ${id} in the suite.`,
  };
}

/** Cases of the gate that the metric can be measured on, and, where the reference is there, was. */
function casesOf(id: MetricId, { cases, measures, reference }: TermsRequest): string[] {
  return cases
    .map(({ name }) => name)
    .filter((name) => measures(id, name) && (reference === null || hasValue(reference, name, id)));
}
