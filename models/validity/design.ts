import { seededRandom } from '../../src/lib/random.js';
import { BACKGROUNDS } from './drawing/background.js';
import { shuffled, streamOf } from './drawing/chance.js';
import { DRIFTS, LEVELS, type Drift, type Level } from './drawing/drift.js';
import type { Setting, View } from './drawing/scene.js';

/** Scenes of each character, as many as the robot suite has. */
export const SCENES = 9;

/** How many pictures of each character are drawn. */
export interface Counts {
  identities: number;
  /** Undrifted pictures of each scene. */
  samples: number;
  /** Scenes of each drift, one picture each. */
  scenes: Record<Level, number>;
  /** Scenes that show another character. */
  others: number;
}

export const FULL: Counts = { identities: 16, samples: 3, scenes: { 1: 4, 2: 9, 3: 9 }, others: 9 };
/** For the weights: few numbers are fitted, so fewer characters will do. */
export const TRAIN: Counts = { identities: 12, samples: 3, scenes: { 1: 2, 2: 6, 3: 9 }, others: 9 };
export const QUICK: Counts = { identities: 3, samples: 1, scenes: { 1: 2, 2: 3, 3: 3 }, others: 3 };

/** Identities are seeds: those that weights are fitted to, and those that they are judged by. */
export const TRAIN_SEED = 1000;
export const HELD_OUT_SEED = 500_000;
export const OTHER_SEED = 900_000_000;

export type Arm = 'none' | Drift | 'other';

/** One picture to draw and measure against the sheet of `identity`. */
export interface Picture {
  identity: number;
  /** The character drawn: `identity`, or with `other` somebody else. */
  shown: number;
  arm: Arm;
  level: 0 | Level;
  scene: number;
  setting: Setting;
  /** Of everything that each picture draws anew. */
  seed: number;
}

/** All pictures of one character. Every picture of a scene shares its setting and nothing else. */
export function picturesOf(identity: number, counts: Counts): Picture[] {
  const settings = settingsOf(identity);
  const picture = (arm: Arm, level: 0 | Level, scene: number, sample: number): Picture => {
    const setting = settings[scene];
    if (!setting) throw new RangeError(`a character has ${SCENES} scenes, not ${scene + 1}`);
    const seed = streamOf(identity, [...DRIFTS, 'none', 'other'].indexOf(arm), level, scene, sample);
    const shown = arm === 'other' ? OTHER_SEED + (seed >>> 4) : identity;
    return { identity, shown, arm, level, scene, setting, seed };
  };
  const scenes = (count: number) => Array.from({ length: count }, (_, i) => i);
  return [
    ...scenes(SCENES).flatMap((scene) => scenes(counts.samples).map((sample) => picture('none', 0, scene, sample))),
    ...DRIFTS.flatMap((drift) =>
      LEVELS.flatMap((level) => scenes(counts.scenes[level]).map((scene) => picture(drift, level, scene, 0))),
    ),
    ...scenes(counts.others).map((scene) => picture('other', 0, scene, 0)),
  ];
}

/**
 * Three of nine scenes from behind; four in ten busy; sizes from .22 to .85 of the picture's height, equal steps of the
 * logarithm with one scene in each.
 */
function settingsOf(identity: number): Setting[] {
  const random = seededRandom(streamOf(identity, 77));
  const views: View[] = ['front', 'front', 'front', 'front', 'turned', 'turned', 'back', 'back', 'back'];
  const places = shuffled(random, [...BACKGROUNDS, ...BACKGROUNDS, 'busy' as const, 'busy' as const]);
  const sizes = shuffled(
    random,
    views.map((_, i) => 0.22 * (0.85 / 0.22) ** ((i + random()) / SCENES)),
  );
  return shuffled(random, views).map((view, i) => ({
    view,
    background: places[i] ?? 'busy',
    scale: sizes[i] ?? 0.5,
  }));
}
