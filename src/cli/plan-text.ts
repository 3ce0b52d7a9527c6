import { gateLines } from '../report/gate-lines.js';
import { duration, money } from '../report/format.js';
import { gatePlan, type RunPlan } from '../run-plan.js';

export interface Preview {
  suite: string;
  planned: RunPlan;
}

/** What `--dry-run` prints: one paragraph a suite, or one JSON document. */
export function planText(previews: readonly Preview[], json: boolean): string {
  if (!json) return `${previews.map(paragraph).join('\n\n')}\n`;
  const plans = previews.map(({ suite, planned }) => ({
    suite,
    ...planned.estimate,
    gate: gatePlan(planned),
    samples: planned.plan.first.map(({ id, slot, seed, parents, extra }) => ({
      id,
      slot,
      seed,
      parents,
      ...(extra ? { extra } : {}),
    })),
  }));
  return `${JSON.stringify(plans.length > 1 ? { plans } : plans[0], null, 2)}\n`;
}

function paragraph({ suite, planned }: Preview): string {
  const { plan, estimate } = planned;
  const { images, calls, cost, unpriced, criticalPath } = estimate;
  const variants = [...new Set(plan.first.map((sample) => sample.variant.id))];
  const cases = [...new Set(plan.first.map((sample) => sample.case))];
  const ancestors = new Set(plan.first.filter((sample) => sample.extra === 'ancestor').map((sample) => sample.case));
  return [
    `${suite}: nothing is sent (dry run)`,
    `  variants       ${variants.join(', ')}`,
    `  cases          ${cases.map((name) => (ancestors.has(name) ? `${name} (for its picture only)` : name)).join(', ')}`,
    `  images         ${images}`,
    `  calls          ${range(calls.low, calls.high, String)}${calls.high < images ? ` (${images - calls.high} in the cache)` : ''}`,
    `  cost           ${cost ? range(cost.low, cost.high, money) : 'unknown'}`,
    ...(unpriced.length > 0 ? [`  no price for   ${unpriced.join(', ')}: not counted above`] : []),
    ...gateLines(gatePlan(planned)).map((text) => `  ${text}`),
    `  critical path  ${criticalPath.calls} calls one after another, about ${duration(criticalPath.typicalMs)}`,
  ].join('\n');
}

function range(low: number, high: number, format: (value: number) => string): string {
  return low === high ? format(low) : `${format(low)} to ${format(high)}`;
}
