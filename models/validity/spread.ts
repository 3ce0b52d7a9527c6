import { join } from 'node:path';
import { loadBaseline } from '../../src/gate/baseline.js';
import { pooledSpread } from '../../src/stats/spread.js';

/** How much consistency differs by chance inside a case of the robot suite: what a gate has to see through. */
export interface CaseSpread {
  /** Pooled over cases; `null` where no case has two scores. */
  sd: number | null;
  df: number;
  cases: number;
  /** What the baseline was scored with. */
  encoder: string;
  metricVersion: string;
}

export function robotSpread(): CaseSpread {
  const { cases } = loadBaseline(join(import.meta.dirname, '../../baselines/robot.emulated'));
  const scored = [...cases.values()]
    .map((each) => ({ each, scores: each.samples.flatMap(({ scores }) => scores['consistency'] ?? []) }))
    .filter(({ scores }) => scores.length > 1);
  const { sd, df } = pooledSpread(scored.map(({ scores }) => scores));
  const [first] = scored;
  return {
    sd,
    df,
    cases: scored.length,
    encoder: first?.each.encoder?.sha256 ?? 'none',
    metricVersion: first?.each.metrics['consistency'] ?? 'none',
  };
}
