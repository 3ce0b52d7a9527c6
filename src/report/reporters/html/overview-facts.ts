import { checkResults } from '../../../record-checks.js';
import { lateText } from '../../samples.js';
import type { RunRecord } from '../../../record.js';
import { judged, suiteEffect } from '../../findings.js';
import { count, duration, line, moment, money, spent } from '../../format.js';
import { sourceOf } from '../../source.js';
import { triesText } from '../../tries.js';

/** What the verdict rests on and what the run took, a line each. */
export function overviewFacts(record: RunRecord): { name: string; value: string }[] {
  const { latencyMs } = record.totals;
  return [
    ...gateFacts(record),
    { name: 'Checks', value: checksText(record) },
    { name: 'Images', value: imagesText(record) },
    ...triesFacts(record),
    { name: 'Cost', value: costText(record) },
    { name: 'Latency p50 / p95', value: `${duration(latencyMs.p50)} / ${duration(latencyMs.p95)}` },
    { name: 'Approved baseline', value: baselineText(record) },
    { name: 'Encoder', value: record.encoder?.id ?? 'none' },
  ];
}

function checksText(record: RunRecord): string {
  if (record.checks.length === 0) return 'none set';
  const { passed, failed, unmeasured } = checkResults(record);
  const counts = `${passed.length} passed, ${failed.length} failed`;
  return unmeasured.length > 0 ? `${counts}, ${unmeasured.length} not measured` : counts;
}

function gateFacts(record: RunRecord) {
  const { gate } = record;
  if (!gate) return [{ name: 'Gate', value: 'not asked: nothing to compare with' }];
  const { rule, samples, against, metrics } = gate.terms;
  const looks =
    rule === 'sequential' ? `after each image, ${samples.min} to ${samples.max}` : `once, at ${samples.max}`;
  return [
    { name: 'Gate', value: `against ${line(against, 60)}; looks ${looks} a case` },
    ...(judged(record) ? metrics.map(({ id }) => ({ name: `Δ ${id}`, value: suiteEffect(record, id) })) : []),
  ];
}

function triesFacts(record: RunRecord) {
  const value = triesText(record);
  return value === null ? [] : [{ name: 'Tries', value }];
}

function imagesText(record: RunRecord): string {
  const tally = (test: (sample: RunRecord['samples'][number]) => boolean) => record.samples.filter(test).length;
  const late = lateText(record.samples);
  const refused = tally(({ outcome }) => outcome === 'refused');
  const skipped = tally(({ outcome }) => outcome === 'skipped');
  const cached = tally((sample) => sample.cached);
  const batched = tally(({ batch }) => batch === true);
  return [
    `${record.totals.images.toLocaleString('en-US')} made`,
    ...(late === null ? [] : [late]),
    `${refused} refused`,
    `${tally(({ attempts }) => attempts.length > 1)} retried`,
    `${tally(({ outcome }) => outcome !== 'ok') - refused - skipped} failed`,
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(batched > 0 ? [`${batched.toLocaleString('en-US')} in batch jobs`] : []),
    ...(cached > 0 ? [`${cached.toLocaleString('en-US')} from ${sourceOf(record)}`] : []),
  ].join(', ');
}

function costText(record: RunRecord): string {
  const { cost, judge } = record.totals;
  const budget = record.settings['maxCost'];
  return [
    `${spent(cost)}${typeof budget === 'number' ? ` of a budget of ${money(budget)}` : ''}`,
    ...(judge?.spent ? [`${money(judge.spent)} of it for judging`] : []),
    ...(cost.estimated > 0 ? [`${money(cost.estimated)} of it estimated`] : []),
    ...(cost.saved > 0 ? [`${money(cost.saved)} saved`] : []),
    ...(cost.unpriced > 0 ? [`${count(cost.unpriced, 'call')} without a price`] : []),
  ].join(', ');
}

function baselineText(record: RunRecord): string {
  const approved = record.cases.flatMap(({ baseline }) => baseline ?? []);
  const newest = [...approved].sort((a, b) => a.approvedAt.localeCompare(b.approvedAt)).at(-1);
  if (!newest) return 'none yet';
  const pictures = approved.reduce((sum, { outcomes }) => sum + (outcomes['ok'] ?? 0), 0);
  const of =
    approved.length < record.cases.length
      ? `${approved.length} of ${count(record.cases.length, 'case')}`
      : count(approved.length, 'case');
  return `${moment(newest.approvedAt).slice(0, 10)}, revision ${line(newest.revision, 24)}, ${count(pictures, 'image')} of ${of}`;
}
