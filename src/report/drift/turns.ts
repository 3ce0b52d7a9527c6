import type { RunRecord, SampleRecord } from '../../record.js';
import { pooledSpread } from '../../stats/spread.js';
import type { RecordedCase } from '../matrix.js';
import { whyNot } from './approved.js';
import { approvedMean, curveOf } from './curve.js';
import type { Drift, Hop, VariantDrift } from './drift.js';
import { missingOf, readingOf } from './missing.js';

/** How the score changes from turn to turn, one for each case with a character that is a conversation. */
export function turnDrifts(record: RunRecord, metric: string): Drift[] {
  return record.cases.flatMap((each) => {
    const samples = record.samples.filter(
      ({ case: name, turn, extra }) => name === each.name && turn !== undefined && extra === undefined,
    );
    const scored = samples.flatMap(({ turn, scores }) =>
      (scores[metric]?.value ?? null) === null ? [] : (turn ?? []),
    );
    const turns = [...new Set(scored)].sort((a, b) => a - b);
    return each.characters.length === 0 || turns.length === 0 ? [] : [driftOf(record, each, samples, turns, metric)];
  });
}

function driftOf(
  record: RunRecord,
  { name, baseline }: RecordedCase,
  samples: readonly SampleRecord[],
  turns: readonly number[],
  metric: string,
): Drift {
  const why = whyNot(baseline, metric) ?? (baseline?.turns ? null : 'what is approved is no conversation');
  const sets = turns.map((turn) => (why === null ? (baseline?.turns?.[turn - 1]?.scores[metric] ?? []) : []));
  const hops = turns.map((hop, index): Hop => {
    const set = sets[index] ?? [];
    // Turns of one conversation are no independent evidence: each has its own scatter, and the degrees of freedom of it alone.
    return { hop, cases: [name], approved: set.length > 0 ? approvedMean([set], pooledSpread([set])) : null };
  });
  return {
    by: 'turn',
    of: name,
    hops,
    variants: record.variants.map((variant) => {
      const own = samples.filter((sample) => sample.variant === variant.id);
      return variantDrift(variant, own, hops, metric);
    }),
    approved: {
      values: new Map(why === null ? [[name, sets[0] ?? []]] : []),
      sources: why === null && baseline ? [`${baseline.model} · ${baseline.revision}`] : [],
      without: why === null ? [] : [{ why, cases: [name] }],
    },
  };
}

function variantDrift(
  variant: VariantDrift['variant'],
  samples: readonly SampleRecord[],
  hops: readonly Hop[],
  metric: string,
): VariantDrift {
  const numbers = [...new Set(samples.map(({ sample }) => sample))].sort((a, b) => a - b);
  const readings = numbers.map((sample) => ({
    sample,
    turns: hops.map(({ hop }) => ({
      hop,
      ...readingOf(
        samples.filter((each) => each.sample === sample && each.turn === hop),
        metric,
      ),
    })),
  }));
  const chains = readings.map(({ sample, turns }) => ({
    sample,
    values: turns.map((each) => ('value' in each ? each.value : null)),
  }));
  const gaps = readings.flatMap(({ sample, turns }) =>
    turns.flatMap((each) => ('why' in each ? [{ scene: `turn ${each.hop}`, chain: sample, why: each.why }] : [])),
  );
  return { variant, chains, ...curveOf(hops, chains), missing: missingOf(gaps, 'sample') };
}
