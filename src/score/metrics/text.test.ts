import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { caption } from '../../emulator/studio/glyphs.js';
import { rasterizeSvg } from '../../image/codec.js';
import { filled, type Raster } from '../../image/raster.js';
import { openReader, readerName } from '../../read/tesseract.js';
import { inputOf } from '../__fixtures__/pictures.js';
import { scoreKey } from '../score.js';
import { textMetric } from './text.js';

const reader = openReader();

/** Captions with their middle at (x, y) and capitals `size` px high, on 640x480 px of one colour. */
function drawn(captions: [text: string, x: number, y: number, size: number][], ink = '#333', paper = '#fff') {
  const words = captions.map(([text, x, y, size]) => caption(text, x, y, size, ink)).join('');
  return rasterizeSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="${paper}"/>${words}</svg>`,
    640,
    480,
  );
}

const measured = (image: Raster, text: string[]) =>
  textMetric.measure(inputOf(image, { reader, case: { name: 'case', text, checklist: [] } }));

describe('text', () => {
  const pictures: [name: string, Promise<Raster>, asked: string[], value: number][] = [
    ['reads what was asked for', drawn([['Rain by month', 320, 100, 24]]), ['RAIN BY MONTH'], 1],
    ['takes a wrong letter of thirteen', drawn([['RAIN BI MONTH', 320, 100, 24]]), ['RAIN BY MONTH'], 12 / 13],
    [
      'takes a caption that is not there',
      drawn([['RAIN BY MONTH', 320, 100, 24]]),
      ['RAIN BY MONTH', 'JULY 8 MM'],
      0.5,
    ],
    ['reads small letters', drawn([['JANUARY 42 MM', 200, 300, 7]]), ['JANUARY 42 MM'], 1],
    ['reads light letters on dark', drawn([['JULY 8 MM', 320, 200, 40]], '#fe9', '#224'), ['July 8 mm'], 1],
    ['reads nothing on an empty page', drawn([]), ['RAIN BY MONTH'], 0],
    ['reads nothing on a strip', Promise.resolve(filled(8, 16_383, [128, 128, 128, 255])), ['RAIN'], 0],
  ];
  it.each(pictures)('%s', async (_name, picture, asked, value) => {
    expect((await measured(await picture, asked)).value).toBeCloseTo(value, 10);
  });

  it('says what it read where, in pixels of the picture', async () => {
    const image = await drawn([
      ['FRONT VIEW', 180, 400, 20],
      ['BACK VIEM', 460, 400, 20],
    ]);
    const { evidence } = await measured(image, ['FRONT VIEW', 'BACK VIEW']);
    const [front, back] = evidence?.['captions'] as { read: string; score: number; box: number[] }[];
    expect(front).toMatchObject({ caption: 'FRONT VIEW', read: 'FRONT VIEW', score: 1 });
    expect(back).toMatchObject({ caption: 'BACK VIEW', read: 'BACK VIEM', score: 0.8889 });
    const [x = 0, y = 0, width = 0, height = 0] = front?.box ?? [];
    for (const [is, should] of [
      [x + width / 2, 180],
      [y + height, 400],
      [height, 20],
    ] as const)
      expect(Math.abs(is - should)).toBeLessThan(5);
  });

  it('reads the same, whatever was read before', async () => {
    const [a, b] = [await drawn([['RAIN 42', 320, 100, 24]]), await drawn([['SNOW 17', 300, 200, 50]])];
    const [first, , again] = await Promise.all([a, b, a].map((image) => measured(image, ['RAIN 48'])));
    expect(again).toEqual(first);
    expect(first?.value).toBeCloseTo(6 / 7, 10);
  });

  it('says nothing where nothing is asked for, or in letters that it does not know', async () => {
    const image = await drawn([]);
    expect(await measured(image, [])).toEqual({ value: null, reason: 'no text is asked for' });
    expect(await measured(image, ['OK', 'ВИД'])).toEqual({
      value: null,
      reason: "the text reader knows Latin letters only, and 'ВИД' has others",
    });
  });

  it('is versioned by its reader, and says how to install one; such an answer is not remembered for later', async () => {
    expect(textMetric.version).toBe(`2 (${readerName})`);
    const elsewhere = openReader(createRequire('/nowhere/at-all.js'));
    const how = 'npm install tesseract.js-core@7.0.0 @tesseract.js-data/eng@1.0.0';
    expect(elsewhere).toEqual({ missing: `the text reader is not installed: ${how}` });
    const without = inputOf(await drawn([]), {
      reader: elsewhere,
      case: { name: 'case', text: ['RAIN'], checklist: [] },
    });
    expect(await textMetric.measure(without)).toEqual({
      value: null,
      reason: `the text reader is not installed: ${how}`,
    });
    expect(scoreKey(textMetric, { ...without, reader })).not.toBe(scoreKey(textMetric, without));
  });
});
