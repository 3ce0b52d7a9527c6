import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../lib/random.js';
import { archiveRobot } from './character.js';
import { oklch } from './colour.js';
import { blended, characterFrom, driftBetween, randomCharacter, strayed } from './vary.js';

const many = Array.from({ length: 200 }, (_, i) => i + 1);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('driftBetween', () => {
  it('is 0 for the same, the weight of one wholly different trait, and near 1 for strangers', () => {
    expect(driftBetween(archiveRobot, archiveRobot)).toBe(0);
    expect(driftBetween(archiveRobot, { ...archiveRobot, backpack: 'small' })).toBeCloseTo(0.3, 10);
    expect(driftBetween(archiveRobot, { ...archiveRobot, torsoColour: oklch(0.66, 0.16, 216) })).toBeCloseTo(0.65, 10);
    expect(mean(many.map((seed) => driftBetween(archiveRobot, randomCharacter(seededRandom(seed)))))).toBeGreaterThan(
      0.95,
    );
  });
});

describe('strayed', () => {
  it('keeps the character at 0', () => {
    expect(strayed(archiveRobot, 0, seededRandom(3))).toEqual(archiveRobot);
  });

  it('grows with stray and loses no part where models usually are', () => {
    const at = (stray: number) =>
      many.map((seed) => strayed({ ...archiveRobot, backpack: 'small' }, stray, seededRandom(seed)));
    const driftAt = (stray: number) =>
      mean(at(stray).map((one) => driftBetween({ ...archiveRobot, backpack: 'small' }, one)));
    expect(driftAt(0.05)).toBeLessThan(0.15);
    expect(driftAt(0.15)).toBeGreaterThan(driftAt(0.05));
    expect(driftAt(0.5)).toBeGreaterThan(0.8);
    expect(at(0.05).every((one) => one.backpack === 'small' && one.antennae === '2')).toBe(true);
    const lost = at(0.5).filter((one) => one.backpack === 'none').length / many.length;
    expect(lost).toBeGreaterThan(0.55);
    expect(lost).toBeLessThan(0.8);
  });

  it('always gives a sound character', () => {
    for (const seed of many) {
      const random = seededRandom(seed);
      const odd = blended(
        strayed(randomCharacter(random), random(), random),
        randomCharacter(random),
        random(),
        random,
      );
      expect(characterFrom(JSON.parse(JSON.stringify(odd)))).toEqual(odd);
    }
  });
});

describe('characterFrom', () => {
  it.each([
    ['nothing', null],
    ['text', 'robot'],
    ['a missing trait', { ...archiveRobot, eyes: undefined }],
    ['an unknown choice', { ...archiveRobot, eyes: 'laser' }],
    ['a size out of range', { ...archiveRobot, headWidth: 90 }],
    ['no number', { ...archiveRobot, headWidth: 'NaN' }],
    ['a broken colour', { ...archiveRobot, headColour: { l: 2, c: 0, h: 0 } }],
  ])('takes no character from %s', (_what, value) => {
    expect(characterFrom(value)).toBeNull();
  });
});
