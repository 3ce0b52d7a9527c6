import { madeArm } from './gate/arm.js';
import type { Obstacle } from './gate/input.js';
import { differences } from './gate/terms.js';
import type { Verdict } from './gate/verdict.js';
import type { Stop } from './generate/generate.js';
import { UsageError } from './lib/errors.js';
import type { GateTerms } from './record-gate.js';
import { settingsOf } from './record-settings.js';
import { missingShards, type RecordedShards } from './record-shards.js';
import type { RunRecord } from './record.js';
import { isOwn, verdictOn } from './run-compare.js';
import { askedCases, candidateOf, type Sides } from './run-compare-question.js';
import { conclusion, sampledBy } from './run-conclusion.js';
import { makingOf, referenceArm, spentOn } from './run-gate.js';
import { join } from './run-merge-join.js';
import type { OfShards } from './run-merge-refuse.js';
import { warningsOf } from './run-warnings.js';

type MergeSides = Sides & { record: OfShards };

/**
 * The record of the run that the shards of these records make up, judged by the run's own terms. The order of the records, a
 * record that is given twice and a merge among its own parts change nothing, the id included.
 *
 * @throws UsageError for records that do not belong together, and where what they are judged against is not what it was
 */
export function merge(records: readonly RunRecord[], opposed: (joined: RunRecord) => Omit<Sides, 'record'>): RunRecord {
  const joined = join(records);
  const sides: MergeSides = { record: joined, ...opposed(joined) };
  refuseOtherBaseline(sides);
  const { gate, samples, settings, shards } = joined;
  const { verdict, obstacles } = gate ? judge(sides, gate.terms) : { verdict: null, obstacles: missingShards(shards) };
  return {
    ...joined,
    ...conclusion(samples, {
      candidate: candidateOf(joined).id,
      terms: gate?.terms ?? null,
      verdict,
      obstacles,
      requireGate: settings['requireGate'] === true,
      checks: settingsOf(joined).checks,
      stop: stopOf(shards),
      isPart: false,
    }),
    warnings: [...shards.beforehand.warnings, ...warningsOf(joined, sides.baseline, makingOf(joined))],
  };
}

/** A verdict against other samples would not be that of the run. */
function refuseOtherBaseline({ record, opponent, baseline }: MergeSides): void {
  const isSame = record.gate
    ? isOwn({ record, opponent, baseline, remeasured: false })
    : askedCases(record).every((name) => !baseline.cases.has(name));
  if (isSame) return;
  throw new UsageError('the baseline has changed since these shards were made', {
    fix: 'Merge them with the baseline of the commit that they were made from.',
  });
}

function judge(
  { record, opponent, baseline }: MergeSides,
  terms: GateTerms,
): { verdict: Verdict; obstacles: Obstacle[] } {
  const arms = {
    candidate: madeArm(record.samples, terms.candidate, makingOf(record)),
    reference: referenceArm(opponent, baseline),
  };
  const { beforehand } = record.shards;
  // What the plan told already, the samples would tell once more.
  const told =
    beforehand.obstacles.length > 0 ? beforehand.obstacles : differences(terms, arms.candidate, arms.reference);
  const obstacles = [...told, ...missingShards(record.shards)];
  const spent = spentOn(record.samples, sampledBy(terms));
  return { verdict: verdictOn({ terms, spent, obstacles }, record, arms), obstacles };
}

/** A shard that was made again, and finished, makes up for the one that ended early. */
function stopOf({ parts }: RecordedShards): Stop {
  const finished = new Set(parts.filter(({ stop }) => stop === null).map(({ shard }) => shard));
  const stops = parts.filter(({ shard }) => !finished.has(shard)).map(({ stop }) => stop);
  return (['interrupted', 'budget', 'failures'] as const).find((stop) => stops.includes(stop)) ?? null;
}
