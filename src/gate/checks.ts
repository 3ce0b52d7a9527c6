import type { CheckLimit } from '../suite/suite.js';
import { bySample, type Turn } from './conversation.js';

/** What a check looks at: one sample of the candidate, or one turn of it. */
export interface Checked extends Turn {
  cost: number | null;
  savedCost: number | null;
  latencyMs: number | null;
  scores: Record<string, { value: number | null }>;
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
  passed: boolean;
  message: string;
}

/**
 * Fixed limits over the samples of one variant. `min` and `max` hold for every sample that has a value, `p95` for all
 * of them together (nearest rank). Each turn of a conversation is held to them by itself, but for the cost, which is
 * that of the whole sample. A limit with nothing to judge is no failure: the outcome rates tell that story.
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
  const valued = (id === 'cost' ? bySample(samples) : samples.map((sample) => [sample] as const))
    .flatMap((turns) => {
      const values = turns.map((turn) => valueOf(id, turn));
      const known = values.filter((value) => value !== null);
      if (known.length < values.length) return [];
      return [{ sample: turns[0], value: known.reduce((sum, value) => sum + value, 0) }];
    })
    .sort((a, b) => a.value - b.value);
  const worst =
    kind === 'min' ? valued[0] : kind === 'max' ? valued.at(-1) : valued[Math.ceil(valued.length * 0.95) - 1];
  if (!worst)
    return { id, limit, case: null, variant, value: null, passed: true, message: `${limit}: nothing to judge` };
  const passed = kind === 'min' ? worst.value >= bound : worst.value <= bound;
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

function valueOf(id: string, sample: Checked): number | null {
  // What a picture costs is its price, whoever paid it: a cached sample must not pass a cost check for free.
  if (id === 'cost') return sample.cost === null || sample.savedCost === null ? null : sample.cost + sample.savedCost;
  if (id === 'latency') return sample.latencyMs;
  return sample.scores[id]?.value ?? null;
}
