import { describe, expect, it } from 'vitest';
import { readPrompt } from './reading.js';

const scenes: [prompt: string, understood: object][] = [
  [
    'The robot stands at the bottom left on a cliff, seen in a 3/4 back view, over mountains, soft studio light.',
    { place: 'mountains', view: 'rear34', pose: 'stand', position: 'left', light: 'studio' },
  ],
  [
    'In a gray valley the robot stands in the centre, straight from behind, reading a map at golden hour.',
    { place: 'valley', view: 'back', pose: 'read', position: 'centre', light: 'golden' },
  ],
  [
    'The robot is lost in a dense forest, on the right, in a 3/4 rear view, hands on its ears in despair.',
    { place: 'forest', view: 'rear34', pose: 'ears', position: 'right', light: null },
  ],
  [
    'It stands in a clearing, front view, pushing two trunks apart.',
    { place: 'clearing', view: 'front', pose: 'push' },
  ],
  [
    'A close-up of the robot climbing a green peak on its left slope with two ice axes, three-quarter rear view.',
    { place: 'ascension', view: 'rear34', pose: 'climb', distance: 'close', position: null },
  ],
  [
    'The robot stands on the summit in a front view, both arms raised, the axes planted in the snow.',
    { place: 'summit', view: 'front', pose: 'raise', planted: true },
  ],
  [
    'A plank bridge between two mountains; the robot on it is pointing to the blue mountain on the right.',
    { place: 'bridge', pose: 'point', position: null },
  ],
  [
    'The bridge is replaced by a tartan hammock. The robot is asleep, both eyes closed.',
    { place: 'hammock', pose: 'sleep' },
  ],
  [
    'A photo of a toy robot on a shelf with books, warm room light.',
    { place: 'shelf', light: 'lamp', layout: 'scene' },
  ],
  ['A plain cutout of the robot on a pure white background.', { layout: 'cutout' }],
  ['A character sheet with a front view and a back view on white.', { layout: 'sheet' }],
  ['Zorgle fnord.', { place: null, pose: null, view: null, layout: 'scene' }],
  ['', { place: null, layout: 'scene', captions: [] }],
];

describe('readPrompt', () => {
  it.each(scenes)('%s', (prompt, understood) => {
    expect(readPrompt(prompt)).toMatchObject(understood);
  });

  it.each<[string, string, boolean | undefined]>([
    ['It is no longer holding the map; both hands are empty.', 'map', false],
    ['The rocks are gone, and it reads a map.', 'rocks', false],
    ['The rocks are gone, and it reads a map.', 'map', true],
    ['The ice axes have been removed.', 'axes', false],
    ['No rocks, two ice axes.', 'axes', true],
    ['Replace the bridge with a hammock.', 'bridge', false],
    ['Replace the bridge with a hammock.', 'hammock', true],
    ['The bridge is replaced by a hammock.', 'bridge', false],
    ['The robot walks on.', 'map', undefined],
  ])('%s -> %s %s', (prompt, thing, asked) => {
    expect(Object.fromEntries(readPrompt(prompt).things)[thing]).toBe(asked);
  });

  it('writes what is quoted in capitals, or else what is shouted', () => {
    expect(readPrompt('Captions "FRONT VIEW" and "BACK VIEW", in the style of "Heidi".').captions).toEqual([
      'FRONT VIEW',
      'BACK VIEW',
    ]);
    expect(readPrompt('title ROBOT CHARACTER SHEET, labels FRONT VIEW').captions).toEqual([
      'ROBOT CHARACTER SHEET',
      'FRONT VIEW',
    ]);
  });

  it('takes labels for what they are and not for the scene to draw', () => {
    const { references, place } = readPrompt(
      'Image 1: the character sheet of the robot.\nImage 2: the previous scene with the forest.\nThe robot stands in a valley.',
    );
    expect(references).toMatchObject({ labelled: true, character: 0, scene: 1 });
    expect(place).toBe('valley');
    expect(readPrompt('Image 1: the previous scene. Image 2: the robot.').references).toMatchObject({
      character: 1,
      scene: 0,
    });
    expect(readPrompt('the robot in a valley').references).toMatchObject({
      labelled: false,
      character: null,
      scene: null,
    });
  });

  it('tells sentences from keywords', () => {
    expect(
      readPrompt('The robot stands in the middle of a green valley and looks at the sun, with both arms at its sides.')
        .keywords,
    ).toBe(0);
    expect(readPrompt('robot, valley, cinematic, 8k, masterpiece, trending, epic').keywords).toBe(1);
  });

  it('lets every unknown word change the picture', () => {
    expect(readPrompt('The robot stands, grumbly.').hash).not.toBe(readPrompt('The robot stands, bumbly.').hash);
  });
});
