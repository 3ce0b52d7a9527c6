import { expect, it } from 'vitest';
import { colourEncoder, patchColours } from '../../encode/__fixtures__/colour-encoder.js';
import { filled, type Raster } from '../../image/raster.js';
import { seededRandom } from '../../lib/random.js';
import { openReader } from '../../read/tesseract.js';
import { sheet } from '../__fixtures__/characters.js';
import { inputOf } from '../__fixtures__/pictures.js';
import type { Metric, MetricInput } from '../metric.js';
import { metrics } from './index.js';

/** A picture may be strange; a score is a number or has a reason all the same. */

const reader = openReader();
const grey = [128, 128, 128, 255] as const;

function noise(width: number, height: number, opaque = true): Raster {
  const random = seededRandom(9);
  const raster = filled(width, height, grey);
  raster.data.forEach((value, i) => (raster.data[i] = opaque && i % 4 === 3 ? value : 256 * random()));
  return raster;
}

const pictures: [string, () => Raster][] = [
  ['64 x 2000 px', () => noise(64, 2000)],
  ['700 x 64 px', () => noise(700, 64)],
  ['3 x 300 px', () => noise(3, 300)],
  ['one pixel', () => filled(1, 1, [10, 20, 30, 255])],
  ['2 x 2 px', () => noise(2, 2)],
  ['8 x 8 px', () => noise(8, 8)],
  ['63 x 63 px', () => noise(63, 63)],
  ['one colour', () => filled(256, 256, grey)],
  ['white', () => filled(256, 256, [255, 255, 255, 255])],
  ['black', () => filled(256, 256, [0, 0, 0, 255])],
  ['transparent', () => filled(256, 256, [0, 0, 0, 0])],
  ['half transparent noise', () => noise(128, 96, false)],
];

it.each(pictures)('%s: every metric has a number or a reason', async (_, picture) => {
  const image = picture();
  const views = ['front', 'back'].map((name) => ({ name, box: null }));
  const sheets = [{ image: await sheet('red'), sha256: 'red', views, character: 'red' }];
  const approved = { image: noise(image.width, image.height), sha256: 'approved' };
  const requested = { aspectRatio: '16:9', imageSize: '1K' };
  const asked = { name: 'case', text: ['FRONT VIEW'], checklist: [{ says: 'It is red', under: null }] };
  const input = inputOf(image, { case: asked, sheets, approved, requested, reader });
  const encoders: Partial<MetricInput>[] = [
    { encoder: colourEncoder },
    { encoder: patchColours },
    { encoder: patchColours, makesSheet: true },
  ];
  const edits = ([null, 'right'] as const).map((outpaint): Partial<MetricInput> => {
    return { kept: { image: approved.image, sha256: 'edited', marked: null, outpaint } };
  });
  for (const metric of Object.values<Metric>(metrics)) {
    // What is measured of an edit is measured once for all metrics.
    const ways = metric.encodes ? encoders : metric.id === 'keep-region' ? edits : [{}];
    for (const way of ways) {
      const { value, reason } = await metric.measure({ ...input, ...way });
      if (value === null) expect(reason, metric.id).toMatch(/\w/);
      else expect(Number.isFinite(value), `${metric.id}: ${value}`).toBe(true);
    }
  }
});

it.each([
  [1, 1],
  [8, 8],
  [1376, 3],
])('a picture of %i x %i px shows nobody that could be scored', async (width, height) => {
  const views = ['front', 'back'].map((name) => ({ name, box: null }));
  const sheets = [{ image: await sheet('red'), sha256: 'red', views, character: 'red' }];
  const { value, reason } = await metrics.consistency.measure(
    inputOf(noise(width, height), { sheets, encoder: colourEncoder }),
  );
  expect({ value, reason }).toEqual({ value: null, reason: `${width}x${height} px are too few to see anybody in` });
});
