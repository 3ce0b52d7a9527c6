import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { draw } from '../src/emulator/studio/studio.js';
import { generate } from '../src/generate/generate.js';
import { decode, encodePng } from '../src/image/codec.js';
import { sha256 } from '../src/lib/hash.js';
import { makePlan } from '../src/plan/plan.js';
import { selectVariants } from '../src/plan/select.js';
import { ScoreQueue } from '../src/score/score-queue.js';
import { openScorer, type Scorer } from '../src/score/scorer.js';
import type { Case, Suite } from '../src/suite/suite.js';
import { benchContext, benchSuite, instantProvider, median } from './instant.js';

const CASES = 200;
const SCORED = 24;
const ROUNDS = 3;

/** Harness time per sample with a provider that answers at once with 1024x1024 PNGs. */
export async function overhead(): Promise<string[]> {
  // One picture a sample: an equal picture would not be scored twice.
  const pictures = await Promise.all(
    Array.from({ length: SCORED }, (_, seed) => png(`A felt robot in a forest, front view, number ${seed}.`, seed)),
  );
  const sheet = await png(
    'Character sheet of a felt robot, front view left, back view right, pure white background.',
    7,
  );
  const suite = benchSuite(
    Array.from({ length: CASES }, (_, index) => scene(index)),
    {
      sheet: {
        name: 'sheet',
        path: 'sheet.png',
        sha256: sha256(sheet),
        mime: 'image/png',
        width: 1024,
        height: 1024,
        bytes: sheet,
      },
    },
  );
  const load = { modelsFolder: join(import.meta.dirname, '../models'), cacheFolder: tmpdir() };
  const off: number[] = [];
  const on: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    off.push((await timed(() => make(suite, pictures))) / CASES);
    const few = { ...suite, cases: suite.cases.slice(0, SCORED) };
    const scorer = await openScorer(
      { encoder: 'pocket', load, cache: mkdtempSync(join(tmpdir(), 'evaluate-bench-')) },
      () => undefined,
    );
    on.push((await timed(() => make(few, pictures, scorer))) / SCORED);
    await scorer.close();
  }
  return [
    `overhead, scoring off  ${median(off).toFixed(1)} ms a sample (${CASES} cases, median of ${ROUNDS})`,
    `overhead, scoring on   ${median(on).toFixed(1)} ms a sample (${SCORED} cases, every metric, pocket encoder, median of ${ROUNDS})`,
  ];
}

async function make(suite: Suite, pictures: readonly Uint8Array[], scorer?: Scorer): Promise<void> {
  const context = benchContext((answers) => instantProvider(pictures, 0, answers), 5, suite);
  const queue =
    scorer &&
    new ScoreQueue({
      suite,
      score: (task) => scorer.score(task),
      read: (picture) => context.pictures.read(picture),
      approved: () => null,
    });
  if (queue) context.onSample = (sample, planned) => void queue.add(sample, planned, () => undefined);
  await generate(planOf(suite), context);
  await queue?.idle();
}

function planOf(suite: Suite) {
  const variants = selectVariants(suite, { models: [], revisions: [], cases: [] });
  const request = {
    suite,
    variants,
    cases: suite.cases,
    samples: 1,
    inputs: 'generated' as const,
    approved: new Set<string>(),
    offset: 0,
    seed: 0,
  };
  return makePlan({ ...request, generationFor: () => ({}) }).first;
}

function scene(index: number): Case {
  return {
    name: `scene-${index}`,
    images: [{ name: 'robot', asset: 'sheet' }],
    characters: ['robot'],
    generation: {},
    text: [],
    checklist: [],
    prompts: { v1: [`Scene ${index}`] },
  };
}

async function png(prompt: string, seed: number): Promise<Uint8Array> {
  const drawn = await draw({ prompt, images: [], width: 1024, height: 1024, seed, stray: 0, mime: 'image/png' });
  const { raster } = await decode(drawn.bytes);
  if (!raster) throw new Error('the studio made a broken picture');
  return encodePng(raster);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
