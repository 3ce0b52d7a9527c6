import type { Pose, Stance } from './figure/stance.js';
import { type Thing, thingNames } from './reading/objects.js';
import type { Reading } from './reading/reading.js';
import type { Role } from './reading/roles.js';
import { type Light, type Place, type Position, placeWords, type View } from './reading/words.js';
import { lights } from './light.js';

/** What a picture shows, as it is written into its metadata for the next picture to go on from. */
export interface Scene {
  layout: Reading['layout'];
  place: Place;
  light: Light;
  things: Thing[];
}

export interface Plan extends Scene {
  pose: Pose;
  view: View;
  planted: boolean;
  holding: Stance['holding'];
}

/** How one of several is shown. */
export interface Part {
  pose: Pose;
  view: View;
  holding: Stance['holding'];
  position: Position | null;
  depth: Role['depth'];
}

const usualPose: Partial<Record<Place, Pose>> = { ascension: 'climb', hammock: 'sleep' };
const usualView: Partial<Record<Pose, View>> = { climb: 'rear34' };
/** What belongs to a place without being named. */
const furniture: Partial<Record<Place, readonly Thing[]>> = {
  bridge: ['bridge'],
  hammock: ['hammock'],
  ascension: ['axes'],
};

/** Joins what the prompt says with what the previous scene leaves behind: place, light and things go on unless it says otherwise. */
export function planScene(reading: Reading, previous: Scene | null): Plan {
  const before = previous?.layout === 'scene' ? previous : null;
  const place = reading.place ?? before?.place ?? 'landscape';
  const pose = reading.pose ?? usualPose[place] ?? 'stand';
  const present = new Set<Thing>([...(before?.things ?? []), ...(furniture[place] ?? [])]);
  for (const [thing, asked] of reading.things) {
    if (asked) present.add(thing);
    else present.delete(thing);
  }
  if (reading.layout !== 'scene') present.clear();
  const planted = present.has('axes') && reading.planted;
  return {
    layout: reading.layout,
    place,
    light: reading.layout === 'scene' ? (reading.light ?? before?.light ?? usualLight(place)) : 'studio',
    things: thingNames.filter((thing) => present.has(thing)),
    pose: reading.layout === 'scene' ? pose : 'stand',
    view: reading.view ?? usualView[pose] ?? 'front',
    planted,
    holding:
      present.has('map') && (pose === 'read' || !present.has('axes'))
        ? 'map'
        : present.has('axes') && !planted
          ? 'axes'
          : null,
  };
}

/** Shares the scene out: who is named with the map or reads it holds it, and whoever climbs holds axes. */
export function planParts(plan: Plan, { roles: { common } }: Reading, roles: readonly Role[]): Part[] {
  const parts = roles.map(({ pose, view, position, depth }): Part => {
    const shown = plan.layout === 'scene' ? (pose ?? common.pose ?? usualPose[plan.place] ?? 'stand') : 'stand';
    return { pose: shown, view: view ?? common.view ?? usualView[shown] ?? 'front', holding: null, position, depth };
  });
  const named = (thing: Thing) => roles.flatMap(({ things }, i) => (things.includes(thing) ? [i] : []));
  const doing = (pose: Pose) => parts.flatMap((part, i) => (part.pose === pose ? [i] : []));
  const either = (...choices: number[][]) => choices.find((choice) => choice.length > 0) ?? [0];
  const map = plan.things.includes('map') ? either(doing('read'), named('map')) : [];
  const axes = plan.things.includes('axes') && !plan.planted ? either(doing('climb'), named('axes')) : [];
  return parts.map((part, i) => ({ ...part, holding: map.includes(i) ? 'map' : axes.includes(i) ? 'axes' : null }));
}

const usualLight = (place: Place): Light =>
  place === 'shelf' || place === 'room' ? 'lamp' : place === 'space' ? 'night' : 'studio';

/** Reads a scene out of metadata, which anyone can write; `null` when it is not one. */
export function sceneFrom(value: unknown): Scene | null {
  if (typeof value !== 'object' || value === null) return null;
  const { layout, place, light, things } = value as Record<string, unknown>;
  if (layout !== 'scene' && layout !== 'sheet' && layout !== 'cutout') return null;
  const knownPlace = typeof place === 'string' && (place === 'landscape' || Object.hasOwn(placeWords, place));
  if (!knownPlace || typeof light !== 'string' || !Object.hasOwn(lights, light) || !Array.isArray(things)) return null;
  return {
    layout,
    place: place as Place,
    light: light as Light,
    things: thingNames.filter((thing) => things.includes(thing)),
  };
}
