import { checkResults } from '../record-checks.js';
import type { RunRecord } from '../record.js';

export const exitCodes = {
  pass: 0,
  /** A regression or a failed check. */
  failed: 1,
  usage: 2,
  /** Inconclusive or not gateable. */
  undecided: 3,
  /** Provider or infrastructure errors above the limit. */
  infra: 4,
  /** Resumable. */
  budget: 5,
  /** The command broke: EX_SOFTWARE of sysexits.h. */
  bug: 70,
  /** Resumable; 128 + SIGINT. */
  interrupted: 130,
  /** Whoever read the output went away, as `head` does; 128 + SIGPIPE. */
  unread: 141,
} as const;

/** When several apply, the first of these tells the story. */
const order: readonly number[] = [
  exitCodes.interrupted,
  exitCodes.usage,
  exitCodes.failed,
  exitCodes.infra,
  exitCodes.budget,
  exitCodes.undecided,
  exitCodes.pass,
];

export function worstExitCode(codes: readonly number[]): number {
  return order.find((code) => codes.includes(code)) ?? exitCodes.pass;
}

/** What a run's record means for the shell. */
export function exitCodeOf(record: RunRecord): number {
  return worstExitCode([
    ...(record.status === 'interrupted' ? [exitCodes.interrupted] : []),
    ...(record.status === 'budget' ? [exitCodes.budget] : []),
    ...(record.status === 'failed' || record.verdict?.state === 'infra' ? [exitCodes.infra] : []),
    ...(record.verdict?.state === 'regression' || checkResults(record).failed.length > 0 ? [exitCodes.failed] : []),
    ...(record.verdict?.state === 'inconclusive' || record.verdict?.state === 'not-gateable'
      ? [exitCodes.undecided]
      : []),
  ]);
}
