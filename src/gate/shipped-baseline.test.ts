import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emulatorOrigin } from '../cli/emulating.js';
import { STUDIO_VERSION } from '../emulator/studio/studio.js';
import { decode, dimensions, sniff } from '../image/codec.js';
import { keyOf } from '../plan/key.js';
import { makePlan } from '../plan/plan.js';
import { selectVariants } from '../plan/select.js';
import { measuredOn } from '../score/measured-on.js';
import { metrics } from '../score/metrics/index.js';
import { generationFor } from '../suite/generation.js';
import { loadSuite } from '../suite/load.js';
import { approvedPicture, inspectBaseline, loadBaseline } from './baseline.js';
import { storedMargins } from './lock-margins.js';

/**
 * The baseline that is shipped for the offline run. When one of these fails, what it was made from has changed:
 * `npm run baseline` makes it anew.
 */
const root = join(import.meta.dirname, '../..');
const baseline = loadBaseline(join(root, 'baselines/robot.emulated'));
const suite = await loadSuite(join(root, 'suites/robot'), {
  inspectImage: async (bytes) => {
    const mime = sniff(bytes);
    const size = await dimensions(bytes);
    return mime && size ? { mime, ...size } : null;
  },
});
const encoder = createHash('sha256')
  .update(readFileSync(join(root, 'models/pocket-clip/onnx/vision_model.onnx')))
  .digest('hex');

describe('the shipped baseline', () => {
  it('holds every case of the suite, eight samples each, drawn by this studio', () => {
    expect([...baseline.cases.keys()].sort()).toEqual(suite.cases.map((each) => each.name).sort());
    // The sheet was made once more, when there was an approved one to score it against.
    expect(baseline.offset).toBe(16);
    for (const each of baseline.cases.values()) {
      expect(each).toMatchObject({ emulated: true, inputsMode: 'approved', outcomes: { ok: 8 } });
      expect(each.samples.map((sample) => sample.modelVersion)).toEqual(
        Array(8).fill(`${each.model}-emulated-${STUDIO_VERSION}`),
      );
    }
  });

  it('was scored with the encoder and the metrics of this code', () => {
    const versions = Object.fromEntries(Object.values(metrics).map(({ id, version }) => [id, version]));
    for (const each of baseline.cases.values()) {
      expect(each.encoder).toEqual({ id: 'pocket', sha256: encoder });
      // A metric that came later and says nothing of the case need not be among them.
      const suitable = Object.values(metrics).filter((metric) => {
        const scene = suite.cases.find(({ name }) => name === each.case);
        return scene && measuredOn(metric, scene, suite.characters);
      });
      expect(Object.keys(each.metrics)).toEqual(expect.arrayContaining(suitable.map(({ id }) => id)));
      expect(versions).toMatchObject(each.metrics);
    }
  });

  it('answers the requests that the suite makes today', () => {
    const approved = new Set(baseline.cases.keys());
    const variant = selectVariants(suite, { models: [], revisions: [], cases: [] })[0];
    if (!variant) throw new Error('the suite has no variant');
    const planned = suite.cases.flatMap((scene) => {
      const offset = scene.name === 'sheet' ? 8 : 0;
      const plan = makePlan({
        suite,
        variants: [variant],
        cases: [scene],
        samples: 8,
        inputs: 'approved',
        approved,
        offset,
        seed: 0,
        generationFor: (each, forCase) => generationFor(suite, { generation: each.settings }, forCase),
      });
      return plan.first;
    });
    for (const { case: name, sample, prompt, generation, seed, inputs } of planned) {
      const images = inputs.map((input) => {
        const known =
          input.from === 'asset'
            ? suite.assets[input.asset]
            : input.from === 'approved'
              ? approvedPicture(baseline, input.case)?.sample.image
              : null;
        if (!known) throw new Error(`${name} has an input that is not known`);
        return { mime: known.mime, sha256: known.sha256 };
      });
      const key = keyOf({ origin: emulatorOrigin, model: variant.model, prompt, images, generation, seed, sample });
      expect([name, sample, baseline.cases.get(name)?.samples.find((each) => each.sample === sample)?.key]).toEqual([
        name,
        sample,
        key,
      ]);
    }
  });

  it('has a score of consistency for everything that shows the robot', () => {
    for (const { case: name, samples } of baseline.cases.values())
      for (const { sample, scores } of samples)
        expect([name, sample, typeof scores['consistency']]).toEqual([
          name,
          sample,
          name === 'cutout' ? 'object' : 'number',
        ]);
  });

  it('keeps whole pictures of the representatives and small ones of the others', async () => {
    for (const { case: name, samples, representative } of baseline.cases.values()) {
      for (const { sample, image } of samples) {
        const { raster } = await decode(readFileSync(join(baseline.folder, image?.file ?? '')));
        expect([name, sample, image?.original, Math.max(raster?.width ?? 0, raster?.height ?? 0) <= 640]).toEqual([
          name,
          sample,
          sample === representative,
          sample !== representative,
        ]);
      }
      expect(approvedPicture(baseline, name)).not.toBeNull();
    }
  }, 60_000);

  it('stores the margins that its samples give for the most samples that the suite takes', () => {
    const gating = Object.entries(suite.metrics).flatMap(([id, { gate, margin }]) => {
      const metric = Object.values(metrics).find((each) => each.id === id);
      return gate && metric ? [{ id, better: metric.better, margin }] : [];
    });
    const [first] = baseline.cases.values();
    if (!first) throw new Error('the baseline has no case');
    const { samples, inputs } = suite;
    const { margins } = storedMargins([...baseline.cases.values()], {
      metrics: gating,
      samples,
      inputs,
      measured: first,
    });
    expect(Object.keys(margins)).not.toEqual([]);
    expect(inspectBaseline(baseline.folder).lock?.margins).toEqual(margins);
  });

  it('knows how much samples differ by chance', () => {
    for (const { changes } of baseline.cases.values()) {
      expect(changes).toHaveLength((8 * 7) / 2);
      expect(changes.every(({ values }) => (values['ssim'] ?? 0) > 0 && (values['pixel-diff'] ?? -1) >= 0)).toBe(true);
    }
  });
});
