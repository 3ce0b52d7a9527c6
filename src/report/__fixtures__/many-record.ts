import { existsSync, linkSync } from 'node:fs';
import { join } from 'node:path';
import type { Box } from '../../image/raster.js';
import { encodeLossy, rasterizeSvg } from '../../image/codec.js';
import { writeFileAtomic } from '../../lib/files.js';
import { sha256 } from '../../lib/hash.js';
import { seededRandom } from '../../lib/random.js';
import type { Picture, RunRecord, SampleRecord } from '../../record.js';
import { thumbnails } from '../reporters/html/thumbnails.js';
import { drawScene, size } from './scene.js';
import { record, sample } from './small-record.js';

/** Pictures that are drawn; the others are the same bytes under other names. */
const DRAWN = 8;
const APPROVED = 16;

export interface Many {
  cases: number;
  /** Of a case in each of the four variants, on average. */
  samples: number;
}

const variants: RunRecord['variants'] = ['banana', 'pro'].flatMap((name) =>
  ['v2', 'v1'].map((revision) => ({
    id: `${name}-${revision}`,
    model: name === 'pro' ? 'gemini-3-pro-image' : 'gemini-nano-banana-2.1',
    name,
    revision,
    candidate: name === 'banana' && revision === 'v2',
  })),
);

/**
 * A gated run of any size with a picture and its small copies for every sample, made in seconds: `folder` gets links to
 * a few drawn files. Of a hundred cases the first 3 are broken, the next 5 undecided. Numbers are invented.
 */
export async function manyRecord(folder: string, { cases, samples }: Many): Promise<RunRecord> {
  const random = seededRandom(11);
  const thumbs = thumbnails(folder);
  const drawn = await Promise.all(Array.from({ length: DRAWN }, (_, i) => draw(folder, i)));
  for (const { picture, box } of drawn) thumbs.add(picture, box);
  await thumbs.done();
  const names = Array.from({ length: cases }, (_, i) => `scene-${String(i + 1).padStart(3, '0')}`);
  const stateOf = (i: number) => (i < cases * 0.03 ? 'broken' : i < cases * 0.08 ? 'undecided' : 'ok');

  const sampled = (name: string, i: number, variant: RunRecord['variants'][number], k: number): SampleRecord => {
    const from = drawn[Math.floor(random() * DRAWN)];
    if (!from) throw new Error('nothing was drawn');
    const { box } = from;
    const image = pictureOf(sha256(`${name} ${variant.id} ${k}`));
    link(folder, from.picture.path, image.path);
    link(folder, thumbs.whole(from.picture), thumbs.whole(image));
    link(folder, thumbs.tile(from.picture, box), thumbs.tile(image, box));
    const drop = variant.candidate && stateOf(i) === 'broken' ? 0.25 : 0;
    const prompt = `Image 1: the robot sheet. Keep the robot exactly as on the sheet, both antennae in view, evening light, wide view, in scene ${i + 1}.`;
    return sample({
      case: name,
      variant: variant.id,
      model: variant.model,
      revision: variant.revision,
      sample: APPROVED + 1 + k,
      slot: `${name}#${APPROVED + 1 + k}`,
      image,
      inputs: [{ ...(drawn[0]?.picture ?? image), name: 'robot sheet' }],
      prompt,
      latencyMs: 5000 + 9000 * random(),
      scores: {
        consistency: {
          value: 0.86 - drop - 0.12 * random(),
          version: '1',
          evidence: { characterFound: true, box: [box.x, box.y, box.width, box.height] },
        },
        quality: { value: 0.7 + 0.2 * random(), version: '1' },
      },
    });
  };
  const made = names.flatMap((name, i) =>
    variants.flatMap((variant) =>
      Array.from({ length: Math.floor((i + 1) * samples) - Math.floor(i * samples) }, (_, k) =>
        sampled(name, i, variant, k),
      ),
    ),
  );
  return record({
    suite: { name: 'many', description: '', hash: sha256('many') },
    variants,
    cases: names.map((name) => ({
      name,
      characters: [{ name: 'robot', sheet: 'robot sheet' }],
      level: 0,
      baseline: {
        run: 'r0',
        approvedAt: '2026-11-12T09:30:00.000Z',
        model: 'gemini-3-pro-image',
        revision: 'v1',
        inputsMode: 'approved',
        picture: drawn[0]?.picture ?? null,
        outcomes: { ok: APPROVED },
        scores: { consistency: Array.from({ length: APPROVED }, () => 0.86 - 0.12 * random()) },
        incomparable: {},
      },
    })),
    samples: made,
    verdict: { state: 'regression', title: 'Regression: invented', message: 'Invented, to measure the pages.' },
    gate: gateOf(
      names.map((name, i) => ({ name, state: stateOf(i) })),
      Math.ceil(samples),
    ),
    totals: {
      calls: made.length,
      images: made.length,
      cost: { spent: 0.134 * made.length, saved: 0, estimated: 0, unpriced: 0 },
      latencyMs: { p50: 9500, p95: 13_500 },
    },
  });
}

function gateOf(
  cases: readonly { name: string; state: 'broken' | 'undecided' | 'ok' }[],
  n: number,
): RunRecord['gate'] {
  const metric = { id: 'consistency', better: 'higher' as const, margin: 0.03 };
  const seen = { events: 0, of: n * cases.length };
  return {
    terms: {
      subject: 'many on banana',
      against: 'the baseline',
      candidate: 'banana-v2',
      reference: { kind: 'baseline' },
      rule: 'fixed',
      inputs: 'approved',
      samples: { min: n, max: n },
      offset: APPROVED,
      metrics: [{ ...metric, auto: true, cases: cases.map(({ name }) => name), lent: { sumOfSquares: 0, df: 0 } }],
      cases: cases.map(({ name }) => ({ name, unchanged: false })),
    },
    obstacles: [],
    numbers: {
      rule: 'fixed',
      unit: 'sample',
      metrics: [
        {
          ...metric,
          state: 'regression',
          effect: -0.04,
          bounds: { low: -0.07, high: -0.01, confidence: 0.95, kind: 't' },
          n: n * cases.length,
          n0: APPROVED * cases.length,
          sd: 0.03,
          df: 100,
          ratio: null,
          thresholds: null,
          detectable: 0.02,
        },
      ],
      cases: cases.map(({ name, state }) => ({
        case: name,
        state,
        metrics: [{ id: metric.id, state, effect: -0.01, ratio: null, margin: 0.09, n, n0: APPROVED }],
        counted: n,
        extra: 0,
      })),
      rates: [{ id: 'no_usable_picture', state: 'ok', candidate: seen, reference: seen, evidence: 0, threshold: 3 }],
      samples: { counted: n * cases.length, cap: n * cases.length, extra: 0, repeated: 0, unused: 0 },
      spent: 0.134 * n * cases.length,
    },
  };
}

async function draw(folder: string, i: number): Promise<{ picture: Picture; box: Box }> {
  const { svg, box } = drawScene({ sky: 45 * i, hue: 205 - 8 * i, antennae: 2, at: 0.3 + 0.05 * i, scale: 0.8 });
  const bytes = await encodeLossy(await rasterizeSvg(svg, size.width, size.height), 'image/webp', 80);
  const picture = pictureOf(sha256(bytes));
  writeFileAtomic(join(folder, picture.path), bytes);
  return { picture, box };
}

function pictureOf(hash: string): Picture {
  return { sha256: hash, mime: 'image/webp', ...size, path: `images/${hash}.webp` };
}

/** One file under one more name. */
function link(folder: string, from: string, to: string): void {
  if (!existsSync(join(folder, to))) linkSync(join(folder, from), join(folder, to));
}
