import { type Colour, oklch } from './colour.js';

/** How one trait may vary. `weight` says how much of another look it makes when it is wholly different (0..1). */
export type Trait =
  | { kind: 'colour'; weight: number }
  | { kind: 'number'; weight: number; min: number; max: number }
  | {
      kind: 'choice';
      weight: number;
      of: readonly string[];
      /** What is left when the part is lost. */ without?: string;
    };

const colour = (weight: number) => ({ kind: 'colour', weight }) as const;
const number = (weight: number, min: number, max: number) => ({ kind: 'number', weight, min, max }) as const;
const choice = <const Of extends readonly string[]>(weight: number, of: Of, without?: Of[number]) =>
  ({ kind: 'choice', weight, of, ...(without === undefined ? {} : { without }) }) as const;

/** Everything that makes a character who it is. Sizes are shares of the plain figure (1 = as drawn by default). */
export const traits = {
  headShape: choice(0.35, ['box', 'round', 'dome', 'bucket', 'pear']),
  headWidth: number(0.3, 0.72, 1.35),
  headHeight: number(0.3, 0.75, 1.35),
  headColour: colour(0.5),
  faceColour: colour(0.25),
  face: choice(0.2, ['plate', 'none']),
  eyes: choice(0.3, ['button', 'goggle', 'visor', 'bead', 'single']),
  eyeSize: number(0.15, 0.65, 1.5),
  eyeColour: colour(0.15),
  mouth: choice(0.12, ['grille', 'smile', 'beak', 'snout', 'none']),
  ears: choice(0.22, ['bolts', 'round', 'pointed', 'long', 'none'], 'none'),
  antennae: choice(0.25, ['0', '1', '2', '3'], '0'),
  antennaTip: choice(0.1, ['ball', 'ring', 'drop', 'bar']),
  antennaLength: number(0.1, 0.6, 1.5),
  accentColour: colour(0.25),
  torsoShape: choice(0.35, ['box', 'round', 'dome', 'bucket', 'pear']),
  torsoWidth: number(0.3, 0.72, 1.4),
  torsoHeight: number(0.3, 0.72, 1.4),
  torsoColour: colour(0.65),
  pattern: choice(0.25, ['none', 'stripes', 'dots', 'patch', 'belly'], 'none'),
  panel: choice(0.2, ['square', 'round', 'heart', 'none'], 'none'),
  panelColour: colour(0.15),
  limbColour: colour(0.35),
  limbWidth: number(0.2, 0.65, 1.5),
  armLength: number(0.2, 0.75, 1.3),
  legLength: number(0.2, 0.6, 1.6),
  hands: choice(0.1, ['mitten', 'claw', 'ball']),
  handColour: colour(0.2),
  tail: choice(0.2, ['none', 'stub', 'long'], 'none'),
  backpack: choice(0.3, ['none', 'small', 'large'], 'none'),
  backpackColour: colour(0.15),
  buckleColour: colour(0.05),
  scarf: choice(0.2, ['none', 'scarf'], 'none'),
  scarfColour: colour(0.1),
} as const satisfies Record<string, Trait>;

export type TraitName = keyof typeof traits;
type Value<T> = T extends { kind: 'colour' }
  ? Colour
  : T extends { kind: 'number' }
    ? number
    : T extends { of: readonly (infer Of)[] }
      ? Of
      : never;
export type Character = { [Name in TraitName]: Value<(typeof traits)[Name]> };
export const traitNames = Object.keys(traits) as TraitName[];

/** The robot of the archive picture. It owns no backpack yet: the sheet's prompt gives it one. */
export const archiveRobot: Character = {
  headShape: 'box',
  headWidth: 1.06,
  headHeight: 1,
  headColour: oklch(0.88, 0.035, 88),
  faceColour: oklch(0.4, 0.035, 215),
  face: 'plate',
  eyes: 'goggle',
  eyeSize: 1,
  eyeColour: oklch(0.82, 0.1, 195),
  mouth: 'grille',
  ears: 'bolts',
  antennae: '2',
  antennaTip: 'ball',
  antennaLength: 1,
  accentColour: oklch(0.78, 0.15, 78),
  torsoShape: 'box',
  torsoWidth: 1,
  torsoHeight: 1,
  torsoColour: oklch(0.66, 0.165, 36),
  pattern: 'none',
  panel: 'square',
  panelColour: oklch(0.9, 0.03, 95),
  limbColour: oklch(0.58, 0.06, 240),
  limbWidth: 1,
  armLength: 1,
  legLength: 1,
  hands: 'mitten',
  handColour: oklch(0.78, 0.14, 80),
  tail: 'none',
  backpack: 'none',
  backpackColour: oklch(0.44, 0.075, 55),
  buckleColour: oklch(0.84, 0.13, 90),
  scarf: 'none',
  scarfColour: oklch(0.6, 0.15, 25),
};

/** Who comes along in the suite with two: another build and other colours, from the front and from the back. */
export const archiveRabbit: Character = {
  ...archiveRobot,
  headShape: 'round',
  headWidth: 0.86,
  headHeight: 0.98,
  headColour: oklch(0.72, 0.06, 305),
  face: 'none',
  eyes: 'button',
  eyeSize: 0.95,
  eyeColour: oklch(0.6, 0.1, 150),
  mouth: 'snout',
  ears: 'long',
  antennae: '0',
  accentColour: oklch(0.92, 0.04, 85),
  torsoShape: 'pear',
  torsoWidth: 0.95,
  torsoHeight: 1.05,
  torsoColour: oklch(0.66, 0.075, 305),
  pattern: 'belly',
  panel: 'none',
  limbColour: oklch(0.6, 0.08, 305),
  limbWidth: 0.95,
  armLength: 0.95,
  legLength: 0.85,
  handColour: oklch(0.88, 0.04, 85),
  tail: 'stub',
  scarf: 'scarf',
  scarfColour: oklch(0.74, 0.15, 85),
};
