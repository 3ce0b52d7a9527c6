import { decode } from '../image/codec.js';
import type { Raster } from '../image/raster.js';
import { metrics } from '../score/metrics/index.js';
import type { Metric, MetricInput } from '../score/metric.js';
import { sha256 as hashOf } from '../lib/hash.js';
import { characterFound } from './arm.js';
import type { ApprovedCase, ApprovedSample } from './baseline.js';
import { medoid } from './representative.js';

/** What approving needs of a sample; a run's record has it. */
export interface Approvable {
  sample: number;
  key: string | null;
  seed: number;
  outcome: string;
  reason: string | null;
  model: string;
  revision: string;
  prompt: string;
  modelVersion: string | null;
  image: { sha256: string; mime: string; width: number; height: number } | null;
  inputs: { name: string; sha256: string }[];
  scores: Record<string, { value: number | null; evidence?: Record<string, unknown> | undefined }>;
}

export interface Approval extends Pick<
  ApprovedCase,
  'case' | 'run' | 'approvedAt' | 'approvedBy' | 'emulated' | 'inputsMode' | 'encoder' | 'metrics' | 'liked' | 'kept'
> {
  /** Every sample of the case, also those nobody liked. */
  samples: readonly Approvable[];
  /** The sample whose picture the children of this case were made from, if they were made from one of these. */
  usedAsInput: number | null;
  /** sample -> picture file. */
  bytes: ReadonlyMap<number, Uint8Array>;
}

/**
 * The approved set of a case. Its representative is the first sample that somebody liked; else the picture that the run's
 * other cases were made from, its own or one approved before (`kept`), so that they stay comparable; else the medoid, the
 * picture most like all others.
 */
export async function approvedCase(approval: Approval): Promise<ApprovedCase> {
  const { samples, usedAsInput, bytes, kept, ...facts } = approval;
  // A sample that was never sent carried nothing.
  const first = samples.find(({ key }) => key !== null) ?? samples[0];
  if (!first) throw new RangeError(`no sample of ${approval.case} to approve`);
  const changes = await pairwiseChanges(bytes);
  const distances = changes.map(({ pair, values }) => ({ pair, distance: 1 - (values['ssim'] ?? 0) }));
  const representative =
    approval.liked.find((sample) => bytes.has(sample)) ??
    usedAsInput ??
    kept?.sample ??
    medoid([...bytes.keys()], distances);
  const outcomes: Record<string, number> = {};
  for (const { outcome } of samples) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return {
    version: 1,
    ...facts,
    model: first.model,
    revision: first.revision,
    prompt: first.prompt,
    promptSha256: hashOf(first.prompt),
    inputs: first.inputs.map(({ name, sha256 }) => ({ name, sha256 })),
    representative,
    kept: representative === kept?.sample ? kept : null,
    outcomes,
    samples: samples.map(approvedSample),
    changes: changes.map(({ pair, values }) => ({ pair, values: mapValues(values, rounded) })),
  };
}

/** Six decimals: a thousand times finer than any margin, and nothing for reviews to stumble over. */
function rounded(value: number): number {
  // No negative zero, which JSON does not have.
  return Number(value.toFixed(6)) + 0;
}

function mapValues<T, U>(values: Record<string, T>, by: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, by(value)]));
}

function approvedSample({
  sample,
  key,
  seed,
  outcome,
  reason,
  modelVersion,
  image,
  scores,
}: Approvable): ApprovedSample {
  return {
    sample,
    key,
    seed,
    outcome,
    reason,
    modelVersion,
    image: image && { sha256: image.sha256, mime: image.mime, width: image.width, height: image.height },
    ...approvedScores(scores),
  };
}

/** What a baseline keeps of the scores of a sample. */
export function approvedScores(
  scores: Approvable['scores'],
): Pick<ApprovedSample, 'scores' | 'characterFound' | 'found'> {
  const { box } = scores['consistency']?.evidence ?? {};
  const isBox = Array.isArray(box) && box.length === 4 && box.every((edge) => typeof edge === 'number');
  return {
    scores: mapValues(scores, ({ value }) => (value === null ? null : rounded(value))),
    characterFound: characterFound(scores['consistency']?.evidence),
    ...(isBox ? { found: box } : {}),
  };
}

type Change = ApprovedCase['changes'][number];

/** How much the pictures of the set differ by chance, by each metric that compares a picture with an approved one. */
async function pairwiseChanges(bytes: ReadonlyMap<number, Uint8Array>): Promise<Change[]> {
  const pictures = await Promise.all(
    [...bytes].map(async ([sample, file]) => ({ sample, raster: await rasterOf(file) })),
  );
  const changes: Change[] = [];
  for (const [index, a] of pictures.entries()) {
    for (const b of pictures.slice(index + 1)) {
      const values: Change['values'] = {};
      for (const metric of comparing) {
        const { value } = await metric.measure(pairInput(b.raster, a.raster));
        if (value !== null) values[metric.id] = value;
      }
      changes.push({ pair: [a.sample, b.sample], values });
    }
  }
  return changes;
}

const comparing: readonly Metric[] = Object.values(metrics).filter((metric: Metric) => metric.against === 'approved');

function pairInput(image: Raster, approved: Raster): MetricInput {
  return {
    image,
    sha256: '',
    case: { name: '', text: [], checklist: [] },
    requested: { aspectRatio: null, imageSize: null },
    sheets: [],
    withoutSheet: [],
    makesSheet: false,
    approved: { image: approved, sha256: '' },
    kept: null,
    encoder: null,
    calibrations: null,
  };
}

async function rasterOf(file: Uint8Array): Promise<Raster> {
  const { raster, reason } = await decode(file);
  if (!raster) throw new Error(`a picture of the run ${reason}`);
  return raster;
}
