import { describe, expect, it } from 'vitest';
import { decode } from '../../image/codec.js';
import { seededRandom } from '../../lib/random.js';
import { type Box, boxOn } from './box.js';
import { archiveRabbit, archiveRobot, type Character } from './character.js';
import { compose } from './compose.js';
import { readNote } from './metadata.js';
import { readPrompt } from './reading/reading.js';
import { type Role, unnamed } from './reading/roles.js';
import { placeWords } from './reading/words.js';
import { planParts, planScene } from './scene.js';
import { type CastRequest, draw, drawCast, type StudioPicture } from './studio.js';
import { randomCharacter } from './vary.js';

const small = { width: 344, height: 192, seed: 7, mime: 'image/png' } as const;
const sheetOf = (character: Character) =>
  drawCast({ ...small, characters: [character], prompt: 'Character sheet: front view and back view on white.' });
const labels = 'Image 1: the robot.\nImage 2: the rabbit.\nImage 3: the previous scene.\n';
const heads = ({ cast }: StudioPicture) => cast.map(({ first }) => first.headShape);

describe('several characters', () => {
  it('are all in the scene, each once, along a chain of scenes, and the same request gives the same bytes', async () => {
    const sheets = await Promise.all([archiveRobot, archiveRabbit].map(sheetOf));
    const shown = sheets.map(({ bytes }) => bytes);
    let before: Uint8Array[] = [];
    for (const [step, words] of [
      'They stand in a meadow.',
      'The rabbit waves to the robot.',
      'Both walk on.',
    ].entries()) {
      const request = { ...small, stray: 0.05, seed: step, prompt: labels + words, images: [...shown, ...before] };
      const picture = await draw(request);
      expect(heads(picture)).toEqual(['box', 'round']);
      expect(readNote(picture.bytes)).toMatchObject({
        scene: { place: 'meadow' },
        cast: picture.cast.map(({ character, first, drift, box }) => ({ character, first, drift, box })),
      });
      expect((await draw(request)).bytes).toEqual(picture.bytes);
      expect(picture.cast.every(({ drift }) => drift > 0 && drift < 0.2)).toBe(true);
      before = [picture.bytes];
    }
    const alone = await draw({
      ...small,
      stray: 0,
      prompt: 'The rabbit waves.',
      images: [...shown.slice(1), ...before],
    });
    expect(heads(alone)).toEqual(['round']);
    expect(readNote(alone.bytes)).not.toHaveProperty('cast');
  });

  it('stand where they are told to', async () => {
    const middles = async (words: string) =>
      (await drawCast({ ...small, characters: [archiveRobot, archiveRabbit], prompt: labels + words })).cast.map(
        ({ box }) => (box ? box.x + box.width / 2 : NaN),
      );
    const [robot = 1, rabbit = 0] = await middles(
      'In a meadow, the robot stands at the left, the rabbit at the right.',
    );
    expect([Math.abs(robot - 0.24), Math.abs(rabbit - 0.76)].map((off) => off < 0.06)).toEqual([true, true]);
    const [second = 0, first = 1] = await middles(
      'In a meadow, the rabbit stands at the left, the robot at the right.',
    );
    expect(first).toBeLessThan(second);
  });

  it('have boxes that hold all that is drawn of them and nothing else', async () => {
    const request: CastRequest = {
      ...small,
      width: 688,
      height: 384,
      characters: [archiveRobot, archiveRabbit],
      prompt: 'Both on a plain white background.',
    };
    const { bytes, cast } = await drawCast(request);
    const { raster } = await decode(bytes);
    if (!raster) throw new Error('the picture must decode');
    const [left, right] = cast.map(({ box }) => box as Box) as [Box, Box];
    const between = ((left.x + left.width + right.x) / 2) * raster.width;
    const found = [
      [0, between],
      [between, raster.width],
    ].map(([from = 0, to = 0]) => {
      const drawn = Array.from({ length: raster.width * raster.height }, (_, i) => i).filter((i) => {
        const x = i % raster.width;
        return x >= from && x < to && (raster.data[i * 4 + 1] ?? 255) < 245;
      });
      const [xs, ys] = [drawn.map((i) => i % raster.width), drawn.map((i) => Math.floor(i / raster.width))];
      const span = (values: number[], size: number) =>
        [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b)) + 1].map(
          (value) => value / size,
        );
      return [...span(xs, raster.width), ...span(ys, raster.height)];
    });
    for (const [i, box] of [left, right].entries())
      [box.x, box.x + box.width, box.y, box.y + box.height].forEach((edge, k) =>
        expect(Math.abs(edge - (found[i]?.[k] ?? 9))).toBeLessThan(0.012),
      );
  });

  it('are one to five', async () => {
    const characters = Array.from({ length: 6 }, (_, i) => randomCharacter(seededRandom(i)));
    await expect(drawCast({ ...small, prompt: 'They wave.', characters })).rejects.toThrow(RangeError);
    await expect(drawCast({ ...small, prompt: 'They wave.', characters: [] })).rejects.toThrow(RangeError);
    expect(heads(await drawCast({ ...small, prompt: 'They wave.', characters: characters.slice(0, 5) }))).toHaveLength(
      5,
    );
  });
});

/** What two boxes share, as a share of the smaller one. */
function covered(a: Box, b: Box): number {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return (Math.max(0, wide) * Math.max(0, high)) / Math.min(a.width * a.height, b.width * b.height);
}

describe.each([...Object.keys(placeWords), 'landscape'])('in the place %s', (place) => {
  it.each([
    [2, 1376, 768],
    [3, 1024, 1024],
    [5, 1376, 768],
  ])('%i of them are whole and hardly cover one another on %i x %i px', async (count, width, height) => {
    const reading = readPrompt(`They stand together in this place: ${place === 'ascension' ? 'climbing' : place}.`);
    const plan = planScene(reading, null);
    expect(plan.place).toBe(place);
    const random = seededRandom(count);
    const parts = planParts(plan, reading, new Array<Role>(count).fill(unnamed));
    const actors = parts.map((part) => ({ character: randomCharacter(random), part }));
    const { alone } = compose({ pixels: [width, height], reading, plan, actors, random });
    const boxes = (await Promise.all(alone.map(boxOn))).map((box) => box as Box);
    for (const box of boxes) {
      // One that reached beyond the edge would end at 0 or 1.
      expect(Math.min(box.x, box.y)).toBeGreaterThan(0);
      expect(Math.max(box.x + box.width, box.y + box.height)).toBeLessThan(1);
      expect(box.height).toBeGreaterThan(0.1);
    }
    const overlaps = boxes.flatMap((a, i) => boxes.slice(i + 1).map((b) => covered(a, b)));
    expect(Math.max(...overlaps)).toBeLessThan(0.5);
  });
});
