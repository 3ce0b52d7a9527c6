import { seededRandom } from '../../lib/random.js';
import { normalDraws } from '../../stats/normal.js';
import type { GateInput, GateSample } from '../input.js';

export const nine = ['sheet', 'mountains', 'valley', 'forest', 'clearing', 'ascension', 'summit', 'bridge', 'hammock'];

/** A sample with a score of `consistency`, or without one. */
export function sampleOf(
  name: string,
  round: number,
  value: number | null,
  more: Partial<GateSample> = {},
): GateSample {
  return {
    case: name,
    round,
    outcome: 'ok',
    ids: [],
    values: { consistency: value },
    characterFound: null,
    ...more,
  };
}

/** `n` samples of each case; values by case index, round and a standard normal number. */
export function arm(
  cases: readonly string[],
  n: number,
  value: (index: number, round: number, z: number) => number,
  seed: number,
): GateSample[] {
  const draw = normalDraws(seededRandom(seed));
  return Array.from({ length: n }, (_, k) =>
    cases.map((name, index) => sampleOf(name, k + 1, value(index, k + 1, draw()))),
  ).flat();
}

/** Nine cases, eight approved samples each, σ .03 about .8, margin .03, 1..6 samples; nothing generated yet. */
export function gateInput(change: Partial<GateInput> = {}): GateInput {
  return {
    subject: 'robot on gemini-3-pro-image',
    against: 'the baseline',
    rule: 'sequential',
    inputs: 'approved',
    samples: { min: 1, max: 6 },
    metrics: [{ id: 'consistency', better: 'higher', margin: 0.03, cases: nine, lent: { sumOfSquares: 0, df: 0 } }],
    cases: nine.map((name) => ({ name, unchanged: false })),
    candidate: [],
    reference: { samples: arm(nine, 8, (_, __, z) => 0.8 + 0.03 * z, 1), grows: false },
    obstacles: [],
    infra: null,
    spent: null,
    ...change,
  };
}
