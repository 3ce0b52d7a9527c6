import type { CheckResult, RunRecord } from './record.js';

/** What became of the checks of a run. One without a value had nothing to judge: it has neither passed nor failed. */
export function checkResults({ checks }: { checks: RunRecord['checks'] }): {
  passed: CheckResult[];
  failed: CheckResult[];
  unmeasured: CheckResult[];
} {
  const failed = checks.filter(({ passed }) => passed === false);
  const others = checks.filter(({ passed }) => passed !== false);
  return {
    passed: others.filter(({ value }) => value !== null),
    failed,
    unmeasured: others.filter(({ value }) => value === null),
  };
}
