import { describe, expect, it } from 'vitest';
import { decode, encodeLossy } from '../../image/codec.js';
import { seededRandom } from '../../lib/random.js';
import { archivePicture } from './archive.js';
import { archiveRobot } from './character.js';
import { assignRoles, identify, MIX_UP, type Seen, see } from './identity.js';
import { readNote, writeNote } from './metadata.js';
import { placeWords } from './reading/words.js';
import { readPrompt } from './reading/reading.js';
import { planScene, type Scene } from './scene.js';
import { draw, type StudioRequest } from './studio.js';
import { driftBetween, randomCharacter, strayed } from './vary.js';

const small: Omit<StudioRequest, 'prompt'> = {
  images: [],
  width: 344,
  height: 192,
  seed: 7,
  stray: 0.05,
  mime: 'image/jpeg',
};
const scene = (given: Partial<Scene>): Scene => ({
  layout: 'scene',
  place: 'valley',
  light: 'golden',
  things: [],
  ...given,
});

describe('draw', () => {
  it('gives the same bytes for the same request, and others for another seed or word', async () => {
    const request = { ...small, prompt: 'A robot stands in a meadow.' };
    const first = await draw(request);
    expect((await draw(request)).bytes).toEqual(first.bytes);
    expect((await draw({ ...request, seed: 8 })).bytes).not.toEqual(first.bytes);
    expect((await draw({ ...request, prompt: 'A robot stands in a zorgle meadow.' })).bytes).not.toEqual(first.bytes);
  });

  it.each([...Object.keys(placeWords), 'landscape'])('draws a %s of the size that was asked for', async (place) => {
    const { bytes, mime } = await draw({
      ...small,
      mime: 'image/png',
      prompt: `A robot in this place: ${place === 'ascension' ? 'climbing' : place}.`,
    });
    const { raster } = await decode(bytes);
    expect([raster?.width, raster?.height, mime]).toEqual([344, 192, 'image/png']);
    expect(new Set(raster?.data).size).toBeGreaterThan(100);
    expect(readNote(bytes)).toMatchObject({ emulated: true, scene: { place } });
  });

  it('keeps the white of a sheet pure and puts front and back beside one another', async () => {
    const { bytes } = await draw({
      ...small,
      mime: 'image/png',
      prompt: 'Character sheet: front view and back view on white.',
    });
    const { raster } = await decode(bytes);
    const at = (x: number, y: number) => [...(raster?.data.subarray((y * 344 + x) * 4, (y * 344 + x) * 4 + 3) ?? [])];
    for (const [x, y] of [
      [2, 2],
      [341, 189],
      [172, 100],
    ] as const)
      expect(at(x, y)).toEqual([255, 255, 255]);
    for (const x of [96, 248]) expect(at(x, 110)).not.toEqual([255, 255, 255]);
  });
});

describe('identity', () => {
  it('comes from the picture that was given, and the drift is told', async () => {
    const archive = await archivePicture();
    const { bytes, drift } = await draw({
      ...small,
      prompt: 'The robot stands in a forest.',
      images: [archive],
      stray: 0,
    });
    expect(drift).toBe(0);
    expect(readNote(bytes)).toMatchObject({ character: archiveRobot, first: archiveRobot });
  });

  it('compounds along a chain, always measured from the first', async () => {
    let images = [await archivePicture()];
    const drifts: number[] = [];
    for (let step = 0; step < 6; step += 1) {
      const { bytes, drift } = await draw({
        ...small,
        prompt: 'The robot stands in a forest.',
        images,
        seed: step,
        stray: 0.08,
      });
      expect(readNote(bytes)).toMatchObject({ first: archiveRobot, drift });
      drifts.push(drift);
      images = [bytes];
    }
    expect(drifts[5]).toBeGreaterThan(drifts[0] ?? 1);
  });

  it('gets a backpack when the prompt adds one, which is no drift', async () => {
    const { bytes, drift } = await draw({
      ...small,
      stray: 0,
      images: [await archivePicture()],
      prompt: 'A character sheet; it wears a small brown backpack.',
    });
    expect(drift).toBe(0);
    expect(readNote(bytes)).toMatchObject({ character: { backpack: 'small' } });
  });

  it('is read off the colours when a picture says nothing', async () => {
    const archive = await archivePicture();
    const { raster } = await decode(archive);
    if (!raster) throw new Error('the archive picture must decode');
    const stripped = [await encodeLossy(raster, 'image/jpeg', 92), await encodeLossy(raster, 'image/webp', 80)];
    const seen = await Promise.all(stripped.map(see));
    expect(seen.map((one) => one.scene)).toEqual([null, null]);
    expect(seen[0]?.character.headShape).toBe(seen[1]?.character.headShape);
    expect(seen[0]?.character).not.toEqual(archiveRobot);
  });

  it('ignores a note that holds no sound character', async () => {
    const { bytes } = await draw({ ...small, prompt: 'A robot.' });
    const forged = await see(writeNote(bytes.subarray(0), { character: { headShape: 'javascript:' } }));
    expect(forged.first).toBe(forged.character);
  });
});

describe('labels', () => {
  const somebody = randomCharacter(seededRandom(5));
  const seen: Seen[] = [
    { character: archiveRobot, first: archiveRobot, scene: scene({ layout: 'sheet' }), company: [] },
    { character: somebody, first: somebody, scene: scene({ place: 'forest' }), company: [] },
  ];
  const mixedUp = (prompt: string, pictures: Seen[]) =>
    Array.from({ length: 400 }, (_, seed) => identify(readPrompt(prompt), pictures, { prompt, seed, stray: 0 })).filter(
      ({ character }) => driftBetween(archiveRobot, character) > 0.01,
    ).length / 400;

  it('keep identities apart', () => {
    expect(
      mixedUp('Image 1: the character sheet. Image 2: the previous scene. The robot stands in a valley.', seen),
    ).toBe(0);
    expect(mixedUp('The robot stands in a valley.', seen.slice(0, 1))).toBe(0);
  });

  it('that are missing risk a mix-up, as often as said', () => {
    expect(Math.abs(mixedUp('The robot stands in a valley.', seen) - MIX_UP)).toBeLessThan(0.07);
  });

  it('let what strayed in the scene before stray on, if it is the same character', () => {
    const before = strayed(archiveRobot, 0.4, seededRandom(9));
    const prompt = 'Image 1: the character sheet. Image 2: the previous scene. The robot stands in a valley.';
    const after = (pictures: Seen[]) => identify(readPrompt(prompt), pictures, { prompt, seed: 1, stray: 0 }).character;
    const [sheet, scenery] = seen as [Seen, Seen];
    const drifted = after([sheet, { ...scenery, character: before, first: archiveRobot }]);
    expect(driftBetween(archiveRobot, drifted)).toBeGreaterThan(0.4 * driftBetween(archiveRobot, before));
    expect(driftBetween(archiveRobot, drifted)).toBeLessThan(driftBetween(archiveRobot, before));
  });

  it('say which picture is which, in any order', () => {
    const roles = assignRoles(
      readPrompt('Image 1: the previous scene. Image 2: the character sheet of the robot. It waves.'),
      [...seen].reverse(),
    );
    expect(roles.character).toBe(seen[0]);
    expect(roles.scene?.place).toBe('forest');
  });
});

describe('planScene', () => {
  const after = (prompt: string, before: Scene | null) => planScene(readPrompt(prompt), before);

  it('keeps things, place and light of the previous scene until the prompt says otherwise', () => {
    const before = scene({ things: ['map', 'rocks'] });
    expect(after('The robot waves.', before)).toMatchObject({
      place: 'valley',
      light: 'golden',
      things: ['map', 'rocks'],
      holding: 'map',
    });
    expect(after('In a forest, hands on its ears.', before)).toMatchObject({
      place: 'forest',
      things: ['map', 'rocks'],
      light: 'golden',
    });
    expect(after('In a forest, no longer holding the map. The light is soft studio light.', before)).toMatchObject({
      things: ['rocks'],
      light: 'studio',
      holding: null,
    });
  });

  it('takes neither things nor light over from a sheet', () => {
    expect(
      after('The robot stands in a valley.', scene({ layout: 'sheet', light: 'night', things: ['map'] })),
    ).toMatchObject({ light: 'studio', things: [] });
  });

  it('plants axes only when told to', () => {
    const climb = scene({ place: 'ascension', things: ['axes'] });
    expect(after('On the summit, arms raised.', climb)).toMatchObject({ holding: 'axes', planted: false });
    expect(after('On the summit, arms raised, the axes planted in the snow.', climb)).toMatchObject({
      holding: null,
      planted: true,
      things: ['axes'],
    });
  });

  it('leaves the bridge beside the hammock unless it is replaced', () => {
    const before = scene({ place: 'bridge', things: ['bridge'] });
    expect(after('The robot sleeps in a hammock.', before).things).toEqual(['bridge', 'hammock']);
    expect(after('The bridge is replaced by a hammock.', before).things).toEqual(['hammock']);
  });
});
