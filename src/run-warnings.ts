import { modelInfo } from './catalog/catalog.js';
import { batchWarnings } from './gate/batch-arms.js';
import type { ApprovedCase, Baseline } from './gate/baseline.js';
import { incomparableWarnings, type Measuring } from './gate/comparable.js';
import { type Answered, versionWarnings } from './gate/model-versions.js';
import { missingReader } from './read/tesseract.js';
import type { SampleRecord } from './record.js';
import { missingShards, type RecordedShards } from './record-shards.js';
import type { RunPlan } from './run-plan.js';
import type { Suite } from './suite/suite.js';

/** What is known of a whole run before the first call. */
export function warningsBeforehand(suite: Pick<Suite, 'warnings'>, { gate, outlook }: RunPlan): string[] {
  return [
    ...suite.warnings,
    ...(gate?.warnings ?? []),
    // Obstacles are the verdict's to tell.
    ...(gate?.obstacles.length === 0 ? (outlook()?.warnings ?? []) : []),
  ];
}

/** What the samples of a run tell, or those of some of its shards. */
export function warningsOf(
  { samples, shards }: { samples: readonly SampleRecord[]; shards: RecordedShards | null },
  baseline: Baseline,
  measured: Measuring,
): string[] {
  const unpriced = [...new Set(samples.map((sample) => sample.model))].filter((id) => !modelInfo(id)?.prices);
  const isUnread = samples.some(({ scores }) => scores['text']?.reason === missingReader.missing);
  const seen = new Set(samples.map((sample) => sample.case));
  const isWhole = shards === null || missingShards(shards).length === 0;
  const approved = [...baseline.cases.values()].filter((each) => seen.has(each.case));
  return [
    ...unpriced.map((id) => `no price is known for ${id}: what its pictures cost is not counted`),
    // A check of it would hold for want of values.
    ...(isUnread ? [`captions are not scored: ${missingReader.missing}`] : []),
    ...versionWarnings([...samples, ...samples.flatMap(judgeAnswers)], approvedAnswers(approved)),
    ...batchWarnings(
      samples.filter(({ outcome }) => outcome !== 'skipped'),
      approved.flatMap((each) => each.samples),
      'the baseline',
    ),
    ...incomparableWarnings(approved, measured),
    ...(baseline.cases.size === 0 && isWhole && samples.some(({ outcome }) => outcome === 'ok')
      ? ['no baseline yet: `evaluate approve` makes this run the approved one']
      : []),
  ];
}

function judgeAnswers({ judged }: SampleRecord): Answered[] {
  return judged?.votes.map(({ modelVersion }) => ({ model: judged.model, modelVersion })) ?? [];
}

function approvedAnswers(approved: readonly ApprovedCase[]): Answered[] {
  return approved.flatMap(({ model, samples, judged }) => [
    ...samples.flatMap((sample) => sample.turns ?? [sample]).map(({ modelVersion }) => ({ model, modelVersion })),
    ...(judged?.modelVersions.map((modelVersion) => ({ model: judged.model, modelVersion })) ?? []),
  ]);
}
