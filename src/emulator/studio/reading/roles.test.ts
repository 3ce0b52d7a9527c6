import { describe, expect, it } from 'vitest';
import { readPrompt } from './reading.js';
import type { Role } from './roles.js';

const labels =
  'Image 1: the character sheet of the robot.\nImage 2: the fox.\nImage 3: the previous scene with both.\n';

/** Name -> what is understood of it; whoever is left out must not be read out of the prompt. */
const prompts: [prompt: string, roles: Record<string, Partial<Role>>][] = [
  [
    `${labels}The robot stands at the left, reading a map, while the fox sits at the right. The light is golden.`,
    {
      robot: { image: 0, pose: 'read', position: 'left', things: ['map'] },
      fox: { image: 1, pose: 'sit', position: 'right' },
    },
  ],
  [
    'The robot and the fox stand on the summit, both arms raised. The fox wears a backpack.',
    { robot: { image: null, pose: 'raise', backpack: null }, fox: { pose: 'raise', backpack: true } },
  ],
  [
    'On the left, the robot reads a map; on the right, the fox sleeps.',
    { robot: { pose: 'read', position: 'left' }, fox: { pose: 'sleep', position: 'right' } },
  ],
  [
    'On the left the robot waves and on the right the fox climbs.',
    { robot: { pose: 'wave', position: 'left' }, fox: { pose: 'climb', position: 'right' } },
  ],
  [
    'Pip the robot and Momo the fox walk over a bridge. Momo is pointing to the mountain, Pip waves.',
    { pip: { pose: 'wave' }, momo: { pose: 'point' } },
  ],
  [
    'Image 1: Pip, a red robot\nImage 2: the blue robot\nThe red robot, seen from behind, and the blue robot, seen from the front, are in a valley. They wave.',
    { 'red robot': { image: 0, view: 'back', pose: 'wave' }, 'blue robot': { image: 1, view: 'front', pose: 'wave' } },
  ],
  [
    'The robot stands in the middle, and behind it, in the background, the fox climbs. Beside the robot, the owl sleeps.',
    {
      robot: { pose: 'stand', position: 'centre', depth: null },
      fox: { pose: 'climb', depth: 'far' },
      owl: { pose: 'sleep' },
    },
  ],
  [
    'Round gray rocks lie at the left. The robot sits in front of the fox. It is reading a map.',
    { robot: { pose: 'read', position: null, depth: 'near', things: ['map'] }, fox: { pose: null } },
  ],
  [
    "The robot's arms are raised. The robot, the fox and the owl sit by the fire.",
    { robot: { pose: 'raise' }, fox: { pose: 'sit' }, owl: { pose: 'sit' } },
  ],
  [`${labels}Both wave.`, { robot: { pose: 'wave' }, fox: { pose: 'wave' } }],
  [`${labels}The fox stands in a valley.`, { fox: { image: 1, pose: 'stand' } }],
  [`${labels}The robot waves with both arms up; the fox is gone.`, { robot: { pose: 'raise' } }],
  [`${labels}They walk through a forest without the fox.`, { robot: { pose: 'walk' } }],
  ['robot and fox, bridge, epic, 8k', { robot: { pose: null }, fox: { pose: null } }],
  ['A wide valley at dusk.', {}],
];

describe('roles', () => {
  it.each(prompts)('%s', (prompt, expected) => {
    const { named } = readPrompt(prompt).roles;
    const found = Object.fromEntries(
      Object.keys(expected).map((name) => [name, named.find(({ names }) => names.includes(name))]),
    );
    expect(found).toMatchObject(expected);
    expect(named).toHaveLength(Object.keys(expected).length);
  });

  it.each([
    ['Both wave.', true],
    ['They walk together.', true],
    ['The five friends stand in a row.', true],
    ['It raises both arms.', false],
    ['Both of its hands are on its ears.', false],
    ['It pushes with both hands.', false],
  ])('%s speaks of several: %s', (prompt, together) => {
    expect(readPrompt(prompt).roles.together).toBe(together);
  });

  it('takes the one of two labelled characters that the prompt is about', () => {
    expect(readPrompt(`${labels}The fox waves.`).references).toMatchObject({ character: 1, scene: 2 });
    expect(readPrompt(`${labels}The robot waves.`).references).toMatchObject({ character: 0, scene: 2 });
  });

  it('reads labels that stand in one line', () => {
    const { characters } = readPrompt('Image 1: the robot, Image 2: the fox, waving').references;
    expect(characters).toEqual([
      { image: 0, names: ['robot'] },
      { image: 1, names: ['fox'] },
    ]);
  });
});

it.each([
  'robot ',
  'the robot and the fox ',
  'Pip and Momo ',
  'a-',
  'replace ',
  'axes ',
  'mountain view ',
  'Image 1: ',
])('takes time in proportion to the length of a prompt, of "%s" again and again', (words) => {
  const time = (length: number) => {
    const prompt = words.repeat(length / words.length);
    const from = performance.now();
    readPrompt(prompt);
    return performance.now() - from;
  };
  time(4_000);
  const [short, long] = [time(4_000), time(64_000)];
  // Sixteen times the words: a square law would take 256 times as long.
  expect(long).toBeLessThan(Math.max(1_500, short * 100));
});
