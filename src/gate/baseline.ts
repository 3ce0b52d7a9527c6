import { z } from 'zod';
import { extensionOf, type ImageMime, thumbnail } from '../image/codec.js';
import { UsageError } from '../lib/errors.js';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileAtomic } from '../lib/files.js';
import { sha256 } from '../lib/hash.js';

/** The approved set of one case, as it stands in git: every sample of the approved run, also those nobody liked. */
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const approvedSample = z.object({
  sample: z.int().positive(),
  key: hash.nullable(),
  seed: z.int(),
  outcome: z.string(),
  reason: z.string().nullable(),
  modelVersion: z.string().nullable(),
  image: z
    .object({
      sha256: hash.describe('of the picture as received'),
      mime: z.string(),
      width: z.int().positive(),
      height: z.int().positive(),
      file: z
        .string()
        .regex(/^[a-z0-9._-]+\/[0-9]+\.[a-z]+$/)
        .optional()
        .describe('in the baseline folder, once it is written'),
      original: z.boolean().optional().describe('false: a smaller WebP, for people to look at, never scored again'),
    })
    .nullable(),
  scores: z.record(z.string(), z.number().nullable()),
  characterFound: z.boolean().nullable().describe('null where there is no character to look for, or no picture'),
});

const approvedCase = z.object({
  version: z.literal(1),
  case: z.string(),
  run: z.string(),
  approvedAt: z.iso.datetime(),
  emulated: z.boolean(),
  model: z.string(),
  revision: z.string(),
  prompt: z.string(),
  inputsMode: z.enum(['approved', 'generated']),
  inputs: z.array(z.object({ name: z.string(), sha256: hash })),
  encoder: z.object({ id: z.string(), sha256: hash }).nullable(),
  metrics: z.record(z.string(), z.string()).describe('metric -> version'),
  representative: z.int().nullable().describe('the sample whose picture is the approved input and the pixel reference'),
  outcomes: z.record(z.string(), z.int()),
  samples: z.array(approvedSample),
  changes: z
    .array(z.object({ pair: z.tuple([z.int(), z.int()]), values: z.record(z.string(), z.number()) }))
    .describe('metric values between the pictures of the set: how much samples differ by chance'),
});

export type ApprovedCase = z.infer<typeof approvedCase>;
export type ApprovedSample = z.infer<typeof approvedSample>;

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

/** Reads every approved case of the folder; a damaged file is named, never passed over. */
export function loadBaseline(folder: string): Baseline {
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
    : [];
  const cases = new Map(names.map((name) => parseCase(`${folder}/${name}`)).map((each) => [each.case, each]));
  const indices = [...cases.values()].flatMap((each) => each.samples.map((sample) => sample.sample));
  return { folder, cases, offset: Math.max(0, ...indices), margins: {} };
}

function parseCase(file: string): ApprovedCase {
  const fix = 'Restore it from git, or approve the case again.';
  try {
    return approvedCase.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new UsageError('this baseline file is damaged', { place: { file }, fix, cause });
  }
}

/** The representative picture as received, or `null` when the case has none. Checked against its hash. */
export function approvedPicture(
  baseline: Baseline,
  caseName: string,
): { sample: ApprovedSample; bytes: Uint8Array } | null {
  const each = baseline.cases.get(caseName);
  const sample = each?.samples.find((candidate) => candidate.sample === each.representative);
  if (sample?.image?.file === undefined) return null;
  const file = `${baseline.folder}/${sample.image.file}`;
  if (!existsSync(file))
    throw new UsageError('the approved picture is missing', {
      place: { file },
      fix: 'Restore it from git, or approve the case again.',
    });
  const bytes = readFileSync(file);
  if (sha256(bytes) !== sample.image.sha256) {
    throw new UsageError('the approved picture is not the one that was approved (its hash differs)', {
      place: { file },
      fix: 'Restore it from git, or approve the case again.',
    });
  }
  return { sample, bytes };
}

/** Long side of the pictures that are kept only to be looked at. */
const KEEPSAKE_SIDE = 640;

/** Writes the approved case and its pictures, replacing what was approved before. */
export async function saveApprovedCase(
  folder: string,
  approved: ApprovedCase,
  original: (sample: ApprovedSample) => Uint8Array,
  keepAll: boolean,
): Promise<void> {
  const samples: ApprovedSample[] = [];
  const pictures = new Map<string, Uint8Array>();
  for (const sample of approved.samples) {
    if (!sample.image) {
      samples.push(sample);
      continue;
    }
    const whole = keepAll || sample.sample === approved.representative;
    const extension = whole ? extensionOf[sample.image.mime as ImageMime] : 'webp';
    const file = `${approved.case}/${sample.sample}.${extension}`;
    pictures.set(file, whole ? original(sample) : await thumbnail(original(sample), KEEPSAKE_SIDE));
    samples.push({ ...sample, image: { ...sample.image, file, original: whole } });
  }
  const text = JSON.stringify(approvedCase.parse({ ...approved, samples }), null, 2);
  rmSync(`${folder}/${approved.case}`, { recursive: true, force: true });
  for (const [file, bytes] of pictures) writeFileAtomic(`${folder}/${file}`, bytes);
  writeFileAtomic(`${folder}/${approved.case}.json`, `${text}\n`);
}
