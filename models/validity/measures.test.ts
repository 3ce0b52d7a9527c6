import { describe, expect, it } from 'vitest';
import { pictureOf } from './__fixtures__/pictures.js';
import { driftAuc, drops, MEASURES, type Scored } from './measures.js';

const none = (scene: number, score: number, more = {}) => pictureOf({ scene, score, ...more });
const eyes = (scene: number, score: number, more = {}) => pictureOf({ arm: 'eyes', level: 3, scene, score, ...more });

/** One or more characters' pictures through a measure. */
function estimate(id: string, ...characters: Scored[][]): number | null {
  const measure = MEASURES.find((each) => each.id === id);
  if (!measure) throw new Error(`no measure ${id}`);
  return measure.estimate(characters.map((pictures) => measure.partsOf(pictures)));
}

describe('AUC of a drift', () => {
  it('leaves out pairs of the same scene', () => {
    const pictures = [none(0, 1), none(1, 3), eyes(0, 2), eyes(1, 0)];
    // 1 over 0 and 3 over 2; not 1 over 2 nor 3 over 0.
    expect(driftAuc(pictures, 'eyes', 3, false)).toBe(1);
  });
  it('where visible, takes undrifted pictures of the same scenes', () => {
    const hidden = { visible: false };
    const pictures = [none(0, 1), none(1, 3), none(2, 9), eyes(0, 2), eyes(1, 1.5), eyes(2, 10, hidden)];
    // Of the scenes 0 and 1: 1 is not over 1.5, 3 is over 2.
    expect(driftAuc(pictures, 'eyes', 3, true)).toBe(0.5);
    // Also 9 over 2 and 1.5, and neither 1 nor 3 over 10.
    expect(driftAuc(pictures, 'eyes', 3, false)).toBe(0.5);
  });
  it('is unknown where it is never seen', () => {
    expect(driftAuc([none(0, 1), eyes(1, 0, { visible: false })], 'eyes', 3, true)).toBeNull();
  });
  it('is averaged over characters, then over drifts', () => {
    const well = [none(0, 1), eyes(1, 0)];
    const badly = [none(0, 1), eyes(1, 2), pictureOf({ arm: 'head', level: 3, scene: 1, score: 0 })];
    // Eyes 1 and 0, head 1 and unknown.
    expect(estimate('level3', well, badly)).toBe(0.75);
  });
});

it('missing parts are those that are gone', () => {
  const parts = (arm: 'antennae' | 'backpack', score: number, missing: boolean) =>
    [0, 1].map((scene) => pictureOf({ arm, level: 3, scene, score, missing }));
  const undrifted = [none(0, 1), none(1, 1)];
  expect(estimate('missing', [...undrifted, ...parts('backpack', 0, true), ...parts('antennae', 2, false)])).toBe(1);
  expect(estimate('missing', [...undrifted, ...parts('backpack', 0, true), ...parts('antennae', 2, true)])).toBe(0.5);
});

describe('the mean of all scenes', () => {
  const undrifted = [none(0, 1), none(0, 5), none(1, 2), none(1, 6)]; // runs of mean 1.5 and 5.5
  it('compares whole runs', () => {
    expect(estimate('gate3', [...undrifted, eyes(0, 3), eyes(1, 1)])).toBe(0.5);
    expect(estimate('gate3', [...undrifted, eyes(0, 0), eyes(1, 1)])).toBe(1);
  });
  it('says nothing where a scene was not drawn', () => {
    expect(estimate('gate3', [...undrifted, eyes(0, 3)])).toBeNull();
  });
});

describe('drops', () => {
  const level = (at: 1 | 2 | 3, score: number) => pictureOf({ arm: 'limb', level: at, scene: 0, score });
  it('are from the mean of the same scene', () => {
    expect(drops([none(0, 1), none(0, 2), none(1, 9), eyes(0, 1)], 'eyes', 3)).toEqual([0.5]);
  });
  it('grow with the level or not', () => {
    expect(estimate('monotonicity', [none(0, 1), level(1, 0.9), level(2, 0.8), level(3, 0.7)])).toBeCloseTo(1, 12);
    expect(estimate('monotonicity', [none(0, 1), level(1, 1.1), level(2, 1.2), level(3, 1.3)])).toBeCloseTo(-1, 12);
    expect(estimate('monotonicity', [none(0, 1), level(1, 0.8), level(2, 0.9), level(3, 0.7)])).toBeCloseTo(0.8, 12);
  });
});

describe('undrifted pictures', () => {
  it('have a spread inside characters, pooled', () => {
    // Variances 2 and 8.
    expect(estimate('sd', [none(0, 1), none(1, 3)], [none(0, 11), none(1, 15)])).toBeCloseTo(Math.sqrt(5), 12);
  });
  it('may follow the nuisance', () => {
    const scales = [0.25, 0.5, 0.75, 0.4];
    const bySize = scales.map((scale, scene) => none(scene, 3 * Math.log(scale), { scale }));
    expect(estimate('nuisanceR2', bySize)).toBeCloseTo(1, 9);
    const byView = ['front', 'back', 'front', 'back'].map((view, scene) => none(scene, scene < 2 ? 1 : 0, { view }));
    expect(estimate('nuisanceR2', byView)).toBeCloseTo(0, 9);
  });
  it('are told from another character', () => {
    const other = (scene: number, score: number) => pictureOf({ arm: 'other', scene, score });
    const pictures = [none(0, 1), none(1, 3), other(2, 0), other(3, 2)];
    expect(estimate('other', pictures)).toBe(0.75);
    expect(estimate('otherDPrime', pictures)).toBeCloseTo(1 / Math.SQRT2, 12);
  });
});
