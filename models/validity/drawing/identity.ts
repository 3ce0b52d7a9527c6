import { seededRandom, type Random } from '../../../src/lib/random.js';
import { between, chance, pick } from './chance.js';
import { KINDS, type Kind } from './kinds.js';
import type { Outline } from './outline.js';
import { makePalette, type Palette } from './palette.js';

/** Everything that makes a character this one. Lengths are in units of its own height without antennae, 100. */
export interface Identity {
  seed: number;
  kind: Kind['name'];
  palette: Palette;
  /** Width of the ink line, 0 for none. */
  ink: number;
  /** Whether surfaces are shaded from light to dark. */
  shaded: boolean;
  head: { outline: Outline; width: number; height: number; sunk: number; ahead: number };
  torso: { outline: Outline; width: number; height: number; depth: number };
  arms: Limbs & { hand: 'ball' | 'claw' | 'mitten' };
  legs: Limbs & { foot: 'shoe' | 'hoof' | 'toes' };
  antennae: { count: number; length: number; style: 'rod' | 'feeler' | 'horn' | 'feather' | 'spring' };
  /** `scale` 0: gone; the same for the panel. */
  backpack: { shape: 'box' | 'bag' | 'tanks' | 'shell'; width: number; height: number; straps: boolean; scale: number };
  panel: {
    shape: 'plate' | 'disc' | 'shield';
    content: 'dials' | 'bars' | 'star' | 'grid';
    size: number;
    scale: number;
  };
  eyes: {
    count: number;
    radius: number;
    shape: 'round' | 'tall' | 'square';
    look: 'iris' | 'dot' | 'glow';
    scale: number;
  };
  mouth: 'line' | 'smile' | 'grille' | 'beak' | 'muzzle';
  ears: 'none' | 'round' | 'pointed' | 'hanging' | 'bolts';
  tail: 'none' | 'thin' | 'bushy';
  /** The markings of the torso; `seed` places them. */
  markings: { pattern: 'none' | 'spots' | 'stripes' | 'belly' | 'patches'; seed: number };
}

interface Limbs {
  pairs: number;
  length: number;
  thickness: number;
  style: 'tube' | 'segments' | 'wing';
}

/** A character of its own, the same for the same seed. */
export function makeIdentity(seed: number): Identity {
  const random = seededRandom(seed);
  const kind = pick(random, KINDS);
  const range = ([low, high]: readonly [number, number]) => between(random, low, high);
  const proportions = { head: range(kind.head), torso: range(kind.torso), legs: range(kind.legs) };
  const unit = 100 / (proportions.head + proportions.torso + proportions.legs);
  const headHeight = proportions.head * unit;
  const torsoHeight = proportions.torso * unit;
  const torsoWidth = torsoHeight * range(kind.torsoWidth);
  const headWidth = headHeight * range(kind.headWidth);
  const thickness = between(random, 4, 8);
  return {
    seed,
    kind: kind.name,
    palette: makePalette(random),
    ink: chance(random, 0.55) ? between(random, 0.8, 1.8) : 0,
    shaded: chance(random, 0.7),
    head: {
      outline: outline(random, kind),
      width: headWidth,
      height: headHeight * (1 + kind.sunk),
      sunk: headHeight * kind.sunk,
      ahead: kind.ahead,
    },
    torso: {
      outline: outline(random, kind),
      width: torsoWidth,
      height: torsoHeight,
      depth: torsoWidth * between(random, 0.65, 0.95),
    },
    arms: {
      pairs: pick(random, kind.armPairs),
      length: Math.min(48, torsoHeight * between(random, 0.75, 1.15)),
      thickness: thickness * between(random, 0.8, 1.1),
      style: pick(random, kind.arms),
      hand: pick(random, ['ball', 'claw', 'mitten']),
    },
    legs: {
      pairs: pick(random, kind.legPairs),
      length: proportions.legs * unit,
      thickness,
      style: pick(random, kind.legStyles),
      foot: pick(random, ['shoe', 'hoof', 'toes']),
    },
    antennae: {
      count: pick(random, [1, 2, 3, 3]),
      length: between(random, 11, 20),
      style: pick(random, kind.antennae),
    },
    backpack: {
      shape: pick(random, ['box', 'bag', 'tanks', 'shell']),
      width: torsoWidth * between(random, 0.6, 1.15),
      height: torsoHeight * between(random, 0.5, 0.9),
      straps: chance(random, 0.4),
      scale: 1,
    },
    panel: {
      shape: pick(random, ['plate', 'disc', 'shield']),
      content: pick(random, ['dials', 'bars', 'star', 'grid']),
      size: Math.min(torsoWidth, torsoHeight) * between(random, 0.4, 0.58),
      scale: 1,
    },
    eyes: {
      count: pick(random, kind.eyes),
      radius: headWidth * between(random, 0.065, 0.1),
      shape: pick(random, ['round', 'tall', 'square']),
      look: pick(random, ['iris', 'dot', 'glow']),
      scale: 1,
    },
    mouth: pick(random, kind.mouths),
    ears: pick(random, kind.ears),
    tail: pick(random, kind.tails),
    markings: { pattern: pick(random, kind.patterns), seed: Math.floor(random() * 2 ** 31) },
  };
}

/** How high the figure stands at rest, antennae included. */
export function heightOf({ head, torso, legs, antennae }: Identity): number {
  return legs.length + torso.height + head.height - head.sunk + (antennae.count > 0 ? antennae.length : 0);
}

function outline(random: Random, kind: Kind): Outline {
  const [low, high] = kind.boxy;
  return {
    upper: between(random, low, high),
    lower: between(random, low, high),
    taper: between(random, ...kind.taper),
    wave: kind.wave * random(),
  };
}
