import { UsageError } from './lib/errors.js';
import { canonicalJson } from './lib/hash.js';
import { type RecordedShards, shardsText } from './record-shards.js';
import type { RunRecord, SampleRecord } from './record.js';

/** What keeps records from being merged: each refusal names the runs and what differs. */

/** A record that says which shards it holds. */
export type OfShards = RunRecord & { shards: RecordedShards };

/** Settings that a machine may choose for itself. */
const ofTheMachine = ['concurrency', 'limits', 'maxCost', 'maxFailures', 'useCache', 'replay'];

/** What must be the same in all shards, the most telling first. */
const alike: Record<string, { of: (record: OfShards) => unknown; why: string }> = {
  'suite.name': { of: ({ suite }) => suite.name, why: 'they are runs of two suites' },
  emulated: { of: ({ emulated }) => emulated, why: 'emulated pictures never meet real ones' },
  variants: { of: ({ variants }) => variants, why: 'models, revisions or their commits are not the same' },
  'suite.hash': { of: ({ suite }) => suite.hash, why: 'the suite, its prompts or its pictures were edited in between' },
  encoder: { of: ({ encoder }) => encoder, why: 'scores of two encoders are never compared' },
  metrics: { of: ({ metrics }) => metrics, why: 'scores of two versions of a metric are never compared' },
  prices: { of: ({ prices }) => prices, why: 'their costs were reckoned with other prices' },
  settings: { of: ({ settings }) => without(settings, ofTheMachine), why: 'they were not asked for the same' },
  asked: { of: ({ asked }) => asked, why: 'they were not asked for the same' },
  'shards.of': { of: ({ shards }) => shards.of, why: 'the run was split otherwise' },
  'gate.terms': { of: ({ gate }) => gate?.terms ?? null, why: 'what they are judged against is not the same' },
  'shards.beforehand.obstacles': {
    of: ({ shards }) => shards.beforehand.obstacles,
    why: 'what they are judged against is not the same',
  },
};

/** @throws UsageError for a run that was made in one go */
export function refuseWhole(record: RunRecord): OfShards {
  const { shards } = record;
  if (shards) return { ...record, shards };
  throw new UsageError(`the run ${record.id} is no shard, but was made in one go`, {
    fix: 'Merge runs that were made with --shard I/N.',
  });
}

/** @throws UsageError where the two are not shards of the same run */
export function refuseUnlike(one: OfShards, other: OfShards): void {
  for (const [field, { of, why }] of Object.entries(alike)) refuseUnequal(one, other, field, of, why);
  const approvedOf = (name: string) => (record: OfShards) => record.cases.find((each) => each.name === name);
  for (const { name } of one.cases)
    if (approvedOf(name)(other))
      refuseUnequal(one, other, `cases.${name}`, approvedOf(name), 'something else was approved in between');
  const matrix = ({ shards }: OfShards) => shards.matrix;
  refuseUnequal(
    one,
    other,
    'shards.matrix',
    matrix,
    'they are parts of different plans, or something else was approved in between',
  );
}

/** A sample that both hold must be the same one. */
export interface Held {
  record: OfShards;
  sample: SampleRecord;
}

/** @throws UsageError for two samples in one slot */
export function refuseConflict(one: Held, other: Held): void {
  const field = (['key', 'outcome', 'image'] as const).find((each) => {
    const [a, b] = [one.sample, other.sample].map((sample) => contentOf(sample)[each]);
    return a !== null && b !== null && a !== b;
  });
  if (field === undefined) return;
  const { slot, variant } = one.sample;
  refuse(one.record, other.record, `the ${field} of ${slot} on ${variant}`, 'the same sample was made twice');
}

/** An outcome of its own, which going on with the run would not change. */
export function isFinal({ pending, outcome }: SampleRecord): boolean {
  return !pending && outcome !== 'infra_error' && outcome !== 'skipped';
}

/** `null` is what is not known yet. */
function contentOf(sample: SampleRecord) {
  return isFinal(sample)
    ? { key: sample.key, outcome: sample.outcome, image: sample.image?.sha256 ?? null }
    : { key: sample.key, outcome: null, image: null };
}

function refuseUnequal(
  one: OfShards,
  other: OfShards,
  field: string,
  of: (record: OfShards) => unknown,
  why: string,
): void {
  const different = difference(of(one), of(other), field);
  if (different !== null) refuse(one, other, different, why);
}

function refuse(one: OfShards, other: OfShards, field: string, why: string): never {
  throw new UsageError(`${named(one)} and ${named(other)} cannot be merged: ${field} differs; ${why}`, {
    fix: 'Make all shards from one commit by the same command, but for --shard.',
  });
}

/** Machines may have started in the same second. */
const named = ({ id, shards }: OfShards) => `run ${id} (${shardsText(shards)})`;

/** The path of the first member that differs, with what it is in both where that is short; `null` for equal values. */
function difference(a: unknown, b: unknown, path: string): string | null {
  const [one, other] = [canonicalJson([a]), canonicalJson([b])];
  if (one === other) return null;
  if (isObject(a) && isObject(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const deeper = difference(a[key], b[key], `${path}.${key}`);
      if (deeper !== null) return deeper;
    }
  }
  const shown = [one, other].map((text) => text.slice(1, -1));
  return shown.every((text) => text.length <= 24) ? `${path} (${shown.join(', ')})` : path;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function without(settings: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => !keys.includes(key)));
}
