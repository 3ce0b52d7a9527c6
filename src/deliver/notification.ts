import { checkResults } from '../record-checks.js';
import type { RunRecord } from '../record.js';
import { headline } from '../report/headline.js';

/** What `--notify` posts when a run is over. `version` goes up when a member changes its meaning or goes away. */
export interface Notification {
  version: 1;
  suite: string;
  run: string;
  /** The pictures are the emulator's, not Gemini's. */
  emulated: boolean;
  status: RunRecord['status'];
  /** `state` is `null` where nothing was gated; title and message are the report's. */
  verdict: { state: NonNullable<RunRecord['verdict']>['state'] | null; title: string; message: string };
  exitCode: number;
  counts: { cases: number; variants: number; samples: number; usable: number; calls: number; failedChecks: number };
  /** USD. */
  cost: { spent: number; saved: number; estimated: number };
  startedAt: string;
  finishedAt: string;
  /** `file`: the page on the machine of the run, `null` where none was asked for. `url`: where `--upload` put it. */
  report: { file: string | null; url: string | null };
}

export function notificationOf(
  record: RunRecord,
  { exitCode, report }: Pick<Notification, 'exitCode' | 'report'>,
): Notification {
  const { word, title, sentences } = headline(record);
  const { calls, cost } = record.totals;
  return {
    version: 1,
    suite: record.suite.name,
    run: record.id,
    emulated: record.emulated,
    status: record.status,
    verdict: { state: record.verdict?.state ?? null, title: `${word}: ${title}`, message: sentences.join(' ') },
    exitCode,
    counts: {
      cases: record.cases.length,
      variants: record.variants.length,
      samples: record.samples.length,
      usable: record.samples.filter(({ outcome }) => outcome === 'ok').length,
      calls,
      failedChecks: checkResults(record).failed.length,
    },
    cost: { spent: cost.spent, saved: cost.saved, estimated: cost.estimated },
    startedAt: record.startedAt,
    finishedAt: record.finishedAt,
    report,
  };
}
