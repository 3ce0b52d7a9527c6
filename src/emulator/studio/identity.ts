import { isDeepStrictEqual } from 'node:util';
import { hash31 } from '../../lib/hash.js';
import { type Random, seededRandom } from '../../lib/random.js';
import { archiveRobot, type Character } from './character.js';
import type { Reading } from './reading/reading.js';
import { type Scene, sceneFrom } from './scene.js';
import { readNote } from './metadata.js';
import { characterOfPicture } from './palette.js';
import { blended, characterFrom, driftBetween, randomCharacter, strayed } from './vary.js';

/** Somebody as a picture shows them. */
export interface Known {
  character: Character;
  /** The character at the start of the chain of pictures that led here. */
  first: Character;
}

/** What an input picture shows. */
export interface Seen extends Known {
  scene: Scene | null;
  /** Who else is in it. */
  company: Known[];
}

/** The most characters of one scene that keep their looks, as Google says of its models. */
export const MOST = 5;

/** The chance that unlabelled pictures make the studio mix up who is who. */
export const MIX_UP = 0.5;

/** How much of a character's look comes from the scene before, where there is one. */
const CARRIED = 0.6;

/** Reads a picture: its note if the studio made it, otherwise its colours. */
export async function see(bytes: Uint8Array): Promise<Seen> {
  const note = readNote(bytes) as Record<string, unknown> | null;
  const character = characterFrom(note?.['character']);
  if (character === null) {
    const guessed = await characterOfPicture(bytes);
    return { character: guessed, first: guessed, scene: null, company: [] };
  }
  const company = Array.isArray(note?.['cast']) ? note['cast'].slice(1).flatMap(knownFrom) : [];
  return {
    character,
    first: characterFrom(note?.['first']) ?? character,
    scene: sceneFrom(note?.['scene']),
    company: company.slice(0, MOST - 1),
  };
}

function knownFrom(note: unknown): Known[] {
  const { character: drawn, first } = (note ?? {}) as Record<string, unknown>;
  const character = characterFrom(drawn);
  return character === null ? [] : [{ character, first: characterFrom(first) ?? character }];
}

/** Which input is the character and which the previous scene. */
export function assignRoles(reading: Reading, seen: readonly Seen[]): { character: Seen | null; scene: Scene | null } {
  const { references } = reading;
  const sheet = seen.find((one) => one.scene?.layout === 'sheet') ?? seen[0];
  const character = (references.character === null ? undefined : seen[references.character]) ?? sheet ?? null;
  const others = seen.filter((one) => one !== character);
  const scene =
    (references.scene === null ? undefined : seen[references.scene]) ?? others[others.length - 1] ?? character;
  return { character, scene: scene?.scene ?? null };
}

/** The character as this picture will show it, and the one its chain began with. */
export function identify(
  reading: Reading,
  seen: readonly Seen[],
  request: { prompt: string; seed: number; stray: number },
): Known {
  const random = seededRandom(hash31(['identity', request.seed, reading.hash]));
  const reference = assignRoles(reading, seen).character;
  const known = reference ?? fromWords(reading, request.prompt);
  const first = dressed(known.first, reading);
  const start = carriedOn(known, reference, seen, hash31(['carried', request.seed, reading.hash]));
  const drifted = strayed(dressed(start, reading), request.stray * (1 + 0.5 * reading.keywords), random);
  const unsure = seen.length > 1 && !reading.references.labelled;
  const mixed = random() < MIX_UP && unsure;
  return { character: mixed ? mixUp(drifted, known, seen, random) : drifted, first };
}

/** A scene that goes on takes after the one before, not after the sheet alone: what strayed there strays further here. */
function carriedOn(
  { character, first }: Known,
  reference: Seen | null,
  seen: readonly Seen[],
  seed: number,
): Character {
  const before = seen.findLast((one) => one !== reference && one.scene && isSame(one, { character, first }));
  return before ? blended(character, before.character, CARRIED, seededRandom(seed)) : character;
}

/** Two pictures show the same one where their chains began with the same one, backpack or not. */
export function isSame(a: Known, b: Known): boolean {
  const bare = ({ first }: Known) => ({ ...first, backpack: null, backpackColour: null, buckleColour: null });
  return isDeepStrictEqual(bare(a), bare(b));
}

/** How far `identify` let the character stray, 0..1. */
export const driftOf = ({ character, first }: Known) => driftBetween(first, character);

function mixUp(
  character: Character,
  reference: { character: Character },
  seen: readonly Seen[],
  random: Random,
): Character {
  const others = seen.map((one) => one.character).filter((one) => driftBetween(one, reference.character) > 0.4);
  const wrong = others[Math.floor(random() * others.length)] ?? randomCharacter(random);
  return blended(character, wrong, 0.35 + random() * 0.35, random);
}

/** No picture was given: a prompt that names a robot gets a robot, anything else a creature from its hash. */
function fromWords(reading: Reading, prompt: string): Known {
  const random = seededRandom(reading.hash);
  const made = randomCharacter(random);
  const character = /\brobots?\b/i.test(prompt) ? blended(archiveRobot, made, 0.35, random) : made;
  return { character, first: character };
}

/** What a prompt may add or take away is no part of who somebody is. */
export function dressed(character: Character, { backpack }: Pick<Reading, 'backpack'>): Character {
  if (backpack === null) return character;
  if (!backpack) return { ...character, backpack: 'none' };
  return character.backpack === 'none'
    ? {
        ...character,
        backpack: 'small',
        backpackColour: archiveRobot.backpackColour,
        buckleColour: archiveRobot.buckleColour,
      }
    : character;
}
