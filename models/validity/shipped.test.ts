import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { metrics } from '../../src/score/metrics/index.js';
import { FULL, HELD_OUT_SEED, TRAIN, TRAIN_SEED } from './design.js';
import { report } from './report.js';
import type { Results } from './results.js';

/** The figures that are shipped. When one of these fails, what they were measured on has changed: `npm run validity`. */
const models = join(import.meta.dirname, '..');
const results = JSON.parse(readFileSync(join(models, 'validity.json'), 'utf8')) as Results;

it('belongs to the metric and the encoder of this code', () => {
  const onnx = readFileSync(join(models, 'pocket-clip/onnx/vision_model.onnx'));
  expect(results.metric).toEqual({ id: 'consistency', version: metrics.consistency.version });
  expect(results.encoder).toEqual({ id: 'pocket', sha256: createHash('sha256').update(onnx).digest('hex') });
  expect(results.counts).toMatchObject(FULL);
});

it('was measured on characters that nothing was fitted to', () => {
  expect(results.seeds.characters).toBe(HELD_OUT_SEED);
  expect(TRAIN_SEED + TRAIN.identities).toBeLessThan(HELD_OUT_SEED);
});

it('is the page that people read', () => {
  expect(readFileSync(join(models, 'validity.md'), 'utf8')).toBe(report(results));
});
