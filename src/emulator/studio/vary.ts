import type { Random } from '../../lib/random.js';
import { type Character, type Trait, type TraitName, traitNames, traits } from './character.js';
import { type Colour, distance, mix, oklch, shift } from './colour.js';

type Draw = (trait: Trait, name: TraitName) => unknown;

/** Makes a character trait by trait. The table gives each value its type, which the compiler cannot follow through a loop. */
const build = (draw: Draw) =>
  Object.fromEntries(traitNames.map((name) => [name, draw(traits[name], name)])) as Character;

const pick = <T>(random: Random, of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;

/** Nearly normal, standard deviation 1, within ±3 (sum of three uniform draws). */
export const bell = (random: Random) => (random() + random() + random() - 1.5) * 2;

export const randomColour = (random: Random): Colour =>
  oklch(0.35 + random() * 0.55, 0.03 + random() * 0.16, random() * 360);

/** Any character at all: robots, animals, creatures. */
export function randomCharacter(random: Random): Character {
  return build((trait) => {
    if (trait.kind === 'colour') return randomColour(random);
    if (trait.kind === 'number') return trait.min + random() * (trait.max - trait.min);
    return pick(random, trait.of);
  });
}

/**
 * The character as one more picture would show it. `stray` 0 keeps it; about 0.05 is barely visible;
 * 0.5 is plainly another look: colours move by tens of degrees and parts get lost.
 */
export function strayed(character: Character, stray: number, random: Random): Character {
  const lost = Math.min(0.9, Math.max(0, stray - 0.1) * 1.7);
  return build((trait, name) => {
    const value: unknown = character[name];
    const push = bell(random) * stray;
    const chance = random();
    if (trait.kind === 'colour') {
      const turn = Math.sign(push) * (0.3 + 0.8 * chance) * stray * (1 + stray) * 110 * (0.5 + trait.weight);
      return shift(value as Colour, { h: turn, l: bell(random) * stray * 0.1, c: bell(random) * stray * 0.04 });
    }
    if (trait.kind === 'number') return within(trait, (value as number) + push * (trait.max - trait.min) * 0.4);
    if (trait.without !== undefined) return chance < lost ? trait.without : value;
    return chance < lost * 0.3 ? pick(random, trait.of) : value;
  });
}

/** `share` of the way from one character to another; parts are taken from the other by chance. */
export function blended(from: Character, to: Character, share: number, random: Random): Character {
  return build((trait, name) => {
    const [a, b]: [unknown, unknown] = [from[name], to[name]];
    const chance = random();
    if (trait.kind === 'colour') return mix(a as Colour, b as Colour, share);
    if (trait.kind === 'number') return (a as number) + ((b as number) - (a as number)) * share;
    return chance < share ? b : a;
  });
}

/** How far two characters are apart, 0..1: one wholly different trait alone makes its weight, more add up towards 1. */
export function driftBetween(a: Character, b: Character): number {
  const kept = traitNames.reduce((product, name) => {
    const trait: Trait = traits[name];
    return product * (1 - trait.weight * differenceOf(trait, a[name], b[name]));
  }, 1);
  return 1 - kept;
}

function differenceOf(trait: Trait, a: unknown, b: unknown): number {
  if (trait.kind === 'colour') return Math.min(1, distance(a as Colour, b as Colour) / 0.25);
  if (trait.kind === 'number') return Math.abs((a as number) - (b as number)) / (trait.max - trait.min);
  return a === b ? 0 : 1;
}

const within = (range: { min: number; max: number }, value: number) => Math.min(range.max, Math.max(range.min, value));

/** Reads a character out of a picture's metadata, which anyone can write: every trait in range, or `null`. */
export function characterFrom(value: unknown): Character | null {
  if (typeof value !== 'object' || value === null) return null;
  const record = value as Record<string, unknown>;
  const sound = traitNames.every((name) => isSound(traits[name], record[name]));
  return sound ? build((_trait, name) => record[name]) : null;
}

function isSound(trait: Trait, value: unknown): boolean {
  if (trait.kind === 'choice') return typeof value === 'string' && trait.of.includes(value);
  if (trait.kind === 'number') return typeof value === 'number' && value >= trait.min && value <= trait.max;
  if (typeof value !== 'object' || value === null) return false;
  const { l, c, h } = value as Record<string, unknown>;
  const between = (part: unknown, max: number) => typeof part === 'number' && part >= 0 && part <= max;
  return between(l, 1) && between(c, 0.5) && between(h, 360);
}
