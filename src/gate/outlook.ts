import { forecast } from './forecast.js';
import type { GateInput } from './input.js';
import { type MarginWarning, marginWarning } from './margin.js';
import { prospects } from './prospect.js';

/** What a gate will probably need, said before the first call. */
export interface Outlook {
  /** Samples to be generated for the verdict; `null` where nothing tells how much scores scatter. USD or `null`. */
  expected: { samples: number; cost: number | null } | null;
  worst: { samples: number; cost: number | null };
  warnings: string[];
}

/** USD for one sample: the middle of what it may cost, and the most. `null` when not known. */
export interface SamplePrice {
  middle: number;
  most: number;
}

/** `first` samples are bought whatever the gate says. */
export function outlook(input: GateInput, first: number, price: SamplePrice | null): Outlook {
  const cost = (samples: number, each: keyof SamplePrice) => (price ? samples * price[each] : null);
  const warnings = input.obstacles.map(({ problem, fix }) => `not gateable: ${problem}. ${fix}`);
  const seen = input.obstacles.length === 0 ? forecast(input) : null;
  if (!seen) return { expected: null, worst: { samples: first, cost: cost(first, 'most') }, warnings };
  const expected = Math.max(first, seen.same.samples + seen.same.extras);
  const worst = Math.max(first, seen.worst);
  return {
    expected: { samples: expected, cost: cost(expected, 'middle') },
    worst: { samples: worst, cost: cost(worst, 'most') },
    warnings: prospects(input).flatMap((prospect, m) => {
      const warning = marginWarning(prospect);
      const { id, margin } = input.metrics[m] ?? {};
      return warning && id !== undefined && margin !== undefined ? [inWords(id, margin, input, warning)] : [];
    }),
  };
}

function inWords(id: string, margin: number, { samples }: GateInput, warning: MarginWarning): string {
  const ways = [
    warning.approvedSamples === null ? null : `${warning.approvedSamples} approved samples a case`,
    warning.candidateSamples === null ? null : `up to ${warning.candidateSamples} samples a case`,
    `a margin of ${warning.margin}`,
  ].filter((way) => way !== null);
  return `${id}: with ${samples.max === 1 ? '1 sample' : `${samples.max} samples`} a case a drop of just the margin, ${margin}, may well stay undecided; ${ways.join(', or ')} would do`;
}
