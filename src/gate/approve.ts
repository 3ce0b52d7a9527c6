import { decode } from '../image/codec.js';
import type { Raster } from '../image/raster.js';
import { metrics } from '../score/metrics/index.js';
import type { Metric, MetricInput } from '../score/metric.js';
import { sha256 as hashOf } from '../lib/hash.js';
import { wholeMean } from '../stats/summary.js';
import { characterFound } from './arm.js';
import type { ApprovedCase, ApprovedSample, ApprovedTurn } from './baseline.js';
import type { JudgedBy } from './comparable.js';
import { bySample, endOf, foundInAll, meansOf, type Turn, type Turns } from './conversation.js';
import { medoid } from './representative.js';

/** To each statement of a checklist; `null` where none came. */
type Answers = NonNullable<ApprovedTurn['votes']>[number];

/** What approving needs of a sample, or of a turn of it; a run's record has it. */
export interface Approvable extends Turn {
  key: string | null;
  seed: number;
  outcome: string;
  reason: string | null;
  model: string;
  revision: string;
  prompt: string;
  modelVersion: string | null;
  batch?: true | undefined;
  image: { sha256: string; mime: string; width: number; height: number } | null;
  inputs: { name: string; sha256: string }[];
  scores: Record<string, { value: number | null; evidence?: Record<string, unknown> | undefined }>;
  judged?: { votes: { answers: Answers; modelVersion: string | null }[] } | undefined;
}

export interface Approval extends Pick<
  ApprovedCase,
  | 'case'
  | 'run'
  | 'approvedAt'
  | 'approvedBy'
  | 'emulated'
  | 'inputsMode'
  | 'retry'
  | 'encoder'
  | 'metrics'
  | 'liked'
  | 'kept'
> {
  /** Who answered the checklist; left out where nobody was asked. */
  judged?: JudgedBy | undefined;
  /** Every sample of the case with all its turns, also those nobody liked. */
  samples: readonly Approvable[];
  /** The sample whose picture the children of this case were made from, if they were made from one of these. */
  usedAsInput: number | null;
  /** sample -> its picture file, or those of all its turns; none of a conversation that broke off. */
  bytes: ReadonlyMap<number, readonly Uint8Array[]>;
}

/**
 * The approved set of a case. Its representative is the first sample that somebody liked; else the picture that the run's
 * other cases were made from, its own or one approved before (`kept`), so that they stay comparable; else the medoid, the
 * picture most like all others.
 */
export async function approvedCase(approval: Approval): Promise<ApprovedCase> {
  const { samples, usedAsInput, bytes, kept, judged, ...facts } = approval;
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
  const all = bySample(samples);
  const [longest] = [...all].sort((a, b) => b.length - a.length);
  const outcomes: Record<string, number> = {};
  for (const { outcome } of all.map(endOf)) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return {
    version: 1,
    ...facts,
    ...(judged && { judged: approvedJudge(judged, samples) }),
    model: first.model,
    revision: first.revision,
    prompt: first.prompt,
    promptSha256: hashOf(first.prompt),
    ...(longest && longest.length > 1 && { turns: longest.map(({ prompt }) => ({ prompt })) }),
    inputs: first.inputs.map(({ name, sha256 }) => ({ name, sha256 })),
    representative,
    kept: representative === kept?.sample ? kept : null,
    outcomes,
    samples: all.map(approvedSample),
    changes: changes.map(({ pair, values }) => ({ pair, values: mapValues(values, rounded) })),
  };
}

function approvedJudge(by: JudgedBy, samples: readonly Approvable[]): NonNullable<ApprovedCase['judged']> {
  const versions = samples.flatMap(
    ({ judged }) => judged?.votes.flatMap(({ modelVersion }) => modelVersion ?? []) ?? [],
  );
  return { ...by, statements: [...by.statements], modelVersions: [...new Set(versions)].sort() };
}

/** Six decimals: a thousand times finer than any margin, and nothing for reviews to stumble over. */
function rounded(value: number): number {
  // No negative zero, which JSON does not have.
  return Number(value.toFixed(6)) + 0;
}

function roundedOrNone(value: number | null): number | null {
  return value === null ? null : rounded(value);
}

function mapValues<T, U>(values: Record<string, T>, by: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([id, value]) => [id, by(value)]));
}

function approvedSample(made: Turns<Approvable>): ApprovedSample {
  const [{ sample }] = made;
  const turns = made.map(approvedTurn);
  const [only, ...later] = turns;
  if (only && later.length === 0) return { sample, ...only };
  const { outcome, reason } = endOf(made);
  return { sample, ...conversationOf(turns), outcome, reason, turns };
}

/** What a conversation comes to: the picture of its last turn, and the means of all. */
export function conversationOf(turns: readonly ApprovedTurn[]): ApprovedTurn {
  const last = turns.at(-1);
  if (!last) throw new RangeError('a conversation without turns');
  return {
    ...last,
    scores: mapValues(meansOf(turns.map(({ scores }) => scores)), roundedOrNone),
    characterFound: foundInAll(turns.map((turn) => turn.characterFound)),
  };
}

function approvedTurn(made: Approvable): ApprovedTurn {
  const { key, seed, outcome, reason, modelVersion, batch, image, scores, judged } = made;
  return {
    key,
    seed,
    outcome,
    reason,
    modelVersion,
    ...(batch && { batch }),
    image: image && { sha256: image.sha256, mime: image.mime, width: image.width, height: image.height },
    ...approvedScores(scores),
    ...(judged && { votes: judged.votes.map(({ answers }) => answers) }),
  };
}

/** What a baseline keeps of the scores of a sample. */
export function approvedScores(
  scores: Approvable['scores'],
): Pick<ApprovedTurn, 'scores' | 'characterFound' | 'found'> {
  const { box } = scores['consistency']?.evidence ?? {};
  const isBox = Array.isArray(box) && box.length === 4 && box.every((edge) => typeof edge === 'number');
  return {
    scores: mapValues(scores, ({ value }) => roundedOrNone(value)),
    characterFound: characterFound(scores['consistency']?.evidence),
    ...(isBox ? { found: box } : {}),
  };
}

type Change = ApprovedCase['changes'][number];

/**
 * How much the samples of the set differ by chance, by each metric that compares a picture with an approved one: of
 * conversations the mean over the turns.
 */
async function pairwiseChanges(bytes: ReadonlyMap<number, readonly Uint8Array[]>): Promise<Change[]> {
  const pictures = await Promise.all(
    [...bytes].map(async ([sample, files]) => ({ sample, turns: await Promise.all(files.map(rasterOf)) })),
  );
  const changes: Change[] = [];
  for (const [index, a] of pictures.entries()) {
    for (const b of pictures.slice(index + 1)) {
      const values: Change['values'] = {};
      for (const metric of comparing) {
        const turns: (number | null)[] = [];
        for (const [index, raster] of b.turns.entries()) {
          const before = a.turns[index];
          turns.push(before ? (await metric.measure(pairInput(raster, before))).value : null);
        }
        const value = wholeMean(turns);
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
    reader: { missing: 'only pictures are compared' },
    calibrations: null,
  };
}

async function rasterOf(file: Uint8Array): Promise<Raster> {
  const { raster, reason } = await decode(file);
  if (!raster) throw new Error(`a picture of the run ${reason}`);
  return raster;
}
