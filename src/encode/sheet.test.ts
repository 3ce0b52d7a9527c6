import { describe, expect, it } from 'vitest';
import { decode, encodeLossy } from '../image/codec.js';
import { filled, paste, type Box, type Raster } from '../image/raster.js';
import { seededRandom } from '../lib/random.js';
import { drawSheet, HEIGHT, letters, plain, robot, robotBox, WIDTH } from './__fixtures__/sheets.js';
import { figureShares, splitSheet, type ViewSpec } from './sheet.js';

const views = (...names: string[]): ViewSpec[] => names.map((name) => ({ name, box: null }));
const numbered = (count: number) => views(...Array.from({ length: count }, (_, i) => `view ${i + 1}`));

function expectNear(actual: Box | undefined, expected: Box, tolerance = 2) {
  for (const key of ['x', 'y', 'width', 'height'] as const) {
    const off = Math.abs((actual?.[key] ?? NaN) - expected[key]);
    expect(off, `${key} of ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`).toBeLessThanOrEqual(tolerance);
  }
}

async function expectViews(sheet: Raster, boxes: Box[], specs = numbered(boxes.length)) {
  const { views: found, reason } = await splitSheet(sheet, specs);
  expect(reason).toBeUndefined();
  expect(found?.map(({ name }) => name)).toEqual(specs.map(({ name }) => name));
  boxes.forEach((box, i) => expectNear(found?.[i]?.box, box));
}

const [front, back] = [robotBox(125, 100), robotBox(425, 104)];
const two = robot(125, 100, '#b0503a') + robot(425, 104, '#3a60b0');
const places = [
  [150, 8],
  [450, 8],
  [150, 200],
  [450, 200],
] as const;
const four = places.map(([x, y]) => robot(x, y, '#b0503a', 0.85)).join('');

const each = (draw: (x: number) => string) => [80, 380].map(draw).join('');
const gradient = (kind: string, stops: [string, string]) =>
  `<defs><${kind} id="paper"><stop offset="0" stop-color="${stops[0]}"/><stop offset="1" stop-color="${stops[1]}"/></${kind.split(' ')[0] ?? ''}></defs>${plain('url(#paper)')}`;
const shadow = (x: number) =>
  `<ellipse cx="${x}" cy="302" rx="65" ry="10" fill="#000" opacity=".35" filter="url(#soft)"/>`;
const soft =
  '<filter id="soft" x="-50%" y="-300%" width="200%" height="700%"><feGaussianBlur stdDeviation="8"/></filter>';

const onTwo: [name: string, elements: string, paper?: string][] = [
  ['on white', two],
  ['on grey paper', two, plain('#d8d4cc')],
  ['on black', two, plain('#000')],
  ['on a gradient', two, gradient('linearGradient', ['#fff', '#a8b8d0'])],
  ['with a vignette', two, gradient('radialGradient r=".8"', ['#fdfbf5', '#b8b0a0'])],
  ['in a spot of light', two, gradient('radialGradient r=".55"', ['#fff', '#c4c4c4'])],
  ['with soft shadows below', soft + shadow(195) + shadow(495) + two],
  [
    'with thrown shadows',
    `${two}${[195, 495].map((x) => `<ellipse cx="${x}" cy="320" rx="70" ry="9" fill="#bbb"/>`).join('')}`,
  ],
  ['with captions below', two + letters(150, 330, 5) + letters(450, 330, 5)],
  ['with captions above', two + letters(150, 60, 5) + letters(450, 60, 5)],
  ['with a caption between', two + letters(290, 180, 6)],
  ['with a title across the top', two + letters(40, 10, 26, 30)],
  ['with large title letters', two + letters(60, 5, 9, 80)],
  ['with a caption in one piece', `${two}<rect x="140" y="330" width="110" height="16" fill="#222"/>`],
  ['with a title on a band', `<rect width="688" height="40" fill="#345"/>${two}`],
  ['in a frame', `${two}<rect x="15" y="15" width="658" height="354" fill="none" stroke="#222" stroke-width="3"/>`],
  [
    'in a round frame',
    `${two}<rect x="15" y="15" width="658" height="354" rx="30" fill="none" stroke="#222" stroke-width="3"/>`,
  ],
  ['in a thick border', `<rect x="14" y="14" width="660" height="356" fill="#fff"/>${two}`, plain('#223')],
  [
    'each in a frame',
    each((x) => `<rect x="${x}" y="60" width="230" height="270" fill="none" stroke="#222" stroke-width="2"/>`) +
      two +
      letters(150, 340, 5),
  ],
  ['each on a card', each((x) => `<rect x="${x}" y="60" width="230" height="270" rx="10" fill="#cfe3ee"/>`) + two],
  ['with a divider', `${two}<rect x="343" y="40" width="2" height="300" fill="#888"/>`],
  ['with a ground line', `${two}<rect y="300" width="688" height="2" fill="#444"/>`],
  ['with dust', `${two}<circle cx="20" cy="350" r="2" fill="#777"/>`],
  ['with a smaller figure as a detail', two + robot(310, 160, '#b0503a', 0.4)],
];

describe('finds front and back', () => {
  it.each(onTwo)('%s', async (_, elements, paper) => expectViews(await drawSheet(elements, paper), [front, back]));

  it('on noisy paper', async () => {
    const random = seededRandom(7);
    const sheet = await drawSheet(two, plain('#f4efe2'));
    sheet.data.forEach((value, i) => (sheet.data[i] = i % 4 === 3 ? 255 : value + 16 * (random() - 0.5)));
    await expectViews(sheet, [front, back]);
  });

  it('as a JPEG of twice the size', async () => {
    const { raster } = await decode(await encodeLossy(await drawSheet(two, undefined, 2), 'image/jpeg', 80));
    if (!raster) throw new Error('not decoded');
    const { views: found } = await splitSheet(raster, views('front', 'back'));
    expectNear(found?.[0]?.box, { x: 250, y: 200, width: 280, height: 400 }, 5);
    expectNear(found?.[1]?.box, { x: 850, y: 208, width: 280, height: 400 }, 5);
  });

  it.each(['#f6f6f6', '#fbf3e4'])('in %s on white', async (fill) => {
    const sheet = await drawSheet(robot(125, 100, fill) + robot(425, 104, fill));
    await expectViews(sheet, [front, back]);
    const { views: [first] = [] } = await splitSheet(sheet, views('front', 'back'));
    // All of the body is there: no pale part has become a hole.
    expect(alphaAt(first?.cutout, 70, 110)).toBe(255);
    expect(alphaAt(first?.cutout, 45, 190)).toBe(255);
  });

  it('where their hands touch', async () => {
    const sheet = await drawSheet(robot(200, 100, '#b0503a') + robot(339, 100, '#3a60b0'));
    await expectViews(sheet, [robotBox(200, 100), robotBox(339, 100)]);
  });
});

describe('finds', () => {
  it('one figure', async () => expectViews(await drawSheet(robot(300, 100, '#444')), [robotBox(300, 100)]));

  it('three from left to right', async () => {
    const lefts = [40, 280, 500];
    await expectViews(
      await drawSheet(lefts.map((x) => robot(x, 100, '#407040')).join('')),
      lefts.map((x) => robotBox(x, 100)),
    );
  });

  it.each([
    ['four in two rows', four],
    [
      'four in a table',
      `${four}<path d="M2 2H686V382H2Z M344 2V382 M2 192H686" fill="none" stroke="#222" stroke-width="2"/>`,
    ],
  ])('%s', async (_, elements) => {
    await expectViews(
      await drawSheet(elements),
      places.map(([x, y]) => robotBox(x, y, 0.85)),
    );
  });

  it('a white figure on transparent paper', async () => {
    const sheet = await drawSheet(robot(300, 100, '#fff'), '');
    await expectViews(sheet, [robotBox(300, 100)]);
  });

  it('a photo that fills its picture, as the only view', async () => {
    const stripes = Array.from(
      { length: 43 },
      (_, i) => `<rect x="${i * 16}" width="16" height="384" fill="hsl(${i * 40} 60% 50%)"/>`,
    );
    await expectViews(await drawSheet(stripes.join('')), [{ x: 0, y: 0, width: WIDTH, height: HEIGHT }]);
  });
});

function alphaAt(cutout: Raster | undefined, x: number, y: number) {
  return cutout?.data[(y * cutout.width + x) * 4 + 3];
}

const pixelAt = ({ width, data }: Raster, x: number, y: number) => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];

describe('each view', () => {
  const view = async () => {
    const { views: [first] = [] } = await splitSheet(
      await drawSheet(robot(250, 100, '#b0503a'), plain('#d8d4cc')),
      views('front'),
    );
    if (!first) throw new Error('no view');
    return first;
  };
  it('is a white square with a margin of 6 %, whatever the paper', async () => {
    const { image } = await view();
    expect([image.width, image.height]).toEqual([224, 224]);
    expect(pixelAt(image, 2, 2)).toEqual([255, 255, 255, 255]);
    expect(pixelAt(image, 112, 8)).toEqual([255, 255, 255, 255]);
    expect(pixelAt(image, 112, 120)).toEqual([176, 80, 58, 255]);
  });
  it('is cut out with its eye and its floating antenna, without the paper in between', async () => {
    const { cutout } = await view();
    expect(pixelAt(cutout, 50, 65)).toEqual([255, 255, 255, 255]);
    expect(pixelAt(cutout, 70, 8)).toEqual([176, 80, 58, 255]);
    for (const [x, y] of [
      [70, 20],
      [70, 170],
      [17, 90],
      [5, 150],
    ] as const)
      expect(alphaAt(cutout, x, y)).toBe(0);
  });
  it('leaves out a letter that stands in its box', async () => {
    const sheet = await drawSheet(robot(250, 100, '#b0503a') + letters(310, 250, 1) + letters(295, 250, 3, 8));
    const { views: [first] = [] } = await splitSheet(sheet, views('front'));
    expect(alphaAt(first?.cutout, 5, 5)).toBe(0);
  });
});

describe('boxes by hand', () => {
  const share = ({ x, y, width, height }: Box, more = 0) =>
    [(x - more) / WIDTH, (y - more) / HEIGHT, (width + 2 * more) / WIDTH, (height + 2 * more) / HEIGHT] as const;

  it('are made tight, in the order asked for', async () => {
    const specs = [
      { name: 'back', box: share(back, 25) },
      { name: 'front', box: share(front, 10) },
    ];
    await expectViews(await drawSheet(two + letters(450, 310, 4, 12)), [back, front], specs);
  });
  it('leave the other figures to be found', async () => {
    const three = robot(20, 100, '#407040') + robot(270, 100, '#407040') + robot(520, 100, '#407040');
    const specs = [{ name: 'back', box: share(robotBox(270, 100), 5) }, ...views('left', 'right')];
    await expectViews(
      await drawSheet(three),
      [270, 20, 520].map((x) => robotBox(x, 100)),
      specs,
    );
  });
  it('may hold several figures, taken as one', async () => {
    const specs = [{ name: 'pair', box: [0, 0, 1, 1] as const }];
    await expectViews(await drawSheet(two), [{ x: 125, y: 100, width: 440, height: 204 }], specs);
  });
  it('are taken as they are where there is no plain background', async () => {
    const specs = [{ name: 'front', box: [0.25, 0.5, 0.5, 0.25] as const }];
    await expectViews(noise(200, 100), [{ x: 50, y: 50, width: 100, height: 25 }], specs);
  });
  it.each([
    ['nothing', [0.8, 0.1, 0.1, 0.1]],
    ['no pixel', [0.5, 0.5, 0, 1]],
    ['none of the sheet', [1.5, 0, 0.5, 1]],
    ['no number', [NaN, 0, 0.5, 1]],
  ] as const)('that hold %s are named', async (_, box) => {
    const { reason } = await splitSheet(await drawSheet(robot(100, 100, '#444')), [{ name: 'left side', box }]);
    expect(reason).toBe(`the box of the view 'left side' holds no figure: [${box.join(', ')}]`);
  });
});

function noise(width: number, height: number): Raster {
  const random = seededRandom(3);
  const raster = filled(width, height, [0, 0, 0, 255]);
  raster.data.forEach((value, i) => (raster.data[i] = i % 4 === 3 ? value : 256 * random()));
  return raster;
}

const nothing = 'no view was found on the sheet: it shows no figure on a plain background';
const notPlain =
  'no view was found on the sheet: it has no plain background to tell figures from; give each view its box, or name one view for the whole picture';
const figures = (found: string, asked: string) =>
  `${found} found on the sheet, but ${asked}; name as many views as it shows, or give each its box`;
const oneOfTwo = figures('1 figure was', '2 views are asked for (front, back)');

describe('says why there are no views', () => {
  it.each([
    ['a blank sheet', '', undefined, nothing],
    ['captions only', letters(150, 50, 12) + letters(150, 300, 12), undefined, nothing],
    ['one figure for two views', robot(270, 100, '#444'), undefined, oneOfTwo],
    [
      'a dog from the side',
      '<rect x="200" y="120" width="260" height="80"/><rect x="220" y="190" width="30" height="90"/><rect x="410" y="190" width="30" height="90"/>',
      undefined,
      oneOfTwo,
    ],
    [
      'three figures for two views',
      [20, 270, 520].map((x) => robot(x, 100, '#444')).join(''),
      undefined,
      figures('3 figures were', '2 views are asked for (front, back)'),
    ],
    [
      'a pattern',
      two,
      `<defs><pattern id="paper" width="20" height="20" patternUnits="userSpaceOnUse"><rect width="20" height="20" fill="#ddd"/><rect width="10" height="10" fill="#888"/><rect x="10" y="10" width="10" height="10" fill="#888"/></pattern></defs>${plain('url(#paper)')}`,
      notPlain,
    ],
    ['a landscape', `<rect y="220" width="688" height="164" fill="#5a8040"/>${two}`, plain('#8ac'), notPlain],
  ])('%s', async (_, elements, paper, reason) => {
    expect((await splitSheet(await drawSheet(elements, paper), views('front', 'back'))).reason).toBe(reason);
  });
  it.each([
    ['two figures for one view', () => drawSheet(two), figures('2 figures were', '1 view is asked for (front)')],
    ['a tiny blank picture', () => filled(3, 2, [255, 255, 255, 255]), nothing],
    ['a transparent picture', () => filled(300, 200, [9, 9, 9, 0]), nothing],
  ])('%s', async (_, sheet, reason) => {
    expect((await splitSheet(await sheet(), views('front'))).reason).toBe(reason);
  });
  it('noise', async () => expect((await splitSheet(noise(120, 80), views('a', 'b'))).reason).toBe(notPlain));
  it('no view named', async () => {
    expect(await splitSheet(noise(4, 4), [])).toEqual({ reason: 'no view of the sheet is named' });
  });
});

it('leaves the sheet as it was', async () => {
  const sheet = filled(60, 40, [255, 255, 255, 255]);
  paste(sheet, filled(10, 20, [90, 30, 30, 255]), 20, 10);
  const before = Uint8ClampedArray.from(sheet.data);
  await splitSheet(sheet, views('front'));
  expect(Buffer.from(sheet.data.buffer).equals(Buffer.from(before.buffer))).toBe(true);
});

it('says how much of each cell of the square the figure fills', () => {
  const shares = (width: number) =>
    [...figureShares(filled(width, 100, [0, 0, 0, 255]), 4)].map((share) => Math.round(share * 784));
  // A margin of 6 px: 22 of the 28 px of an outer cell are the figure.
  expect(shares(100)).toEqual([484, 616, 616, 484, 616, 784, 784, 616, 616, 784, 784, 616, 484, 616, 616, 484]);
  expect(shares(50)).toEqual([0, 550, 550, 0, 0, 700, 700, 0, 0, 700, 700, 0, 0, 550, 550, 0]);
});
