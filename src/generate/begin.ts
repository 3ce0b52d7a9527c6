import type { PlannedSample } from '../plan/plan.js';
import type { GenerateContext } from './context.js';
import { notMade } from './finish.js';
import { historyOf } from './job.js';
import type { SaidTurn } from './provider.js';
import type { Sample } from './sample.js';

/** Whether all that a sample stands on is there, with what a later turn sends again; or the end of it. */
export function mayBegin(
  planned: PlannedSample,
  context: GenerateContext,
): 'waits' | { history?: SaidTurn[] } | Sample {
  const { made } = context;
  const earlier = planned.turn?.earlier ?? [];
  const needed = [...earlier.map(({ id }) => id), ...planned.parents].map((id) => made.get(id));
  const failed = needed.find((parent) => parent && !parent.image);
  if (failed) {
    const isTurn = planned.turn !== undefined && failed.case === planned.case;
    const what = isTurn ? `turn ${failed.turn}` : `${failed.case} (sample ${failed.sample})`;
    const skipped = notMade(planned, 'skipped', `${what} has no picture: ${failed.outcome}`);
    return failed.pending ? { ...skipped, pending: true } : skipped;
  }
  if (!needed.every(Boolean)) return 'waits';
  if (earlier.length === 0) return {};
  const history = historyOf(earlier, context);
  if (history) return { history };
  return notMade(planned, 'skipped', 'what the model said in an earlier turn is no longer in the cache');
}
