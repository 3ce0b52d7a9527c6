import { wholeSum } from '../lib/whole-sum.js';
import type { CheckLimit } from '../suite/suite.js';
import { bySample, type Turn } from './conversation.js';

/** What a check looks at: one sample of the candidate, or one turn of it. */
export interface Checked extends Turn {
  outcome: string;
  cost: number | null;
  savedCost: number | null;
  /** ms, of each call that made a picture of it. */
  latencies: readonly number[];
  scores: Record<string, { value: number | null; reason?: string | undefined }>;
}

export interface CheckResult {
  id: string;
  /** As written, e.g. `cost max 0.2`. */
  limit: string;
  /** The case that broke the limit, or `null` when it held everywhere or is about all samples together. */
  case: string | null;
  variant: string;
  /** The worst value, or `null` when nothing could be measured. */
  value: number | null;
  /** `null` when there was nothing to judge: the limit neither held nor broke. */
  passed: boolean | null;
  message: string;
}

/**
 * Fixed limits over the samples of one variant. `min` and `max` hold for every sample that has a value, `p95` for all
 * of them together (nearest rank). Each turn of a conversation is held to them by itself, but for the cost, which is
 * that of the whole sample. Latency is that of the calls that made a picture: a quick refusal helps nobody. A limit with
 * nothing to judge is not measured, which is no failure, since the outcome rates tell that story, and no pass. So is one
 * on the cost of samples that all have no picture, unless they broke it.
 */
export function runChecks(
  checks: Readonly<Record<string, CheckLimit>>,
  variant: string,
  samples: readonly Checked[],
): CheckResult[] {
  return Object.entries(checks).flatMap(([id, limit]) =>
    (['min', 'max', 'p95'] as const).flatMap((kind) => {
      const bound = limit[kind];
      return bound === undefined ? [] : [runCheck(id, kind, bound, variant, samples)];
    }),
  );
}

/** The limits that hold for each sample, so that a part of a run may be held to them. */
export function sampleLimits(checks: Readonly<Record<string, CheckLimit>>): Record<string, CheckLimit> {
  return Object.fromEntries(
    Object.entries(checks).map(([id, { min, max }]) => [
      id,
      { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) },
    ]),
  );
}

function runCheck(
  id: string,
  kind: 'min' | 'max' | 'p95',
  bound: number,
  variant: string,
  samples: readonly Checked[],
): CheckResult {
  const limit = `${id} ${kind} ${bound}`;
  const valued = valuesOf(id, samples).sort((a, b) => a.value - b.value);
  const worst =
    kind === 'min' ? valued[0] : kind === 'max' ? valued.at(-1) : valued[Math.ceil(valued.length * 0.95) - 1];
  const passed = worst !== undefined && (kind === 'min' ? worst.value >= bound : worst.value <= bound);
  const pictured = samples.some(({ outcome }) => outcome === 'ok');
  if (!worst || (passed && !pictured)) {
    const message = `${limit}: not measured, ${pictured ? whyNot(id, samples) : 'no sample has a picture'}`;
    return { id, limit, case: null, variant, value: null, passed: null, message };
  }
  const where = kind === 'p95' ? null : worst.sample.case;
  const turn = id === 'cost' || worst.sample.turn === undefined ? '' : `, turn ${worst.sample.turn}`;
  const at = where === null ? '' : ` in ${where} (sample ${worst.sample.sample}${turn})`;
  const value = Number(worst.value.toPrecision(4));
  return {
    id,
    limit,
    case: passed ? null : where,
    variant,
    value: worst.value,
    passed,
    message: `${limit}: ${passed ? 'holds' : 'broken'}, worst ${value}${at}`,
  };
}

/** Every value that a limit looks at, and whose it is. */
function valuesOf(id: string, samples: readonly Checked[]): { sample: Checked; value: number }[] {
  if (id === 'cost')
    return bySample(samples).flatMap((turns) => {
      const value = wholeSum(turns.map(priceOf));
      return value === null ? [] : [{ sample: turns[0], value }];
    });
  return samples.flatMap((sample) => {
    const value = sample.scores[id]?.value ?? null;
    const values = id === 'latency' ? sample.latencies : value === null ? [] : [value];
    return values.map((each) => ({ sample, value: each }));
  });
}

/** What a picture costs is its price, whoever paid it: a cached sample must not pass a cost check for free. */
function priceOf({ cost, savedCost }: Checked): number | null {
  return wholeSum([cost, savedCost]);
}

/** Why samples that have pictures have no value. */
function whyNot(id: string, samples: readonly Checked[]): string {
  if (id === 'cost') return 'no price is known';
  if (id === 'latency') return 'no picture came from a call of its own';
  const reasons = new Set(samples.flatMap(({ scores }) => scores[id]?.reason ?? []));
  return [...reasons][0] ?? `no sample has a value of ${id}`;
}
