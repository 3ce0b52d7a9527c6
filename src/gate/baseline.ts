import { z } from 'zod';
import { UsageError, UsageErrors } from '../lib/errors.js';
import { readFileSync } from '../lib/files.js';
import { sha256 } from '../lib/hash.js';
import { checkFolder, type Damage, firstProblem, type Lock, LOCK_FILE } from './lock.js';

/** The approved set of one case, as it stands in git: every sample of the approved run, also those nobody liked. */
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const picture = z.object({
  key: hash.nullable(),
  seed: z.int(),
  outcome: z.string(),
  reason: z.string().nullable(),
  modelVersion: z.string().nullable(),
  batch: z.literal(true).optional().describe('made in a batch job'),
  image: z
    .object({
      sha256: hash.describe('of the picture as received'),
      mime: z.string(),
      width: z.int().positive(),
      height: z.int().positive(),
      file: z
        .string()
        .regex(/^[a-z0-9._-]+\/[0-9]+(-[0-9]+)?\.[a-z]+$/)
        .optional()
        .describe('in the baseline folder, once it is written'),
      original: z.boolean().optional().describe('false: a smaller WebP, for people to look at, never scored again'),
    })
    .nullable(),
  scores: z.record(z.string(), z.number().nullable()).describe('to six decimals'),
  characterFound: z.boolean().nullable().describe('null where there is no character to look for, or no picture'),
  found: z
    .array(z.number())
    .length(4)
    .optional()
    .describe('where one character of a scene is, [x, y, width, height] in px; left out where that is not known'),
  votes: z
    .array(z.array(z.enum(['yes', 'no', 'unsure'])).nullable())
    .optional()
    .describe('what a judge answered to the statements of `judged`; null for a vote that did not come'),
});

const approvedSample = z.object({
  sample: z.int().positive(),
  ...picture.shape,
  turns: z
    .array(picture)
    .min(2)
    .optional()
    .describe(
      'of a conversation, in order; the sample itself then has the picture of the last one, the means over all, and an outcome that is ok where every one is',
    ),
});

const approvedCase = z.object({
  version: z.literal(1),
  case: z.string(),
  run: z.string(),
  approvedAt: z.iso.datetime(),
  approvedBy: z.string().nullable(),
  emulated: z.boolean(),
  model: z.string(),
  revision: z.string(),
  prompt: z.string().describe('of a conversation, that of the first turn'),
  promptSha256: hash,
  turns: z
    .array(z.object({ prompt: z.string() }))
    .min(2)
    .optional()
    .describe('of a conversation'),
  inputsMode: z.enum(['approved', 'generated']),
  retry: z
    .object({ quality: z.object({ below: z.number(), tries: z.int() }) })
    .optional()
    .describe('which pictures were asked for again; the samples are those that stayed'),
  judged: z
    .object({
      model: z.string(),
      prompt: z.string().describe('version of the words it was asked in'),
      votes: z.int().positive(),
      statements: z.array(z.object({ says: z.string(), under: z.int().nonnegative().nullable() })),
      modelVersions: z.array(z.string()).describe('that it answered as'),
    })
    .optional()
    .describe('who answered the checklist of the case; left out where nobody was asked'),
  inputs: z.array(z.object({ name: z.string(), sha256: hash })),
  encoder: z.object({ id: z.string(), sha256: hash }).nullable(),
  metrics: z.record(z.string(), z.string()).describe('metric -> version'),
  representative: z
    .int()
    .nullable()
    .describe('the sample whose picture is the approved input and the pixel reference: one of `samples`, or `kept`'),
  liked: z.array(z.int()).describe('samples that somebody chose; labels only, the statistics are over all samples'),
  kept: approvedSample
    .extend({ run: z.string(), model: z.string(), revision: z.string() })
    .nullable()
    .describe('a representative that was approved before, from which the run was made: a picture, not a sample'),
  outcomes: z.record(z.string(), z.int()),
  samples: z.array(approvedSample),
  changes: z
    .array(z.object({ pair: z.tuple([z.int(), z.int()]), values: z.record(z.string(), z.number()) }))
    .describe('metric values between the pictures of the set: how much samples differ by chance'),
});

export type ApprovedCase = z.infer<typeof approvedCase>;
export type ApprovedSample = z.infer<typeof approvedSample>;
/** One picture of a sample, or what came in its place. */
export type ApprovedTurn = z.infer<typeof picture>;

export interface Baseline {
  folder: string;
  cases: ReadonlyMap<string, ApprovedCase>;
  /** Highest sample index of any case; new samples are numbered on from it. 0 without a baseline. */
  offset: number;
  /** metric -> the margin that was fitted to the noise when it was approved. */
  margins: Readonly<Record<string, number>>;
}

/** Emulated baselines stand apart: a real run never sees emulated pictures. */
export function baselineFolder(root: string, suite: string, emulated: boolean): string {
  return `${root}/${suite}${emulated ? '.emulated' : ''}`;
}

/** @throws UsageError that names every file that is not as it was approved */
export function loadBaseline(folder: string): Baseline {
  const { baseline, damages } = inspectBaseline(folder);
  refuseDamages(damages);
  return baseline;
}

const MOST_TOLD = 5;

export function refuseDamages(damages: readonly Damage[]): void {
  if (damages.length === 0) return;
  // Without its lock nothing vouches for any file: each of them would only hide that.
  const locks = damages.filter((damage) => damage.case === null);
  const told = locks.length > 0 ? locks : damages;
  const more = told.length - MOST_TOLD;
  throw new UsageErrors([
    ...told.slice(0, MOST_TOLD).map(({ error }) => error),
    ...(more > 0 ? [new UsageError(`and so are ${more} more files of this baseline`)] : []),
  ]);
}

/** The cases that are whole, and what is wrong with the others: for those who are about to replace them. */
export function inspectBaseline(folder: string): { baseline: Baseline; lock: Lock | null; damages: Damage[] } {
  const { lock, damages } = checkFolder(folder);
  const damaged = new Set(damages.map((damage) => damage.case));
  const cases = new Map<string, ApprovedCase>();
  for (const file of Object.keys(lock?.files ?? {})) {
    const name = /^([^/]+)\.json$/.exec(file)?.[1];
    if (lock === null || name === undefined || damaged.has(name)) continue;
    const read = readCase(folder, name, lock);
    if (read instanceof UsageError) damages.push({ case: name, error: read });
    else cases.set(name, read);
  }
  const indices = [...cases.values()].flatMap((each) => each.samples.map((sample) => sample.sample));
  const margins = Object.entries(lock?.margins ?? {}).map(([id, { margin }]) => [id, margin] as const);
  return {
    baseline: { folder, cases, offset: Math.max(0, ...indices), margins: Object.fromEntries(margins) },
    lock,
    damages,
  };
}

/** The lock says that the file is as it was written; this, that its parts belong together. */
function readCase(folder: string, name: string, lock: Lock): ApprovedCase | UsageError {
  const file = `${folder}/${name}.json`;
  const wrong = (problem: string, cause?: unknown) =>
    new UsageError(problem, { place: { file }, fix: 'Restore the folder from git, or approve the case again.', cause });
  let read: ApprovedCase;
  try {
    read = approvedCase.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    return wrong(`this version cannot read this file: ${firstProblem(cause)}`, cause);
  }
  if (read.case !== name) return wrong(`this file is of the case ${read.case}`);
  for (const { image } of everyTurn(read)) {
    if (!image) continue;
    const known = lock.files[image.file ?? ''];
    if (known === undefined) return wrong(`${LOCK_FILE} does not name its picture ${image.file ?? ''}`);
    if (image.original === true && known !== image.sha256) return wrong(`${image.file ?? ''} is another picture`);
  }
  return read;
}

type WithImage<T extends ApprovedTurn> = T & { image: NonNullable<T['image']> };

function hasImage<T extends ApprovedTurn>(turn: T): turn is WithImage<T> {
  return turn.image !== null;
}

/** All that a case keeps a picture of: each turn of its samples and of its kept one. */
export function everyTurn({ samples, kept }: Pick<ApprovedCase, 'samples' | 'kept'>): ApprovedTurn[] {
  return [...samples, ...(kept ? [kept] : [])].flatMap((sample) => sample.turns ?? [sample]);
}

/** The sample whose picture represents the case, or `null` when the case has none. */
export function representativeOf(approved: ApprovedCase | undefined): WithImage<ApprovedSample> | null {
  const samples = approved ? [...approved.samples, ...(approved.kept ? [approved.kept] : [])] : [];
  return samples.filter(hasImage).find(({ sample }) => sample === approved?.representative) ?? null;
}

/** The same turn of the sample that represents the case; where either is no conversation, the sample itself. */
export function representedTurn(approved: ApprovedCase | undefined, turn?: number): WithImage<ApprovedTurn> | null {
  const sample = representativeOf(approved);
  const each = turn !== undefined && sample?.turns ? sample.turns[turn - 1] : sample;
  return each && hasImage(each) ? each : null;
}

/** The representative as it is recorded, with its picture as received, or `null` when the case has none. */
export function approvedPicture(
  baseline: Baseline,
  caseName: string,
): { sample: ApprovedSample; bytes: Uint8Array } | null {
  const sample = representativeOf(baseline.cases.get(caseName));
  return sample && { sample, bytes: pictureBytes(baseline, sample) };
}

/** A picture that the baseline keeps in full. */
export function pictureBytes({ folder }: Pick<Baseline, 'folder'>, { image }: WithImage<ApprovedTurn>): Uint8Array {
  const file = `${folder}/${image.file ?? ''}`;
  const bytes = readFileSync(file);
  if (sha256(bytes) === image.sha256) return bytes;
  throw new UsageError('the approved picture has changed since the baseline was read', { place: { file } });
}

/** Stable text: a sample and a pair of samples each on a line of its own, so that reviews see what changed. */
export function textOfCase(approved: ApprovedCase): string {
  const rows = (items: readonly unknown[]) =>
    `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
  const members = Object.entries(approvedCase.parse(approved)).map(
    ([key, value]) =>
      `  ${JSON.stringify(key)}: ${Array.isArray(value) && typeof value[0] === 'object' ? rows(value) : JSON.stringify(value)}`,
  );
  return `{\n${members.join(',\n')}\n}\n`;
}
