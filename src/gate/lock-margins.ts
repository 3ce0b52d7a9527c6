import { approvedArm } from './arm.js';
import type { ApprovedCase } from './baseline.js';
import { incomparable, measuredIn, type Measuring } from './comparable.js';
import type { GateInput } from './input.js';
import type { StoredMargin } from './lock.js';
import { autoMargin } from './margin.js';
import { type Prospect, prospects } from './prospect.js';

/** How later runs will be judged, as far as the margins depend on it. */
export interface Judging {
  /** Those that gate. */
  metrics: readonly { id: string; better: 'higher' | 'lower'; margin: number | 'auto' }[];
  samples: { min: number; max: number };
  inputs: 'approved' | 'generated';
  measured: Measuring;
}

export interface Margins {
  margins: Record<string, StoredMargin>;
  /** Metric -> why it has none. */
  without: Record<string, string>;
}

/**
 * `margin: auto` of each gating metric, from what is approved alone, so that no flag of a later run can move it. Cases
 * count where they have a value that later runs can be compared with.
 */
export function storedMargins(cases: readonly ApprovedCase[], judging: Judging): Margins {
  const input = inputOf(cases, judging);
  const known = prospects(input);
  const margins: Margins['margins'] = {};
  const without: Margins['without'] = {};
  for (const [index, { id, margin: written }] of judging.metrics.entries()) {
    const prospect = known[index];
    if (written !== 'auto' || !prospect) continue;
    const margin = autoMargin(prospect);
    const of = input.metrics[index]?.cases.length ?? 0;
    if (margin === null || prospect.sd === null) without[id] = reasonOf(prospect, of);
    else margins[id] = { margin, cap: judging.samples.max, sd: Number(prospect.sd.toFixed(6)), cases: of };
  }
  return { margins, without };
}

function inputOf(cases: readonly ApprovedCase[], { metrics, samples, inputs, measured }: Judging): GateInput {
  const alike = cases.filter((each) => each.inputsMode === inputs);
  const arm = approvedArm(alike);
  return {
    subject: 'what is to come',
    against: 'the baseline',
    rule: 'sequential',
    inputs,
    samples,
    metrics: metrics.map(({ id, better, margin }) => ({
      id,
      better,
      // The margin that is looked for plays no part in its own prospect.
      margin: margin === 'auto' ? 1 : margin,
      cases: alike
        .filter((each) => !(id in incomparable(each, measuredIn(measured, each.case))))
        .filter((each) => each.samples.some(({ scores }) => (scores[id] ?? null) !== null))
        .map((each) => each.case),
      lent: { sumOfSquares: 0, df: 0 },
    })),
    cases: alike.map((each) => ({ name: each.case, unchanged: false })),
    candidate: [],
    reference: { samples: [...arm.values()].flatMap((each) => each.samples), grows: false },
    obstacles: [],
    infra: null,
    spent: null,
  };
}

function reasonOf({ sd, approved, df }: Prospect, cases: number): string {
  if (cases === 0) return 'no approved sample has a value';
  if (approved?.includes(0)) return 'no approved chain has a value in each of its cases';
  if (sd === null) return 'one value a case does not tell how much it scatters';
  return `too few samples: its scatter would rest on ${df} degrees of freedom`;
}
