import { beforeAll, describe, expect, it } from 'vitest';
import { colourEncoder } from '../../encode/__fixtures__/colour-encoder.js';
import { decode, encodePng } from '../../image/codec.js';
import { filled, type Raster } from '../../image/raster.js';
import { sha256 } from '../../lib/hash.js';
import { inputOf, picture } from '../__fixtures__/pictures.js';
import { scene, sheet } from '../__fixtures__/characters.js';
import type { Metric, MetricInput } from '../metric.js';
import { metrics } from './index.js';

/** What every metric promises; a new one in the table is tested by being there. */

let photo: Raster;
let inputs: Record<string, MetricInput>;
beforeAll(async () => {
  photo = await picture('small.png');
  const views = ['front', 'back'].map((name) => ({ name, box: null }));
  const reference = { image: await sheet('red'), sha256: 'b'.repeat(64), views, character: 'red' };
  inputs = {
    'nothing is known': inputOf(photo),
    'everything is known': inputOf(await scene('red'), {
      case: { name: 'case', text: ['CAPTION'], checklist: [{ says: 'It is red', under: null }] },
      requested: { aspectRatio: '16:9', imageSize: '1K' },
      sheets: [reference],
      approved: { image: photo, sha256: 'd'.repeat(64) },
      encoder: colourEncoder,
    }),
    'it makes the sheet': inputOf(await sheet('red'), {
      sheets: [reference],
      makesSheet: true,
      encoder: colourEncoder,
    }),
    'it is one plain colour': inputOf(filled(64, 64, [255, 255, 255, 255]), {
      sheets: [{ ...reference, image: filled(64, 64, [255, 255, 255, 255]), sha256: 'e'.repeat(64) }],
      approved: { image: filled(64, 64, [255, 255, 255, 255]), sha256: 'e'.repeat(64) },
      encoder: colourEncoder,
    }),
    'it is transparent': inputOf(filled(64, 64, [0, 0, 0, 0])),
  };
});

describe.each(Object.entries(metrics) as [string, Metric][])('%s', (id, metric) => {
  it('is itself', () => {
    expect(metric.id).toBe(id);
    expect(metric.version).toMatch(/^\d+( \(.+\))?$/);
  });

  it('gives a finite value, or null and a reason for people', async () => {
    for (const [name, input] of Object.entries(inputs)) {
      const score = await metric.measure(input);
      if (score.value === null) expect(score.reason, name).toMatch(/\w{2,} \w{2,}/);
      else {
        expect(Number.isFinite(score.value), name).toBe(true);
        expect(score.reason, name).toBeUndefined();
      }
      expect(JSON.stringify(score.evidence ?? {}).length, name).toBeLessThan(2000);
    }
  });

  it('gives the same for the same pixels, whatever came with them', async () => {
    for (const input of Object.values(inputs)) {
      const before = sha256(new Uint8Array(input.image.data));
      const first = await metric.measure(input);
      expect(sha256(new Uint8Array(input.image.data))).toBe(before);
      const { raster } = await decode(encodePng(input.image));
      if (!raster) throw new Error('not decoded');
      expect(await metric.measure({ ...input, image: raster })).toEqual(first);
    }
  });

  it('says nothing without what it is measured against', async () => {
    const input = inputOf(photo, { encoder: colourEncoder });
    if (metric.against !== 'nothing') expect((await metric.measure(input)).value).toBeNull();
    if (metric.encodes) {
      const known = inputs['everything is known'];
      if (!known) throw new Error('no input');
      expect(await metric.measure({ ...known, encoder: null })).toEqual({ value: null, reason: 'no encoder' });
    }
  });
});
