import { gateLines } from '../report/gate-lines.js';
import { count, duration, money } from '../report/format.js';
import type { Shard } from '../plan/shard.js';
import { gatePlan, type RunPlan } from '../run-plan.js';
import { type CostOfRuns, costOfRuns } from '../run-plan-cost.js';

export interface Preview {
  suite: string;
  shard: Shard | null;
  planned: RunPlan;
}

/** What `--dry-run` prints: one paragraph a suite, or one JSON document. `perMonth` is in runs. */
export function planText(
  previews: readonly Preview[],
  { json, perMonth }: { json?: boolean | undefined; perMonth?: number | undefined },
): string {
  if (!json) return `${previews.map((preview) => paragraph(preview, perMonth)).join('\n\n')}\n`;
  const plans = previews.map(({ suite, shard, planned }) => ({
    suite,
    ...(shard && { shard: { ...shard, samples: planned.entire.length } }),
    ...planned.estimate,
    gate: gatePlan(planned),
    ...(perMonth !== undefined && { perMonth: costOfRuns(planned, perMonth) }),
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

/** `shard 2/3: 14 of 40 samples, expected $1.88`; nothing where the run is made in one go. */
export function shardLine({ shard, planned: { plan, entire, estimate } }: Preview): string[] {
  if (!shard) return [];
  const { cost } = estimate;
  const expected = cost ? `expected ${money((cost.low + cost.high) / 2)}` : 'cost unknown';
  return [`shard ${shard.number}/${shard.of}: ${plan.first.length} of ${count(entire.length, 'sample')}, ${expected}`];
}

function paragraph(preview: Preview, perMonth: number | undefined): string {
  const { suite, planned } = preview;
  const { plan, estimate, retry } = planned;
  const { images, calls, cost, judge, unpriced, criticalPath } = estimate;
  const mostPictures = calls.high - (judge?.calls.high ?? 0);
  const gate = gatePlan(planned);
  const asked = planned.gate?.terms.samples;
  const isFirstLook = asked !== undefined && asked.min < asked.max && gate?.expected !== null;
  const begin = isFirstLook ? ' to begin with' : '';
  const variants = [...new Set(plan.first.map((sample) => sample.variant.id))];
  const cases = [...new Set(plan.first.map((sample) => sample.case))];
  const ancestors = new Set(plan.first.filter((sample) => sample.extra === 'ancestor').map((sample) => sample.case));
  return [
    `${suite}: nothing is sent (dry run)`,
    ...shardLine(preview).map((text) => `  ${text}`),
    `  variants       ${variants.join(', ')}`,
    `  cases          ${cases.map((name) => (ancestors.has(name) ? `${name} (for its picture only)` : name)).join(', ')}`,
    `  images         ${images}${begin}`,
    `  calls          ${range(calls.low, calls.high, String)}${begin}${mostPictures < images ? ` (${images - mostPictures} in the cache)` : ''}`,
    `  cost           ${cost ? `${range(cost.low, cost.high, money)}${begin}` : 'unknown'}`,
    ...(judge
      ? [
          `  judging        ${range(judge.calls.low, judge.calls.high, String)} of the calls, ${range(judge.cost.low, judge.cost.high, money)} of the cost`,
        ]
      : []),
    ...(retry ? [`  tries          up to ${retry.quality.tries} a picture below quality ${retry.quality.below}`] : []),
    ...(unpriced.length > 0 ? [`  no price for   ${unpriced.join(', ')}: not counted above`] : []),
    ...gateLines(gate).map((text) => `  ${text}`),
    ...(isFirstLook ? [`  in all         ${spendText(costOfRuns(planned, 1))}`] : []),
    ...(perMonth === undefined
      ? []
      : [`  per month      ${count(perMonth, 'run')}, ${spendText(costOfRuns(planned, perMonth))}`]),
    `  critical path  ${count(criticalPath.calls, 'call')} one after another, about ${duration(criticalPath.typicalMs)}`,
  ].join('\n');
}

function spendText({ expected, worst }: CostOfRuns): string {
  const about = expected === null ? 'unknown' : `about ${money(expected)}`;
  return `with nothing in the cache ${about} if nothing changed, at most ${worst === null ? 'unknown' : money(worst)}`;
}

function range(low: number, high: number, format: (value: number) => string): string {
  return low === high ? format(low) : `${format(low)} to ${format(high)}`;
}
