import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decode, encodeLossy, encodePng, resize } from '../../../image/codec.js';
import { marked } from '../../../image/marks.js';
import { filled, type Raster } from '../../../image/raster.js';
import { readNote } from '../metadata.js';
import { draw, drawCast, type StudioRequest } from '../studio.js';
import { archiveRobot } from '../character.js';

const width = 344;
const height = 256;
const { bytes: photo } = await drawCast({
  prompt: 'A robot stands in a valley on a sunny day.',
  characters: [archiveRobot],
  width,
  height,
  seed: 5,
  mime: 'image/png',
});
const picture = await raster(photo);

async function raster(bytes: Uint8Array): Promise<Raster> {
  const { raster: decoded, reason } = await decode(bytes);
  if (!decoded) throw new Error(reason);
  return decoded;
}

/** The largest difference of a channel over the pixels that count. */
function mostApart(a: Raster, b: Raster, counts: (x: number, y: number) => boolean): number {
  return a.data.reduce((most, value, at) => {
    const pixel = Math.floor(at / 4);
    const seen = counts(pixel % a.width, Math.floor(pixel / a.width));
    return seen ? Math.max(most, Math.abs(value - (b.data[at] ?? 0))) : most;
  }, 0);
}

const order = (prompt: string, images: Uint8Array[], more: Partial<StudioRequest> = {}): StudioRequest => {
  return { prompt, images, width, height, seed: 7, stray: 0.05, mime: 'image/png', ...more };
};

/** Mean difference of the channels, 0-255, over the pixels that count, of a picture laid at (left, top) of another. */
function apart(a: Raster, b: Raster, counts: (x: number, y: number) => boolean, left = 0, top = 0): number {
  let [sum, count] = [0, 0];
  for (let y = 0; y < a.height; y += 1)
    for (let x = 0; x < a.width; x += 1) {
      if (!counts(x, y)) continue;
      for (let channel = 0; channel < 3; channel += 1) {
        const own = a.data[4 * (y * a.width + x) + channel] ?? 0;
        sum += Math.abs(own - (b.data[4 * ((y + top) * b.width + x + left) + channel] ?? 0));
        count += 1;
      }
    }
  return sum / count;
}

describe('a marked region', () => {
  const upper = (_x: number, y: number) => y < 90;
  const values = Float32Array.from({ length: width * height }, (_, i) => (i < 90 * width ? 1 : 0));
  const copy = encodePng(marked(picture, { width, height, values }));
  const prompt = 'Image 2 marks the sky in magenta. Make it night in the marked region.';

  it('is drawn anew, and the rest is kept but for the light', async () => {
    const edit = await draw(order(prompt, [photo, copy]));
    const answer = await raster(edit.bytes);
    expect(apart(picture, answer, (x, y) => y < 80 && upper(x, y))).toBeGreaterThan(30);
    expect(apart(picture, answer, (_, y) => y > 100)).toBeLessThan(4);
    expect(edit.cast).toMatchObject([{ character: archiveRobot, drift: 0 }]);
    expect(readNote(edit.bytes)).toMatchObject({ emulated: true, edited: true, character: archiveRobot });
    expect((await draw(order(prompt, [photo, copy]))).bytes).toEqual(edit.bytes);
  });

  it('is left alone where the prompt does not speak of marks, or no picture is a copy', async () => {
    const silent = order('Make it night.', [photo, copy]);
    expect(readNote((await draw(silent)).bytes)).not.toHaveProperty('edited');
    const other = encodePng(filled(width, height, [9, 9, 9, 255]));
    expect(readNote((await draw(order(prompt, [photo, other]))).bytes)).not.toHaveProperty('edited');
  });

  it('frays where the model strays: something outside is often changed too', async () => {
    const space = 'Image 2 marks the sky in magenta. In the marked region is outer space.';
    const changed = async (stray: number) => {
      const seeds = [1, 2, 3, 4, 5, 6];
      const edits = seeds.map((seed) => draw(order(space, [photo, copy], { seed, stray })));
      const answers = await Promise.all((await Promise.all(edits)).map(({ bytes }) => raster(bytes)));
      return answers.filter((answer) => mostApart(picture, answer, (_, y) => y > 100) > 60).length;
    };
    expect(await changed(0.05)).toBe(0);
    expect(await changed(0.5)).toBeGreaterThan(2);
  });
});

describe('an extension', () => {
  it.each([
    ['to the right', 600, 256, 0, 0],
    ['to the left', 600, 256, 256, 0],
    ['upwards', 344, 400, 0, 144],
    ['downwards', 344, 400, 0, 0],
  ])('%s keeps the picture at the other side', async (where, wide, high, left, top) => {
    const { bytes } = await draw(order(`Extend the picture ${where}.`, [photo], { width: wide, height: high }));
    expect(apart(picture, await raster(bytes), () => true, left, top)).toBeLessThan(4);
  });

  it('on all sides keeps it in the middle, smaller', async () => {
    const { bytes } = await draw(order('Extend the picture on all sides.', [photo], { width: 478, height: 400 }));
    expect(apart(picture, await raster(bytes), () => true, 67, 72)).toBeLessThan(4);
  });

  it('is no matter of arms', async () => {
    const { bytes } = await draw(order('The robot stands with its arms extended to the left.', [photo]));
    expect(readNote(bytes)).not.toHaveProperty('edited');
  });
});

const plain = async (colour: [number, number, number, number]) =>
  encodeLossy(filled(120, 90, colour), 'image/jpeg', 95);

it('takes the colours of the picture whose style is asked for', async () => {
  const style = await plain([200, 120, 40, 255]);
  const answer = await raster((await draw(order('Show Image 1 in the style of Image 2.', [photo, style]))).bytes);
  const mean = [0, 1, 2].map(
    (channel) => answer.data.filter((_, at) => at % 4 === channel).reduce((sum, v) => sum + v, 0) / (width * height),
  );
  mean.forEach((level, channel) => expect(Math.abs(level - ([200, 120, 40][channel] ?? 0))).toBeLessThan(4));
});

describe('a blend', () => {
  const suite = join(import.meta.dirname, '../../../../suites/blend/assets');
  const [toy, room] = ['robot.jpg', 'room.jpg'].map((file) => readFileSync(join(suite, file))) as [Buffer, Buffer];
  const at = ({ width: wide, data }: Raster, x: number, y: number) => [
    ...data.subarray(4 * (y * wide + x), 4 * (y * wide + x) + 3),
  ];

  it('prints a pattern on a toy and leaves the white', async () => {
    const cloth = await plain([20, 180, 20, 255]);
    const request = order('Put the pattern of Image 1 on the toy of Image 2.', [cloth, toy], {
      width: 256,
      height: 256,
    });
    const answer = await raster((await draw(request)).bytes);
    expect(Math.min(...at(answer, 4, 4))).toBeGreaterThan(245);
    const [red = 0, green = 0] = at(answer, 128, 170);
    expect(green).toBeGreaterThan(2 * red);
  });

  it('puts a toy into a room that stays as it is', async () => {
    const answer = await raster(
      (await draw(order('Put the toy of Image 1 into the room of Image 2.', [toy, room]))).bytes,
    );
    const empty = await resize(await raster(room), width, height);
    expect(apart(empty, answer, (x, y) => x < 100 || y < 100)).toBeLessThan(1);
    expect(apart(empty, answer, (x, y) => Math.abs(x - 172) < 15 && y > 150 && y < 230)).toBeGreaterThan(20);
  });
});
