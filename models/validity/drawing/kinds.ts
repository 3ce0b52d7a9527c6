import type { Identity } from './identity.js';

type Range = readonly [number, number];
type Choice<T> = readonly [T, ...T[]];

/** What the characters of one kind have in common. Heights are shares that are scaled to 100 together. */
export interface Kind {
  name: 'robot' | 'critter' | 'bird' | 'blob' | 'bug' | 'beast';
  head: Range;
  torso: Range;
  legs: Range;
  /** Width by height. */
  headWidth: Range;
  torsoWidth: Range;
  /** Exponents of the outlines: see `Outline`. */
  boxy: Range;
  taper: Range;
  wave: number;
  /** Share of the head that overlaps the torso, and how far it stands out before it, in torso depths. */
  sunk: number;
  ahead: number;
  armPairs: Choice<number>;
  legPairs: Choice<number>;
  arms: Choice<Identity['arms']['style']>;
  legStyles: Choice<Identity['legs']['style']>;
  antennae: Choice<Identity['antennae']['style']>;
  eyes: Choice<number>;
  mouths: Choice<Identity['mouth']>;
  ears: Choice<Identity['ears']>;
  tails: Choice<Identity['tail']>;
  patterns: Choice<Identity['markings']['pattern']>;
}

const robot: Kind = {
  name: 'robot',
  head: [24, 34],
  torso: [32, 42],
  legs: [18, 34],
  headWidth: [0.95, 1.6],
  torsoWidth: [0.75, 1.15],
  boxy: [2.4, 9],
  taper: [-0.25, 0.25],
  wave: 0,
  sunk: 0.02,
  ahead: 0,
  armPairs: [1, 1, 1, 2],
  legPairs: [1],
  arms: ['segments', 'segments', 'tube'],
  legStyles: ['segments', 'segments', 'tube'],
  antennae: ['rod', 'rod', 'spring'],
  eyes: [2, 2, 2, 1, 3],
  mouths: ['grille', 'line', 'smile'],
  ears: ['bolts', 'bolts', 'none'],
  tails: ['none'],
  patterns: ['none', 'none', 'stripes', 'patches'],
};

const critter: Kind = {
  ...robot,
  name: 'critter',
  head: [30, 40],
  torso: [30, 40],
  legs: [14, 24],
  headWidth: [0.9, 1.3],
  torsoWidth: [0.7, 1],
  boxy: [1.9, 2.6],
  taper: [0, 0.3],
  sunk: 0.1,
  ahead: 0.15,
  armPairs: [1],
  arms: ['tube'],
  legStyles: ['tube'],
  antennae: ['horn', 'feather', 'feeler'],
  eyes: [2],
  mouths: ['muzzle', 'muzzle', 'smile'],
  ears: ['round', 'pointed', 'hanging'],
  tails: ['thin', 'bushy'],
  patterns: ['belly', 'belly', 'spots', 'stripes', 'patches'],
};

/** One list, the commoner kinds twice. */
export const KINDS: Choice<Kind> = [
  robot,
  robot,
  critter,
  {
    ...critter,
    name: 'bird',
    head: [22, 32],
    torso: [38, 48],
    legs: [14, 26],
    torsoWidth: [0.65, 0.95],
    taper: [0.05, 0.3],
    arms: ['wing'],
    antennae: ['feather'],
    mouths: ['beak'],
    ears: ['none'],
    tails: ['none', 'bushy'],
    patterns: ['belly', 'spots', 'stripes', 'none'],
  },
  {
    ...critter,
    name: 'blob',
    head: [22, 34],
    torso: [40, 52],
    legs: [6, 12],
    headWidth: [1.1, 1.8],
    torsoWidth: [0.9, 1.35],
    taper: [0.1, 0.4],
    wave: 0.05,
    sunk: 0.3,
    ahead: 0,
    antennae: ['feeler', 'spring', 'horn'],
    eyes: [1, 2, 3, 3],
    mouths: ['smile', 'line'],
    ears: ['none'],
    tails: ['none', 'thin'],
    patterns: ['spots', 'patches', 'none', 'belly'],
  },
  {
    ...critter,
    name: 'bug',
    head: [20, 28],
    torso: [42, 54],
    legs: [14, 26],
    torsoWidth: [0.55, 0.85],
    taper: [-0.15, 0.3],
    armPairs: [2],
    antennae: ['feeler', 'feeler', 'feather'],
    eyes: [2, 2, 3],
    mouths: ['line', 'smile'],
    ears: ['none'],
    tails: ['none'],
    patterns: ['stripes', 'stripes', 'spots', 'none'],
  },
  {
    ...critter,
    name: 'beast',
    head: [26, 34],
    torso: [34, 44],
    legs: [18, 28],
    headWidth: [0.85, 1.2],
    torsoWidth: [1.05, 1.5],
    taper: [-0.1, 0.15],
    sunk: 0.35,
    ahead: 0.5,
    legPairs: [2],
    patterns: ['spots', 'stripes', 'patches', 'none'],
  },
];
