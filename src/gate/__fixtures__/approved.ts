import { encodePng } from '../../image/codec.js';
import { filled } from '../../image/raster.js';
import { sha256 } from '../../lib/hash.js';
import type { ApprovedCase, ApprovedSample } from '../baseline.js';
import { filesOfCase, saveBaseline } from '../baseline-files.js';
import type { Lock } from '../lock.js';

export const picture = (grey: number) => encodePng(filled(96, 64, [grey, grey, grey, 255]));

/** A sample whose picture is one grey, or that has none. */
export function approvedSample(sample: number, grey: number | null, scores: ApprovedSample['scores'] = {}) {
  return {
    sample,
    key: sha256(`key ${sample} ${grey}`),
    seed: sample,
    outcome: grey === null ? 'refused' : 'ok',
    reason: grey === null ? 'blocked' : null,
    modelVersion: 'x',
    image: grey === null ? null : { sha256: sha256(picture(grey)), mime: 'image/png', width: 96, height: 64 },
    scores,
    characterFound: null,
  } satisfies ApprovedSample;
}

/** Two pictures, the first represents the case, and a refusal; with what a test cares about changed. */
export function approvedCase(name: string, change: Partial<ApprovedCase> = {}): ApprovedCase {
  return {
    version: 1,
    case: name,
    run: 'run-1',
    approvedAt: '2026-11-20T12:00:00.000Z',
    approvedBy: null,
    emulated: false,
    model: 'gemini-3-pro-image',
    revision: 'v1',
    prompt: `A ${name}.`,
    promptSha256: sha256(`A ${name}.`),
    inputsMode: 'approved',
    inputs: [],
    encoder: null,
    metrics: { consistency: '2', quality: '2' },
    representative: 1,
    liked: [],
    kept: null,
    outcomes: { ok: 2, refused: 1 },
    samples: [
      approvedSample(1, 10, { consistency: 0.8, quality: 0.9 }),
      approvedSample(2, 20, { consistency: 0.7, quality: null }),
      approvedSample(3, null),
    ],
    changes: [{ pair: [1, 2], values: { ssim: 0.5 } }],
    ...change,
  };
}

/** Every picture that `approvedSample` makes, by its hash. */
const drawn = new Map(
  Array.from({ length: 256 }, (_, grey) => picture(grey)).map((bytes) => [sha256(bytes), bytes] as const),
);

export async function save(
  folder: string,
  cases: readonly ApprovedCase[],
  {
    before = null,
    margins = {},
    removed = [],
  }: { before?: Lock | null; margins?: Lock['margins']; removed?: string[] } = {},
): Promise<void> {
  const files = await Promise.all(
    cases.map((each) => filesOfCase(each, (hash) => drawn.get(hash) ?? new Uint8Array(), false)),
  );
  saveBaseline(folder, before, { run: 'run-1', cases: files, removed, margins });
}
