import { runChecks, sampleLimits } from './gate/checks.js';
import { infraFailure } from './gate/infra.js';
import type { Obstacle } from './gate/input.js';
import type { Terms } from './gate/terms.js';
import type { Verdict } from './gate/verdict.js';
import type { Stop } from './generate/generate.js';
import type { RunRecord, SampleRecord } from './record.js';
import { gateTerms } from './record-gate.js';
import { pictureLatencies } from './record-latency.js';
import { quantile } from './stats/summary.js';
import type { CheckLimit } from './suite/suite.js';

/** What there is to say about the samples of a run that is over. */
export interface Judging {
  /** Id of the variant whose checks count. */
  candidate: string | undefined;
  /** The gate's, where there is one, and why it could not judge. */
  terms: Terms | null;
  verdict: Verdict | null;
  obstacles: readonly Obstacle[];
  requireGate: boolean;
  checks: Readonly<Record<string, CheckLimit>>;
  stop: Stop;
  /** A shard: what only all samples together tell is left to the merge. */
  isPart: boolean;
}

/** What a run came to: the part of its record that its samples decide, whether it was made in one go or in shards. */
export function conclusion(
  made: readonly SampleRecord[],
  judging: Judging,
): Pick<RunRecord, 'status' | 'samples' | 'verdict' | 'gate' | 'checks' | 'totals'> {
  const { candidate, terms, verdict, obstacles, checks, stop, isPart } = judging;
  const samples = terms && verdict && !isPart ? marked(made, terms, verdict) : [...made];
  const infra = infraFailure(judged(samples));
  // What the infrastructure lost says nothing about the pictures; it has its own limit.
  const candidates = judged(samples).filter(
    ({ variant, outcome }) => variant === candidate && outcome !== 'infra_error' && outcome !== 'skipped',
  );
  return {
    status: statusOf(stop, infra),
    samples,
    verdict: verdictOf(judging, infra, candidates),
    gate: terms && verdict ? gateOf(terms, obstacles, verdict) : null,
    checks:
      candidate === undefined
        ? []
        : runChecks(isPart ? sampleLimits(checks) : checks, candidate, candidates.map(checked)),
    totals: totalsOf(samples),
  };
}

const checked = (sample: SampleRecord) => ({ ...sample, latencies: pictureLatencies(sample) });

/** Samples that say something about their case: not those made for their picture only. */
export function judged(samples: readonly SampleRecord[]): SampleRecord[] {
  return samples.filter(({ extra }) => extra !== 'ancestor');
}

export const wordsOf = ({ state, title, message }: Verdict) => ({ state, title, message });

export function gateOf(
  terms: Terms,
  obstacles: readonly Obstacle[],
  { rule, unit, metrics: measured, cases, rates, samples, spent }: Verdict,
): NonNullable<RunRecord['gate']> {
  const numbers = { rule, unit, metrics: measured, cases, rates, samples, spent };
  return { terms: gateTerms.parse(terms), obstacles: [...obstacles], numbers };
}

/** The variants that a gate samples. */
export function sampledBy({ candidate, reference }: Pick<Terms, 'candidate' | 'reference'>): string[] {
  return [candidate, ...(reference.kind === 'variant' ? [reference.variant] : [])];
}

/** Samples that the suite's rule did not count, by what became of them. */
function marked(samples: readonly SampleRecord[], terms: Terms, verdict: Verdict): SampleRecord[] {
  const cases = new Map(verdict.cases.map((each) => [each.case, each]));
  const variants = sampledBy(terms);
  return samples.map((sample) => {
    const each = cases.get(sample.case);
    if (!each || sample.extra === 'ancestor' || sample.pending || !variants.includes(sample.variant)) return sample;
    const round = sample.sample - terms.offset;
    if (round <= each.counted || each.state === 'unchanged') return sample;
    return { ...sample, extra: round <= each.counted + each.extra ? 'guard' : 'inflight' };
  });
}

/** Fails closed: what was to be gated and cannot be has not passed, nor has a candidate without a single picture. */
function verdictOf(
  { verdict, obstacles: [obstacle], requireGate, stop, isPart }: Judging,
  infra: string | null,
  candidates: readonly SampleRecord[],
): RunRecord['verdict'] {
  if (isPart && infra === null) return null;
  if (verdict) return wordsOf(verdict);
  if (infra !== null) return { state: 'infra', title: 'No verdict: the infrastructure failed', message: infra };
  if (obstacle)
    return {
      state: 'not-gateable',
      title: `Not gateable: ${obstacle.problem}`,
      message: `${obstacle.problem}. ${obstacle.fix}`,
    };
  if (requireGate)
    return {
      state: 'not-gateable',
      title: 'Not gateable: nothing is approved yet',
      message:
        'No case of the run is in the baseline. Run without --against and --require-gate, look, then approve: evaluate approve.',
    };
  if (stop !== null || candidates.some((sample) => sample.image)) return null;
  const outcomes = [...new Set(candidates.map((sample) => sample.outcome))].join(', ') || 'nothing was made';
  return {
    state: 'not-gateable',
    title: 'Not gateable: nothing to judge',
    message: `No sample of the candidate has a picture: ${outcomes}.`,
  };
}

function statusOf(stop: Stop, infra: string | null): RunRecord['status'] {
  if (stop === 'failures' || (stop === null && infra !== null)) return 'failed';
  return stop ?? 'complete';
}

function totalsOf(samples: readonly SampleRecord[]): RunRecord['totals'] {
  const votes = samples.flatMap(({ judged }) => judged?.votes ?? []);
  const judging = votes.flatMap((vote) => vote.attempts);
  const attempts = [...samples.flatMap((sample) => sample.attempts), ...judging];
  const sum = (values: (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const latencies = samples.flatMap(pictureLatencies);
  return {
    calls: attempts.length,
    images: samples.filter((sample) => sample.image).length,
    cost: {
      spent: sum(attempts.map((attempt) => attempt.cost)),
      saved: sum([...samples, ...votes].map(({ savedCost }) => savedCost)),
      estimated: sum(attempts.filter((attempt) => attempt.costEstimated).map((attempt) => attempt.cost)),
      unpriced: attempts.filter((attempt) => attempt.cost === null).length,
    },
    ...(votes.length > 0 && {
      judge: {
        calls: judging.length,
        spent: sum(judging.map(({ cost }) => cost)),
        saved: sum(votes.map(({ savedCost }) => savedCost)),
      },
    }),
    latencyMs: {
      p50: latencies.length > 0 ? quantile(latencies, 0.5) : null,
      p95: latencies.length > 0 ? quantile(latencies, 0.95) : null,
    },
  };
}
