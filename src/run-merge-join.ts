import { canonicalJson, sha256 } from './lib/hash.js';
import type { RecordedShards } from './record-shards.js';
import type { RunRecord, SampleRecord } from './record.js';
import { isFinal, type OfShards, refuseConflict, refuseUnlike, refuseWhole } from './run-merge-refuse.js';

/**
 * What the records hold together, not judged yet: gate, verdict, checks and totals are not those of all. Each field is a
 * union, an extreme or the same in all of them, so that merging again, in any order, comes to the same.
 *
 * @throws UsageError for records that do not belong together
 */
export function join(given: readonly RunRecord[]): OfShards {
  const records = given.map(refuseWhole);
  const [first] = records;
  if (!first) throw new RangeError('nothing to merge');
  for (const [index, record] of records.entries())
    for (const other of records.slice(index + 1)) refuseUnlike(record, other);
  const content = {
    startedAt: extreme(records, ({ startedAt }) => startedAt, 0),
    finishedAt: extreme(records, ({ finishedAt }) => finishedAt, -1),
    settings: settingsOf(records, first),
    shards: shardsOf(records, first),
    cases: casesOf(records, first),
    samples: samplesOf(records, first),
  };
  const stem = content.startedAt.slice(0, 19).replaceAll(':', '-');
  // All else is the same in all of them, or made of this.
  return { ...first, ...content, id: `${stem}-merged-${sha256(canonicalJson(content)).slice(0, 8)}` };
}

/** Times of the same form sort as text. */
function extreme(records: readonly OfShards[], timeOf: (record: OfShards) => string, index: 0 | -1): string {
  return records.map(timeOf).sort().at(index) ?? '';
}

/** What differs is of the machine, and no setting of the whole. */
function settingsOf(records: readonly OfShards[], { settings }: OfShards): RunRecord['settings'] {
  return Object.fromEntries(
    Object.entries(settings).filter(([key, value]) =>
      records.every((each) => canonicalJson([each.settings[key]]) === canonicalJson([value])),
    ),
  );
}

function shardsOf(records: readonly OfShards[], { shards }: OfShards): RecordedShards {
  const parts = new Map(records.flatMap((each) => each.shards.parts.map((part) => [canonicalJson(part), part])));
  return {
    ...shards,
    beforehand: {
      ...shards.beforehand,
      warnings: [...new Set(records.flatMap((each) => each.shards.beforehand.warnings))].sort(),
    },
    parts: [...parts]
      .sort(([a, one], [b, other]) => one.shard - other.shard || (a < b ? -1 : 1))
      .map(([, part]) => part),
  };
}

/** Those that any of the records got to, in the order of the suite. */
function casesOf(records: readonly OfShards[], { asked }: OfShards): RunRecord['cases'] {
  const seen = new Map(records.flatMap(({ cases }) => cases.map((each) => [each.name, each])));
  return Object.keys(asked.cases).flatMap((name) => seen.get(name) ?? []);
}

/** Each sample once, in the order of the plan: rounds, then cases, then variants. */
function samplesOf(records: readonly OfShards[], { asked, variants }: OfShards): SampleRecord[] {
  const found = new Map<string, { record: OfShards; sample: SampleRecord }>();
  for (const record of records) {
    for (const each of record.samples) {
      const next = { record, sample: unmarked(each) };
      const slot = `${each.variant}/${each.slot}`;
      const before = found.get(slot);
      if (before) refuseConflict(before, next);
      if (!before || isBetter(next.sample, before.sample)) found.set(slot, next);
    }
  }
  const cases = Object.keys(asked.cases);
  const columns = variants.map(({ id }) => id);
  const place = (each: SampleRecord) => [
    each.sample,
    cases.indexOf(each.case),
    each.turn ?? 0,
    columns.indexOf(each.variant),
  ];
  return [...found.values()].map(({ sample }) => sample).sort((a, b) => compareInOrder(place(a), place(b)));
}

/** Whether the rule counted it is for the verdict on all samples to say. */
function unmarked({ extra, ...sample }: SampleRecord): SampleRecord {
  return extra === 'ancestor' ? { ...sample, extra } : sample;
}

/** Of two records of one sample: final, judged, scored and bought rather than not; else whatever all machines choose alike. */
function isBetter(a: SampleRecord, b: SampleRecord): boolean {
  const lost = ({ judged }: SampleRecord) => judged?.votes.filter(({ answers }) => answers === null).length ?? 0;
  const rank = (each: SampleRecord) => [
    isFinal(each) ? 0 : 1,
    lost(each),
    -Object.keys(each.scores).length,
    each.cached ? 1 : 0,
  ];
  return (compareInOrder(rank(a), rank(b)) || (canonicalJson(a) < canonicalJson(b) ? -1 : 1)) < 0;
}

/** By the first number that differs. */
function compareInOrder(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
