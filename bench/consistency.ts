import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archivePicture } from '../src/emulator/studio/archive.js';
import { draw } from '../src/emulator/studio/studio.js';
import type { Encoder } from '../src/encode/encoder.js';
import { loadEncoder } from '../src/encode/load.js';
import { decode } from '../src/image/codec.js';
import type { Raster } from '../src/image/raster.js';
import { around, copiedFrom } from '../src/score/copy-paste.js';
import type { MetricInput } from '../src/score/metric.js';
import { consistencyMetric } from '../src/score/metrics/consistency.js';
import { reduced } from '../src/score/reduced.js';
import { referenceOf } from '../src/score/reference.js';
import { median } from './instant.js';

const SIZES = [
  [1376, 768],
  [512, 512],
] as const;
/** In these the robot is so like its sheet that a copy of it is looked for: the dearest case. */
const SCENES = ['The robot waves in a valley, facing the camera.', 'The robot points at a mountain, from behind.'];
const ROUNDS = 12;

/**
 * What `consistency` costs a picture with the embedded encoder, when encoder and sheet are known already. In processor
 * time of all threads: what the clock shows where one core does nothing else.
 */
export async function consistency(): Promise<string[]> {
  const models = join(import.meta.dirname, '../models');
  const pocket = await loadEncoder('pocket', { modelsFolder: models, cacheFolder: tmpdir() });
  let crops: Raster[] = [];
  const encoder: Encoder = {
    ...pocket,
    embed(batch) {
      crops.push(...batch);
      return pocket.embed(batch);
    },
  };
  const views = ['front', 'back'].map((name) => ({ name, box: null }));
  const image = await drawn('Character sheet: front view and back view on white.', 1376, 768);
  const sheets = [{ image, sha256: 'sheet', views, character: 'robot' }];
  const { reference, reason } = await referenceOf({ image, sha256: 'sheet', views }, encoder, null);
  if (!reference) throw new Error(reason);

  const lines: string[] = [];
  for (const [width, height] of SIZES) {
    const pictures = await Promise.all(SCENES.map((prompt) => drawn(prompt, width, height)));
    const spent = { whole: [], reduction: [], crops: [], copy: [] } as Record<string, number[]>;
    const timed = async <T>(part: string, work: () => T | Promise<T>): Promise<T> => {
      const before = process.cpuUsage();
      const result = await work();
      const { user, system } = process.cpuUsage(before);
      spent[part]?.push((user + system) / 1000);
      return result;
    };
    for (const picture of Array.from({ length: ROUNDS }, () => pictures).flat()) {
      crops = [];
      // A raster of its own each time: the reduced copy is kept with the raster.
      const input = { ...nothing, image: { ...picture }, sheets, encoder };
      const { value, evidence } = await timed('whole', () => consistencyMetric.measure(input));
      const small = await timed('reduction', async () => (await reduced({ ...picture })).raster);
      await timed('crops', () => pocket.embed(crops));
      const { box, view: name } = evidence as { box: number[]; view: string };
      const [x = 0, y = 0, w = 0, h = 0] = box.map((length) => (length * small.width) / width);
      const view = reference.views.find((each) => each.name === name);
      if (!view || value === null || value < 0.8) throw new Error('the robot is not alike enough to look for a copy');
      await timed('copy', () => copiedFrom(view.cutout, around({ x, y, width: w, height: h }, small)));
    }
    const [whole = NaN, reduction = NaN, embedding = NaN, copy = NaN] = Object.values(spent).map(median);
    const parts = [
      `reduction ${reduction.toFixed(0)}`,
      `${crops.length} crops ${embedding.toFixed(0)}`,
      `search for a copy ${copy.toFixed(0)}`,
      `rest ${(whole - reduction - embedding - copy).toFixed(0)}`,
    ];
    lines.push(
      `consistency ${`${width}x${height}`.padEnd(10)} ${whole.toFixed(0)} ms an image (${parts.join(', ')}; processor time, median of ${ROUNDS} x ${SCENES.length})`,
    );
  }
  return lines;
}

const nothing: Omit<MetricInput, 'image' | 'sheets' | 'encoder'> = {
  sha256: 'image',
  case: { name: 'bench', text: [], checklist: [] },
  requested: { aspectRatio: null, imageSize: null },
  withoutSheet: [],
  makesSheet: false,
  approved: null,
  kept: null,
  reader: { missing: 'only consistency is measured' },
  calibrations: null,
};

async function drawn(prompt: string, width: number, height: number): Promise<Raster> {
  const images = [await archivePicture()];
  const { bytes } = await draw({ prompt, images, width, height, seed: 3, stray: 0, mime: 'image/jpeg' });
  const { raster, reason } = await decode(bytes);
  if (!raster) throw new Error(reason);
  return raster;
}
