import { encodeLossy, rasterizeSvg } from '../../image/codec.js';
import { join } from 'node:path';
import { writeFileAtomic } from '../../lib/files.js';
import { sha256 } from '../../lib/hash.js';
import { seededRandom } from '../../lib/random.js';
import { pictureLatencies } from '../../record-latency.js';
import type { Picture, RunRecord, SampleRecord } from '../../record.js';
import { call, record, sample } from './small-record.js';
import { drawScene, size, type Scene } from './scene.js';

/** Text that must stay text wherever a report shows it. */
export const hostile = [
  '<script>window.pwned = 1</script>',
  '"><img src=x onerror="window.pwned = 1">',
  "' onmouseover='window.pwned=1",
  '{{constructor}} {{{raw}}}',
  'line\u2028separator \u202Egnp.exe \u001b[31mred',
  '</title></style><iframe src="javascript:alert(1)">',
].join(' ');

const prompts: Record<string, string> = {
  v1: 'Image 1: the robot sheet. Show the same robot with its yellow badge, wide view, morning light, in this scene: ',
  v2: 'Image 1: the robot sheet. Keep the robot exactly as on the sheet, both antennae in view, wide view, evening light, in this scene: ',
};

const scenes: Record<string, { sky: number; drift: Record<string, number> }> = {
  mountains: { sky: 210, drift: { 'pro-v2': 0.02, 'pro-v1': 0.04, 'banana-v2': 0.08, 'banana-v1': 0.05 } },
  valley: { sky: 120, drift: { 'pro-v2': 0.28, 'pro-v1': 0.05, 'banana-v2': 0.2, 'banana-v1': 0.07 } },
  forest: { sky: 150, drift: { 'pro-v2': 0.06, 'pro-v1': 0.03, 'banana-v2': 0.04, 'banana-v1': 0.1 } },
  bridge: { sky: 30, drift: { 'pro-v2': 0.11, 'pro-v1': 0.08, 'banana-v2': 0.14, 'banana-v1': 0.12 } },
  hammock: { sky: 280, drift: { 'pro-v2': 0.04, 'pro-v1': 0.04, 'banana-v2': 0.06, 'banana-v1': 0.05 } },
};

const variants: RunRecord['variants'] = [
  { id: 'pro-v2', model: 'gemini-3-pro-image', name: 'gemini-3-pro-image', revision: 'v2', candidate: true },
  { id: 'pro-v1', model: 'gemini-3-pro-image', name: 'gemini-3-pro-image', revision: 'v1', candidate: false },
  { id: 'banana-v2', model: 'gemini-nano-banana-2.1', name: 'banana-high', revision: 'v2', candidate: false },
  { id: 'banana-v1', model: 'gemini-nano-banana-2.1', name: 'banana-high', revision: 'v1', candidate: false },
];

/**
 * Writes the pictures of a made-up run into `folder` and gives its record: two models, two revisions, six cases, four
 * samples each, with every outcome, values that are missing, and text that tries to break out. Numbers are invented.
 */
export async function sampleRun(folder: string): Promise<RunRecord> {
  const random = seededRandom(7);
  const draw = async (scene: Scene): Promise<Picture & { box: number[] }> => {
    const { svg, box } = drawScene(scene);
    const bytes = await encodeLossy(await rasterizeSvg(svg, size.width, size.height), 'image/webp', 80);
    const hash = sha256(bytes);
    const path = `images/${hash}.webp`;
    writeFileAtomic(join(folder, path), bytes);
    return { sha256: hash, mime: 'image/webp', ...size, path, box: [box.x, box.y, box.width, box.height] };
  };
  const picture = ({ sha256: hash, mime, width, height, path }: Picture): Picture => ({
    sha256: hash,
    mime,
    width,
    height,
    path,
  });
  const sheet = await draw({ sky: 0, hue: 205, antennae: 2, at: 0.5, scale: 0.85 });

  const samples: SampleRecord[] = [];
  for (const [name, { sky, drift }] of Object.entries(scenes)) {
    for (const variant of variants) {
      for (let index = 1; index <= 4; index += 1) {
        const off = (drift[variant.id] ?? 0) * (0.5 + random());
        const made = await draw({
          sky,
          hue: 205 - off * 380,
          antennae: off > 0.25 ? 1 : 2,
          at: 0.25 + 0.5 * random(),
          scale: 0.45 + 0.4 * random(),
        });
        const value = 0.92 - off + 0.02 * random();
        const latencyMs = 5000 + 9000 * random();
        samples.push({
          ...blank(name, variant, index),
          image: picture(made),
          inputs: [{ ...picture(sheet), name: 'robot sheet' }],
          prompt: `${prompts[variant.revision]}${name}.`,
          latencyMs,
          attempts: [call(latencyMs)],
          scores: {
            consistency: {
              value,
              version: '1',
              evidence: {
                characterFound: value > 0.55,
                box: made.box,
                view: 'front',
                parts: { whole: value + 0.02, parts: value - 0.02 },
              },
            },
            quality: { value: 0.7 + 0.2 * random(), version: '1' },
            'pixel-diff': { value: 0.1 + 0.1 * random(), version: '1' },
            text: { value: null, version: '1', reason: 'the case asks for no captions' },
          },
        });
      }
    }
  }
  const change = (name: string, variant: string, index: number, patch: Partial<SampleRecord>) => {
    const found = samples.find((each) => each.case === name && each.variant === variant && each.sample === index);
    if (found) Object.assign(found, patch);
  };
  const lost = { image: null, scores: {} };
  change('bridge', 'pro-v2', 2, { ...lost, outcome: 'refused', reason: `IMAGE_SAFETY ${hostile}` });
  change('bridge', 'banana-v1', 1, {
    ...lost,
    outcome: 'text_only',
    text: `I cannot draw that. ${hostile}`,
    reason: 'the answer holds text and no picture',
  });
  change('forest', 'banana-v1', 4, {
    ...lost,
    outcome: 'infra_error',
    reason: '503 four times in a row',
    latencyMs: null,
    attempts: [],
  });
  change('hammock', 'pro-v2', 3, { cached: true, cost: 0, savedCost: 0.134, latencyMs: null, attempts: [] });
  change('hammock', 'pro-v2', 4, { extra: 'inflight' });
  const tried = {
    at: '2026-11-20T14:03:00.000Z',
    finishReason: null,
    usage: null,
    costEstimated: false,
    latencyMs: 900,
  };
  change('hammock', 'pro-v1', 1, {
    extraImages: [picture(sheet)],
    attempts: [
      { ...tried, status: 503, outcome: 'infra_error', reason: `overloaded ${hostile}`, cost: null },
      { ...tried, status: 200, outcome: 'ok', reason: null, cost: 0.134 },
    ],
  });
  change('mountains', 'banana-v1', 2, {
    scores: {
      consistency: { value: null, version: '1', reason: `no usable view on the sheet ${hostile}` },
      quality: { value: 0.81, version: '1' },
    },
  });
  const vote = { key: sha256('vote'), cached: false, cost: 0.002, savedCost: 0, attempts: [] };
  const answered = { ...vote, outcome: 'ok' as const, reason: null, modelVersion: 'judge-1-001' };
  change('forest', 'pro-v2', 1, {
    judged: {
      model: 'judge-1',
      prompt: '1',
      votes: [
        { ...answered, answers: ['yes', 'no', 'yes', 'unsure'] },
        { ...answered, answers: ['yes', 'no', 'yes', 'yes'] },
        { ...vote, answers: null, outcome: 'infra_error', reason: `overloaded ${hostile}`, modelVersion: null },
      ],
    },
    scores: {
      ...samples.find((each) => each.case === 'forest' && each.variant === 'pro-v2' && each.sample === 1)?.scores,
      checklist: {
        value: 0.375,
        version: '1',
        evidence: {
          judge: 'judge-1',
          prompt: '1',
          votes: { came: 2, asked: 3 },
          statements: [
            { says: 'The robot stands in a forest', under: null, yes: 2, no: 0, unsure: 0, word: 'yes', counts: 1 },
            { says: 'The robot holds a map', under: null, yes: 0, no: 2, unsure: 0, word: 'no', counts: 0 },
            { says: 'The map is open', under: 1, yes: 2, no: 0, unsure: 0, word: 'yes', counts: 0 },
            { says: `It is morning ${hostile}`, under: null, yes: 1, no: 0, unsure: 1, word: 'unsure', counts: 0.5 },
          ],
        },
      },
    },
  });
  for (const variant of variants) {
    samples.push({
      ...blank(hostile, variant, 1),
      ...(variant.candidate
        ? { outcome: 'refused' as const, reason: hostile }
        : {
            outcome: 'skipped' as const,
            reason: 'its input valley has no picture',
            key: null,
            attempts: [],
            modelVersion: null,
            cost: 0,
            latencyMs: null,
          }),
      prompt: hostile,
    });
  }

  const approved = await Promise.all(
    Object.values(scenes).map(({ sky }) => draw({ sky, hue: 205, antennae: 2, at: 0.5, scale: 0.7 })),
  );
  const latencies = samples.flatMap(pictureLatencies).sort((a, b) => a - b);
  return record({
    id: '2026-11-20T14-02-11-robot',
    emulated: true,
    settings: { samples: 4, inputs: 'approved', seed: 0 },
    encoder: { id: 'pocket', sha256: sha256('encoder') },
    metrics: {
      consistency: { version: '1', better: 'higher' },
      quality: { version: '1', better: 'higher' },
      'pixel-diff': { version: '1', better: 'lower' },
      text: { version: '1', better: 'higher' },
    },
    variants,
    cases: [
      ...Object.keys(scenes).map((name, i) => ({
        name,
        characters: [{ name: 'robot', sheet: 'robot sheet' }],
        level: i,
        baseline:
          name === 'hammock'
            ? null
            : {
                run: '2026-11-12T09-00-00-robot',
                approvedAt: '2026-11-12T09:30:00.000Z',
                model: 'gemini-3-pro-image',
                revision: 'v1',
                inputsMode: 'approved' as const,
                picture: picture(approved[i] ?? sheet),
                outcomes: { ok: 8 },
                scores: {
                  consistency: [0.86, 0.9, 0.84, 0.88, 0.91, 0.87, 0.85, 0.89],
                  quality: [0.8, 0.82, 0.78, 0.81, 0.79, 0.8, 0.83, 0.8],
                },
                incomparable: {},
              },
      })),
      { name: hostile, characters: [], level: 0, baseline: null },
    ],
    samples,
    checks: [
      {
        id: 'consistency',
        limit: 'consistency min 0.6',
        case: 'valley',
        variant: 'pro-v2',
        value: 0.55,
        passed: false,
        message: 'consistency 0.55 of sample 3 is below 0.6',
      },
      {
        id: 'cost',
        limit: 'cost max 0.2',
        case: 'valley',
        variant: 'pro-v2',
        value: 0.134,
        passed: true,
        message: 'at most $0.134 a sample',
      },
      {
        id: 'latency',
        limit: 'latency p95 60000',
        case: null,
        variant: 'pro-v2',
        value: 13000,
        passed: true,
        message: 'p95 13.0 s',
      },
    ],
    warnings: [
      'The baseline holds 8 samples a case; 16 are better for a gate that is used often.',
      `Model text: ${hostile}`,
    ],
    totals: {
      calls: 82,
      images: samples.filter((each) => each.image !== null).length,
      cost: { spent: 8.71, saved: 0.134, estimated: 0.134, unpriced: 0 },
      latencyMs: {
        p50: latencies[Math.floor(latencies.length / 2)] ?? null,
        p95: latencies[Math.floor(latencies.length * 0.95)] ?? null,
      },
    },
  });
}

function blank(name: string, variant: RunRecord['variants'][number], index: number): SampleRecord {
  const cost = variant.model === 'gemini-3-pro-image' ? 0.134 : 0.067;
  return sample({
    case: name,
    variant: variant.id,
    model: variant.model,
    revision: variant.revision,
    sample: index,
    slot: `${name}/${index}`,
    modelVersion: `${variant.model}-001`,
    cost,
    seed: 1000 + index,
    scores: {},
  });
}
