import { describe, expect, it } from 'vitest';
import { rasterizeSvg } from '../image/codec.js';
import { filled, type Box, type Raster } from '../image/raster.js';
import { splitSheet, type SheetView, type ViewSpec } from './sheet.js';

const named = (...names: string[]): ViewSpec[] => names.map((name) => ({ name, box: null }));

const WIDTH = 1376;
const HEIGHT = 768;

function sheet(elements: string, paper = '#ffffff'): Promise<Raster> {
  return rasterizeSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="${paper}"/>${elements}</svg>`,
    WIDTH,
    HEIGHT,
  );
}

/** A body with a floating antenna ball and white eyes, 200 x 400 px. */
const figure = (x: number, y: number, fill: string) =>
  `<g transform="translate(${x} ${y})"><rect x="0" y="60" width="200" height="340" rx="20" fill="${fill}"/><circle cx="100" cy="14" r="14" fill="${fill}"/><rect x="97" y="28" width="6" height="40" fill="${fill}"/><circle cx="60" cy="130" r="22" fill="#fff"/></g>`;
/** Letters as blocks, so that the test needs no font: 40 px high. */
const caption = (x: number, y: number) =>
  Array.from({ length: 12 }, (_, i) => `<rect x="${x + i * 30}" y="${y}" width="20" height="40" fill="#222"/>`).join(
    '',
  );

function expectNear(actual: Box | undefined, expected: Box) {
  for (const key of ['x', 'y', 'width', 'height'] as const) {
    expect(Math.abs((actual?.[key] ?? NaN) - expected[key]), `${key} of ${JSON.stringify(actual)}`).toBeLessThanOrEqual(
      4,
    );
  }
}

describe('finds front and back', () => {
  const front = { x: 250, y: 200, width: 200, height: 400 };
  const back = { x: 850, y: 210, width: 200, height: 400 };
  const both = figure(front.x, front.y, '#b0503a') + figure(back.x, back.y, '#3a60b0');
  it.each([
    ['on white', both, '#ffffff'],
    ['on grey paper', both, '#d8d4cc'],
    ['with captions above and below', both + caption(500, 60) + caption(200, 650) + caption(800, 650), '#ffffff'],
    ['with dust', `${both}<circle cx="40" cy="700" r="6" fill="#777"/>`, '#ffffff'],
  ])('%s', async (_, elements, paper) => {
    const { views, reason } = await splitSheet(await sheet(elements, paper), named('front', 'back'));
    expect(reason).toBeUndefined();
    expect(views?.map(({ name }) => name)).toEqual(['front', 'back']);
    expectNear(views?.[0]?.box, front);
    expectNear(views?.[1]?.box, back);
  });
});

const pixelAt = ({ width, data }: Raster, across: number, down: number, height: number) => {
  const at = (Math.floor(down * height) * width + Math.floor(across * width)) * 4;
  return [...data.subarray(at, at + 4)];
};

describe('each view', () => {
  const view = async (): Promise<SheetView> => {
    const { views } = await splitSheet(await sheet(figure(500, 200, '#b0503a'), '#d8d4cc'), named('front'));
    if (!views?.[0]) throw new Error('no view');
    return views[0];
  };
  it('is a white square with a margin, whatever the paper', async () => {
    const { image } = await view();
    expect(image.width).toBe(image.height);
    expect(pixelAt(image, 0.01, 0.01, image.height)).toEqual([255, 255, 255, 255]);
    expect(pixelAt(image, 0.5, 0.03, image.height)).toEqual([255, 255, 255, 255]);
    expect(pixelAt(image, 0.5, 0.6, image.height)).toEqual([176, 80, 58, 255]);
  });
  it('is cut out with its white eye, but without the paper beside the antenna', async () => {
    const { cutout } = await view();
    expect(pixelAt(cutout, 0.3, 0.325, cutout.height)).toEqual([255, 255, 255, 255]);
    expect(pixelAt(cutout, 0.1, 0.08, cutout.height)[3]).toBe(0);
  });
});

it('cuts touching figures near the middle', async () => {
  const { views } = await splitSheet(
    await sheet(figure(400, 200, '#b0503a') + figure(598, 200, '#3a60b0')),
    named('front', 'back'),
  );
  expect(Math.abs((views?.[1]?.box.x ?? NaN) - 599)).toBeLessThanOrEqual(60);
});

it('names three views from left to right', async () => {
  const three = [100, 600, 1050].map((x) => figure(x, 200, '#407040')).join('');
  const { views } = await splitSheet(await sheet(three), named('front', 'side', 'back'));
  expect(views?.map(({ box }) => Math.round(box.x / 50) * 50)).toEqual([100, 600, 1050]);
});

it('takes a photo that fills its picture as the one view', async () => {
  const stripes = Array.from(
    { length: 43 },
    (_, i) => `<rect x="${i * 32}" width="32" height="768" fill="hsl(${i * 40} 60% 50%)"/>`,
  );
  const { views } = await splitSheet(await sheet(stripes.join('')), named('portrait'));
  expectNear(views?.[0]?.box, { x: 0, y: 0, width: WIDTH, height: HEIGHT });
});

describe('says why there is no view', () => {
  it.each([
    ['a blank sheet', ''],
    ['captions only', caption(300, 100) + caption(300, 600)],
  ])('%s', async (_, elements) => {
    expect((await splitSheet(await sheet(elements), named('front', 'back'))).reason).toMatch(
      /^no view was found on the sheet/,
    );
  });
  it('a tiny blank picture', async () => {
    expect((await splitSheet(filled(3, 2, [255, 255, 255, 255]), named('front'))).reason).toMatch(/^no view/);
  });
});
