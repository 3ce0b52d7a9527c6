import { checkResults } from '../../record-checks.js';
import type { RunRecord } from '../../record.js';
import { count, money } from '../format.js';
import { headline } from '../headline.js';
import { savedFor, spentFor } from '../spending.js';

/** What to do after a run, and what that will cost. */
export function nextStep(record: RunRecord): string {
  const { verdict } = record;
  const command = nextCommand(record);
  if (command !== null) return command;
  if (verdict?.state === 'not-gateable') return 'what stands above; nothing was proven either way.';
  const failed = checkResults(record).failed.length > 0;
  const { next } = headline(record);
  if (next && (verdict?.state === 'regression' || failed))
    return `look at ${next.name}, ${next.why}; nothing more to pay.`;
  return verdict || record.cases.some(({ baseline }) => baseline)
    ? 'nothing to do.'
    : 'evaluate approve makes this run the baseline to gate against; nothing more to pay.';
}

/** What to run for a verdict, and what that will cost; `null` where there is nothing more to sample. */
export function nextCommand(record: RunRecord): string | null {
  const { verdict, status } = record;
  const lost = record.samples.filter(({ outcome, extra }) => outcome === 'infra_error' && extra === undefined).length;
  if (verdict?.state === 'infra')
    return `the same command with --retry-errors tries ${count(lost, 'sample')} again${about(record, lost)}.`;
  if (status !== 'complete')
    return `the same command goes on where this run stopped${status === 'budget' ? ', with a higher --max-cost' : ''}${toTheCap(record)}.`;
  const { shards } = record;
  if (shards && shards.parts.length < shards.of)
    return `evaluate merge joins this with the other ${count(shards.of - shards.parts.length, 'shard')} and judges; nothing more to pay.`;
  return verdict?.state === 'inconclusive' ? undecided(record) : null;
}

function undecided(record: RunRecord): string {
  const { samples, cases } = record.gate?.numbers ?? { samples: { counted: 0, cap: 0 }, cases: [] };
  if (samples.counted < samples.cap) return `the same command goes on${toTheCap(record)}.`;
  const changed = cases.filter(({ state }) => state !== 'unchanged').length * arms(record).length;
  return `more samples under the same rule (-n MIN..MAX with a higher MAX): each one more a case is ${count(changed, 'sample')}${about(record, changed)}.`;
}

/** `: at most 24 samples, about $3.22` */
function toTheCap(record: RunRecord): string {
  if (!record.gate) return '';
  const { counted, cap } = record.gate.numbers.samples;
  const left = (cap - counted) * arms(record).length;
  return left > 0 ? `: at most ${count(left, 'sample')}${about(record, left)}` : '';
}

/** The variants that a gate buys samples of. */
function arms(record: RunRecord): string[] {
  if (!record.gate) return [];
  const { candidate, reference } = record.gate.terms;
  return reference.kind === 'variant' ? [candidate, reference.variant] : [candidate];
}

/** `, about $4.42` at the mean price of what was made; nothing where no price is known. */
function about(record: RunRecord, samples: number): string {
  const of = arms(record);
  const prices = record.samples.flatMap((sample) => {
    const { variant, image, outcome } = sample;
    const [paid, saved] = [spentFor(sample), savedFor(sample)];
    const price = paid === null || saved === null ? null : paid + saved;
    return price !== null && price > 0 && (image || outcome === 'ok') && (of.length === 0 || of.includes(variant))
      ? [price]
      : [];
  });
  if (prices.length === 0) return '';
  return `, about ${money((samples * prices.reduce((sum, price) => sum + price, 0)) / prices.length)}`;
}
