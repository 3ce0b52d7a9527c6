import { describe, expect, it } from 'vitest';
import { pictureOf } from './__fixtures__/pictures.js';
import { fitWeights, pairsOf, type Pair, RIDGE } from './weights.js';

/** Pairs along one of three channels, of which a share is the right way round. */
const along = (channel: number, right: number): Pair[] =>
  [1, -1].map((sign) => ({
    difference: [0, 1, 2].map((i) => (i === channel ? sign : 0)),
    weight: sign > 0 ? right : 1 - right,
  }));

describe('weights', () => {
  it('are the log odds of channels that are tried one at a time', () => {
    const [a = NaN, b = NaN, c = NaN] = fitWeights([...along(0, 0.9), ...along(1, 0.7), ...along(2, 0.5)], 3, 0);
    const [first, second] = [Math.log(0.9 / 0.1), Math.log(0.7 / 0.3)];
    expect(a).toBeCloseTo(first / (first + second), 2);
    expect(b).toBeCloseTo(second / (first + second), 2);
    expect(c).toBeCloseTo(0, 3);
  });
  it('are drawn towards each other by the ridge', () => {
    const pairs = [...along(0, 0.9), ...along(1, 0.7)];
    const gaps = [0, RIDGE, 0.1, 1].map((ridge) => {
      const [a = NaN, b = NaN] = fitWeights(pairs, 2, ridge);
      return a - b;
    });
    expect(gaps).toEqual([...gaps].sort((a, b) => b - a));
    expect(gaps.at(-1)).toBeGreaterThan(0);
  });
  it('are never negative, and 1 together', () => {
    const weights = fitWeights([...along(0, 0.8), ...along(1, 0.3), ...along(2, 0.6)], 3);
    expect(weights[1]).toBe(0);
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  });
  it('want one channel at least that sees something', () => {
    expect(() => fitWeights(along(0, 0.2), 3)).toThrow('there is nothing to weigh');
  });
});

describe('pairs', () => {
  const scores = (window: number, consistency: number | null = window) => ({ 'clip-cosine': 0, window, consistency });
  const none = (scene: number, window: number) => pictureOf({ scene, scores: scores(window) });
  const head = (scene: number, window: number, more = {}) =>
    pictureOf({ arm: 'head', level: 2, scene, scores: scores(window), ...more });

  it('are of the same character and of different scenes where the drift is seen', () => {
    const seen = [none(0, 1), none(1, 0.9), none(2, 5), head(0, 0.5), head(1, 0.3), head(2, 0, { visible: false })];
    const differences = pairsOf([seen, [none(3, 7)]], ['window']).map(({ difference }) => difference[0]);
    expect(differences.map((each) => each?.toFixed(2))).toEqual(['0.40', '0.70']);
  });
  it('weigh the same for each drift, however many there are', () => {
    const pictures = [none(0, 1), none(1, 1), none(2, 1), head(0, 0), head(1, 0), head(2, 0)];
    const eyes = [0, 1].map((scene) => pictureOf({ arm: 'eyes', level: 3, scene, scores: scores(0) }));
    const pairs = pairsOf([[...pictures, ...eyes]], ['window']);
    expect(pairs).toHaveLength(6 + 2);
    expect(pairs.slice(0, 6).reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(pairs.slice(6).reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
  });
  it('leave out what has no score', () => {
    expect(pairsOf([[none(0, 1), head(1, 0, { scores: scores(0, null) })]], ['window'])).toEqual([]);
  });
});
