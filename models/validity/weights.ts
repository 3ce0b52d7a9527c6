import type { Measured } from './measured.js';

/** How much a drift of each level counts; another character counts as much as this many drifts. */
const LEVEL_WEIGHT = { 1: 0.25, 2: 1, 3: 1 };
const OTHER_WEIGHT = 2;
/**
 * Pulls the coefficients, which are some two to ten, towards each other: characters of one renderer must not make all
 * hang on one channel where others order the same pictures nearly as well.
 */
export const RIDGE = 0.003;
const STEPS = 4000;

/** What one undrifted picture has more of than a drifted one of the same character, channel by channel. */
export interface Pair {
  difference: number[];
  weight: number;
}

/**
 * Pairs of an undrifted and a drifted picture of the same character in different scenes, both from scenes in which the
 * drift can be seen. A difference leaves out how well the character is seen as such, and with it any need for an
 * intercept. Each drift at a level weighs the same, however many pairs it has.
 */
export function pairsOf(identities: readonly (readonly Measured[])[], channels: readonly string[]): Pair[] {
  const cells = new Map<string, { difference: number[]; weight: number }[]>();
  for (const pictures of identities) {
    const none = pictures.filter(({ arm, scores }) => arm === 'none' && isScored(scores));
    const drifted = pictures.filter(({ arm, visible, scores }) => arm !== 'none' && visible && isScored(scores));
    for (const { arm, level, scene, scores } of drifted) {
      const scenes = new Set(
        drifted.filter((each) => each.arm === arm && each.level === level).map((each) => each.scene),
      );
      const weight = level === 0 ? OTHER_WEIGHT : LEVEL_WEIGHT[level];
      const cell = cells.get(`${arm} ${level}`) ?? [];
      cells.set(`${arm} ${level}`, cell);
      for (const base of none) {
        if (base.scene === scene || !scenes.has(base.scene)) continue;
        // A channel that is left out for a character has no say in its score: no difference.
        const difference = channels.map((name) => (base.scores[name] ?? 0) - (scores[name] ?? 0));
        cell.push({ difference, weight });
      }
    }
  }
  return [...cells.values()].flatMap((cell) => cell.map((pair) => ({ ...pair, weight: pair.weight / cell.length })));
}

/**
 * Logistic regression of "the undrifted one is the higher" on the differences, coefficients not below 0, then scaled to
 * sum 1: it makes the weighted mean of the channels order such pairs as well as it can. Accelerated projected gradient
 * (Beck & Teboulle, SIAM J. Imaging Sciences 2009) with the step that the curvature allows.
 */
export function fitWeights(pairs: readonly Pair[], channels: number, ridge = RIDGE): number[] {
  const total = pairs.reduce((sum, { weight }) => sum + weight, 0);
  // The logistic loss curves by at most a quarter of the squared differences.
  const curvature = pairs.reduce(
    (sum, { difference, weight }) => sum + (weight * square(difference)) / total / 4,
    ridge,
  );
  let current = Array.from({ length: channels }, () => 1);
  let ahead = current;
  let momentum = 1;
  for (let step = 0; step < STEPS; step += 1) {
    const slope = gradient(pairs, ahead, total, ridge);
    const next = ahead.map((value, i) => Math.max(0, value - (slope[i] ?? NaN) / curvature));
    const nextMomentum = (1 + Math.sqrt(1 + 4 * momentum ** 2)) / 2;
    const before = current;
    ahead = next.map((value, i) => value + ((momentum - 1) / nextMomentum) * (value - (before[i] ?? NaN)));
    current = next;
    momentum = nextMomentum;
  }
  const sum = current.reduce((a, b) => a + b, 0);
  if (sum === 0) throw new RangeError('no channel is higher for undrifted pictures: there is nothing to weigh');
  return current.map((value) => value / sum);
}

function gradient(pairs: readonly Pair[], beta: readonly number[], total: number, ridge: number): number[] {
  const even = beta.reduce((sum, value) => sum + value, 0) / beta.length;
  const slope = beta.map((value) => ridge * (value - even));
  for (const { difference, weight } of pairs) {
    let score = 0;
    for (let i = 0; i < beta.length; i += 1) score += (beta[i] ?? 0) * (difference[i] ?? 0);
    const pull = weight / total / (1 + Math.exp(score));
    for (let i = 0; i < beta.length; i += 1) slope[i] = (slope[i] ?? 0) - pull * (difference[i] ?? 0);
  }
  return slope;
}

function isScored(scores: Measured['scores']): boolean {
  return scores['consistency'] !== null;
}

function square(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value ** 2, 0);
}
