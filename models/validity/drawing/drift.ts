import { turned } from './colour.js';
import type { Identity } from './identity.js';

export const DRIFTS = ['hue_torso', 'hue_head', 'antennae', 'backpack', 'head', 'limb', 'panel', 'eyes'] as const;
export type Drift = (typeof DRIFTS)[number];

export function isDrift(name: string): name is Drift {
  return (DRIFTS as readonly string[]).includes(name);
}

export const LEVELS = [1, 2, 3] as const;
export type Level = (typeof LEVELS)[number];

/** Degrees for hues, factors for sizes; antennae come and go one at a time. */
export const AMOUNTS: Record<Exclude<Drift, 'antennae'>, Record<Level, number>> = {
  hue_torso: { 1: 15, 2: 40, 3: 120 },
  hue_head: { 1: 15, 2: 40, 3: 120 },
  backpack: { 1: 0.5, 2: 0.25, 3: 0 },
  head: { 1: 1.15, 2: 1.35, 3: 1.7 },
  limb: { 1: 0.88, 2: 0.72, 3: 0.5 },
  panel: { 1: 0.6, 2: 0.3, 3: 0 },
  eyes: { 1: 0.6, 2: 2, 3: 3 },
};

/** The character with one thing changed. A hue turns to the one side for even seeds and to the other for odd ones. */
export function drifted(identity: Identity, drift: Drift, level: Level): Identity {
  const { palette, head, arms, legs, antennae, backpack, panel, eyes } = identity;
  const amount = drift === 'antennae' ? level : AMOUNTS[drift][level];
  const turn = identity.seed % 2 === 0 ? amount : -amount;
  switch (drift) {
    case 'hue_torso':
      return { ...identity, palette: { ...palette, torso: turned(palette.torso, turn) } };
    case 'hue_head':
      return { ...identity, palette: { ...palette, head: turned(palette.head, turn) } };
    case 'antennae':
      return {
        ...identity,
        antennae: { ...antennae, count: antennae.count + (losesAntennae(identity) ? -level : level) },
      };
    case 'backpack':
      return { ...identity, backpack: { ...backpack, scale: amount } };
    case 'head':
      return {
        ...identity,
        head: { ...head, width: head.width * amount, height: head.height * amount },
        eyes: { ...eyes, radius: eyes.radius * amount },
      };
    case 'limb':
      return {
        ...identity,
        arms: { ...arms, length: arms.length * amount },
        legs: { ...legs, length: legs.length * amount },
      };
    case 'panel':
      return { ...identity, panel: { ...panel, scale: amount } };
    case 'eyes':
      return { ...identity, eyes: { ...eyes, scale: amount } };
  }
}

/** Whoever has three antennae loses them one by one; the others grow more. */
export function losesAntennae({ antennae }: Identity): boolean {
  return antennae.count >= LEVELS.length;
}

/** At level 3 a small part that was there is not there any more. */
export function isMissingPart(identity: Identity, drift: Drift): boolean {
  return drift === 'backpack' || drift === 'panel' || (drift === 'antennae' && losesAntennae(identity));
}
