import { edges, type Box } from '../image/raster.js';
import { mean } from '../stats/summary.js';
import { overlap } from './search.js';

/**
 * Below this share of the way from floor to ceiling a character counts as not in the picture. On the characters that the
 * weights are fitted to, 2.5 % of its own pictures and 95 % of other characters' lie below.
 */
export const FOUND_FROM = 0.45;
/** Boxes that share more than this are of one figure: intersection over union, and intersection over the smaller box. */
const MOST_IOU = 0.4;
const MOST_COVERED = 0.6;
/** Two characters may stand close together, but a second copy of one is only believed in a place of its own. */
export const OWN_PLACE = 0.15;

/** A place in the picture where a character may stand. */
export interface Sighting {
  /** In px of the picture. */
  box: Box;
  /** Calibrated likeness there: 0 is another character, 1 the character itself; not cut off at the ends. */
  value: number;
  /** What else explains the value to people (view, channels, scale). */
  evidence: Record<string, unknown>;
}

/** Who should be in the picture, and the places where the search found somebody like it. */
export interface Sought {
  character: string;
  sightings: readonly Sighting[];
}

export interface CastMember {
  character: string;
  /** Where it stands; `null` when each of its places belongs to somebody else. */
  at: Sighting | null;
  /** Of that place. One left out has that of its worst place, at most 0: at best it is not in the picture. */
  value: number;
  /** Whether the value reaches `FOUND_FROM`; otherwise the character is missing. */
  found: boolean;
}

/** Who stands where. */
export interface Cast {
  /** One for each character sought, in that order. */
  members: CastMember[];
  /** Figures besides those found that look like a character too (it was drawn twice), the most alike first. */
  extra: { character: string; at: Sighting }[];
}

/**
 * Gives each character a place of its own, so that one figure is not counted for two characters: of all ways to do so
 * without overlap the one with the largest sum of values; among equals the one that leaves the fewest out, then the one
 * with the earliest places. Every way is tried, (places + 1)^characters of them: 59,049 for 5 characters with 8 places.
 * ViStoryBench (arXiv 2505.24862) assigns crops to characters one to one as well, and also gives a missing one 0.
 */
export function castOf(sought: readonly Sought[]): Cast {
  const places = bestPlaces(sought);
  const members = sought.map(({ character, sightings }, index): CastMember => {
    const at = places[index] ?? null;
    const value = at ? at.value : leftOutValue(sightings);
    return { character, at, value, found: value >= FOUND_FROM };
  });
  return { members, extra: extraOf(sought, members) };
}

/** `consistency` of a picture with several characters: the mean over them. */
export function scoreOf({ members, extra }: Cast): { value: number; evidence: CastEvidence } {
  return {
    value: mean(members.map(({ value }) => value)),
    evidence: {
      characters: members.map(({ character, at, value, found }) => ({
        character,
        ...at?.evidence,
        characterFound: found,
        value,
        box: at && edges(at.box),
      })),
      missing: members.filter(({ found }) => !found).map(({ character }) => character),
      extra: extra.map(({ character, at }) => ({ character, value: at.value, box: edges(at.box) })),
    },
  };
}

/** What explains the score of several characters, as the record keeps it; boxes are [x, y, width, height] in px. */
export type CastEvidence = {
  /** In the order of the suite, each with the evidence of its place. */
  characters: (Record<string, unknown> & {
    character: string;
    characterFound: boolean;
    value: number;
    box: number[] | null;
  })[];
  /** Names of those not found. */
  missing: string[];
  /** Who was drawn once more, and where. */
  extra: { character: string; value: number; box: number[] }[];
};

interface Choice {
  places: (Sighting | null)[];
  total: number;
}

function bestPlaces(sought: readonly Sought[]): (Sighting | null)[] {
  let best: Choice | null = null;
  const visit = ({ places, total }: Choice): void => {
    const next = sought[places.length];
    if (!next) {
      if (!best || total > best.total || (total === best.total && leftOut(places) < leftOut(best.places)))
        best = { places, total };
      return;
    }
    for (const sighting of next.sightings)
      if (!places.some((taken) => taken && sameFigure(taken.box, sighting.box)))
        visit({ places: [...places, sighting], total: total + sighting.value });
    visit({ places: [...places, null], total: total + leftOutValue(next.sightings) });
  };
  visit({ places: [], total: 0 });
  return (best as Choice | null)?.places ?? [];
}

function leftOut(places: readonly (Sighting | null)[]): number {
  return places.filter((place) => place === null).length;
}

/** No more than any of its places, so that nobody is left out who has a free one. */
function leftOutValue(sightings: readonly Sighting[]): number {
  return Math.min(0, ...sightings.map(({ value }) => value));
}

function extraOf(sought: readonly Sought[], members: readonly CastMember[]): Cast['extra'] {
  const taken = members.flatMap(({ at, found }) => (at && found ? [at.box] : []));
  const extra: Cast['extra'] = [];
  const clear = sought
    .flatMap(({ character, sightings }) => sightings.map((at) => ({ character, at })))
    .filter(({ at }) => at.value >= FOUND_FROM)
    .sort((a, b) => b.at.value - a.at.value);
  for (const one of clear) {
    if (taken.some((box) => overlap(box, one.at.box) > OWN_PLACE)) continue;
    taken.push(one.at.box);
    extra.push(one);
  }
  return extra;
}

function sameFigure(a: Box, b: Box): boolean {
  const covered = overlap(a, b);
  const [areaA, areaB] = [a.width * a.height, b.width * b.height];
  const shared = covered * Math.min(areaA, areaB);
  return shared > MOST_IOU * (areaA + areaB - shared) || covered > MOST_COVERED;
}
