import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../lib/random.js';
import { castOf, identifyCast, type Member, MISCOUNT, sceneBefore } from './cast.js';
import { archiveRabbit, archiveRobot } from './character.js';
import { MIX_UP, type Seen } from './identity.js';
import { readPrompt } from './reading/reading.js';
import type { Scene } from './scene.js';
import { driftBetween, randomCharacter, strayed } from './vary.js';

const scene = (given: Partial<Scene>): Scene => ({
  layout: 'scene',
  place: 'valley',
  light: 'golden',
  things: [],
  ...given,
});
const shows = (character: typeof archiveRobot, given: Partial<Scene>): Seen => ({
  character,
  first: character,
  scene: scene(given),
  company: [],
});
const sheets = {
  robot: shows(archiveRobot, { layout: 'sheet' }),
  rabbit: shows(archiveRabbit, { layout: 'sheet' }),
};
const drifted = (character: typeof archiveRobot) => ({
  character: strayed(character, 0.1, seededRandom(3)),
  first: { ...character, backpack: 'small' as const },
});
/** A scene that both are in, a little changed. */
const before: Seen = { ...drifted(archiveRobot), scene: scene({ place: 'forest' }), company: [drifted(archiveRabbit)] };
const friends = Array.from({ length: 6 }, (_, i) => shows(randomCharacter(seededRandom(i)), { layout: 'sheet' }));

const labels = 'Image 1: the robot. Image 2: the rabbit. Image 3: the previous scene. ';
const cast = (prompt: string, seen: Seen[]) => castOf(readPrompt(prompt), seen);
const [robot, rabbit] = [sheets.robot.character, sheets.rabbit.character];

describe('castOf', () => {
  const all = [sheets.robot, sheets.rabbit, before];

  it.each<[string, string, Seen[], unknown[]]>([
    ['those who are labelled and spoken of', `${labels}The rabbit waves to the robot.`, all, [robot, rabbit]],
    ['each by their own label', `${labels}Both wave.`, [sheets.rabbit, sheets.robot, before], [rabbit, robot]],
    ['no second copy out of the scene before', `${labels}They sit.`, all, [robot, rabbit]],
    ['the first named as the first shown, without labels', 'The rabbit and the robot wave.', all, [robot, rabbit]],
    ['all who are shown, when nobody is named', 'Both wave.', all, [robot, rabbit]],
    [
      'who is only in the scene before',
      'The robot and the rabbit wave.',
      [sheets.robot, before],
      [robot, before.company[0]?.character],
    ],
    ['nobody, where one is spoken of', `${labels}The robot waves.`, all, []],
    ['nobody, where one is shown', 'The robot and the rabbit wave.', [sheets.robot, sheets.robot], []],
    ['nobody, where nothing is shown', 'The robot and the rabbit wave.', [], []],
    ['five at most', 'All of them wave together.', friends, friends.slice(0, 5).map(({ character }) => character)],
  ])('finds %s', (_what, prompt, seen, found) => {
    expect(cast(prompt, seen).map(({ character }) => character)).toEqual(found);
  });

  it('goes on from the scene that both are in, not from a photo of one of them', () => {
    const photos = [shows(archiveRobot, { place: 'shelf' }), shows(archiveRabbit, { place: 'room' })];
    const place = (prompt: string, seen: Seen[]) => sceneBefore(readPrompt(prompt), seen)?.place ?? null;
    expect(place(`${labels}Both wave.`, [...photos, before])).toBe('forest');
    expect(place('Both wave.', [...photos, before])).toBe('forest');
    expect(place('Both wave.', [before, ...photos])).toBe('forest');
    expect(place('Image 1: the robot. Image 2: the rabbit. Both wave.', photos)).toBeNull();
    expect(place('Both wave.', photos)).toBeNull();
  });
});

describe('identifyCast', () => {
  const drawn = (prompt: string, stray: number, count: number) => {
    const [reading, members] = [readPrompt(prompt), cast(prompt, [sheets.robot, sheets.rabbit])];
    return Array.from({ length: count }, (_, seed) => identifyCast(members, reading, { seed, stray }));
  };
  const heads = (one: readonly Member[]) => one.map(({ first }) => first.headShape).join();
  const isBlended = (one: readonly Member[]) =>
    one.some(({ character, first }) => driftBetween(character, first) > 0.01);

  it('keeps everyone who is labelled, whatever the seed', () => {
    for (const one of drawn(`${labels}Both wave.`, 0, 100))
      expect([heads(one), isBlended(one)]).toEqual(['box,round', false]);
  });

  it('mixes them up and miscounts them as often as said, where labels are missing', () => {
    const all = drawn('The robot and the rabbit wave.', 0, 600);
    const share = (holds: (one: readonly Member[]) => boolean) => all.filter(holds).length / all.length;
    // Three standard errors of a share of 600 are at most 0.05 here.
    for (const count of [1, 3])
      expect(Math.abs(share((one) => one.length === count) - MISCOUNT / 2)).toBeLessThan(0.05);
    const kept = 1 - MISCOUNT / 2;
    const swapped = share((one) => heads(one).startsWith('round,box'));
    expect(Math.abs(swapped - (MIX_UP / 2) * kept)).toBeLessThan(0.05);
    const blended = share((one) => one.length > 1 && isBlended(one));
    expect(Math.abs(blended - (MIX_UP / 2) * kept)).toBeLessThan(0.05);
  });

  it('lets each stray on a way of their own', () => {
    const [turned = [0, 0]] = drawn(`${labels}Both wave.`, 0.1, 1).map((both) =>
      both.map(({ character, first }) => character.torsoColour.h - first.torsoColour.h),
    );
    expect(turned[0]).not.toBe(0);
    expect(turned[0]).not.toBe(turned[1]);
  });
});
