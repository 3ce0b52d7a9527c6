import type { RunRecord } from './record.js';
import type { Sides } from './run-compare-question.js';
import { judged } from './run-conclusion.js';
import type { Metric } from './score/metric.js';
import { metrics, type MetricId } from './score/metrics/index.js';

/** Of two variants of one run, the cases whose whole request is equal: the same keys in the same slots. */
export function sameRequests(record: RunRecord, candidate: string, other: string): Set<string> {
  const samples = judged(record.samples).filter(({ key }) => key !== null);
  const keysOf = (variant: string, name: string) =>
    new Map(
      samples.filter((each) => each.variant === variant && each.case === name).map(({ slot, key }) => [slot, key]),
    );
  const isSame = (name: string) => {
    const others = keysOf(other, name);
    const shared = [...keysOf(candidate, name)].filter(([slot]) => others.has(slot));
    return shared.length > 0 && shared.every(([slot, key]) => others.get(slot) === key);
  };
  return new Set(record.cases.map(({ name }) => name).filter(isSame));
}

/**
 * Whether samples of the case can have a value of the metric; `unlike` where they were compared with an approved picture that
 * the other side was not compared with, or are to be and none was approved.
 */
export function measures({ record, opponent }: Pick<Sides, 'record' | 'opponent'>, id: MetricId, name: string) {
  const { against }: Metric = metrics[id];
  if (id === 'text' || id === 'checklist') return (record.asked.cases[name]?.[id].length ?? 0) > 0 ? 'yes' : 'no';
  if (against === 'kept') return record.asked.cases[name]?.keep ? 'yes' : 'no';
  const each = record.cases.find((one) => one.name === name);
  // Of a case that the run did not get to, the other arm tells.
  if (!each) return 'yes';
  if (against === 'sheet' && each.characters.length === 0) return 'no';
  const makesSheet = each.characters.some(({ sheet }) => sheet === null);
  if (against !== 'approved' && !(against === 'sheet' && makesSheet)) return 'yes';
  const approved = pictureOf(record, name);
  if (approved === null) return 'unlike';
  return opponent.kind === 'baseline' || pictureOf(opponent.record, name) === approved ? 'yes' : 'unlike';
}

/** The approved picture that the run's samples of the case were compared with. */
function pictureOf({ cases }: RunRecord, name: string): string | null {
  return cases.find((each) => each.name === name)?.baseline?.picture?.sha256 ?? null;
}
