import { z } from 'zod';

/** One sample as the record keeps it; all that is said of money is in USD, of time in ms. */

export const hash = z.string().regex(/^[0-9a-f]{64}$/);
export const isoTime = z.iso.datetime();
export const usd = z.number().nonnegative();
export const ms = z.number().nonnegative();

export const outcomes = ['ok', 'refused', 'no_image', 'text_only', 'bad_image', 'infra_error', 'skipped'] as const;

const usage = z.object({
  prompt: z.object({ text: z.number(), image: z.number() }),
  output: z.object({ text: z.number(), image: z.number() }),
  thoughts: z.number(),
  total: z.number(),
});

export const picture = z.object({
  sha256: hash,
  mime: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  path: z
    .string()
    .regex(/^images\/[0-9a-f]{64}\.[a-z]+$/)
    .describe('relative to the run folder'),
  c2pa: z
    .boolean()
    .optional()
    .describe('whether the file carries a C2PA manifest, whose signature is not checked; left out where nobody looked'),
});

const attempt = z.object({
  at: isoTime,
  status: z.int().nullable().describe('HTTP status; null when no complete answer arrived'),
  finishReason: z.string().nullable(),
  outcome: z.enum(outcomes),
  reason: z.string().nullable(),
  latencyMs: ms,
  usage: usage.nullable(),
  cost: usd.nullable().describe('null when the model has no known price'),
  costEstimated: z.boolean().describe('the answer did not say what it used'),
});

const score = z.object({
  value: z.number().nullable(),
  reason: z.string().optional().describe('why there is no value'),
  version: z.string(),
  evidence: z.record(z.string(), z.unknown()).optional(),
});

const vote = z.object({
  key: hash,
  answers: z
    .array(z.enum(['yes', 'no', 'unsure']))
    .nullable()
    .describe("to each statement of the case's checklist, in order; null where none came"),
  outcome: z.enum(outcomes),
  reason: z.string().nullable(),
  modelVersion: z.string().nullable(),
  cached: z.boolean(),
  cost: usd.nullable().describe('spent in this run, all attempts'),
  savedCost: usd.nullable(),
  attempts: z.array(attempt),
});

const discarded = z.object({
  try: z.int().positive(),
  key: hash,
  seed: z.int(),
  image: picture,
  cost: usd.nullable().describe('for its answer, spent in this run'),
  savedCost: usd.nullable(),
  scores: z.record(z.string(), score),
});

export const sample = z.object({
  case: z.string(),
  turn: z
    .int()
    .positive()
    .optional()
    .describe('of a conversation, from 1; all turns of a sample together are one sample of the statistics'),
  variant: z.string(),
  model: z.string(),
  revision: z.string(),
  sample: z.int().positive(),
  slot: z.string(),
  key: hash.nullable().describe('null while the inputs are unknown (skipped)'),
  outcome: z.enum(outcomes),
  reason: z.string().nullable(),
  image: picture.nullable(),
  extraImages: z.array(picture),
  inputs: z
    .array(picture.extend({ name: z.string() }))
    .describe('"Image 1" first; with a later turn they go as part of what was said before'),
  prompt: z.string(),
  modelVersion: z.string().nullable(),
  responseId: z.string().nullable(),
  text: z.string().nullable(),
  cached: z.boolean(),
  cost: usd.nullable().describe('spent in this run, all attempts'),
  savedCost: usd.nullable().describe('what the cache saved'),
  latencyMs: ms
    .nullable()
    .describe(
      'from the first attempt to the last answer, waits left out; null when nothing was called, or in a batch job',
    ),
  extra: z.enum(['inflight', 'guard', 'ancestor']).optional().describe('made, shown, but not part of the statistics'),
  batch: z.literal(true).optional().describe('made in a batch job, at its price'),
  pending: z
    .literal(true)
    .optional()
    .describe('the run ended before this one had its final outcome; going on with the run may still make it'),
  seed: z.int(),
  attempts: z.array(attempt).describe('all that was sent, for discarded tries too'),
  discarded: z
    .array(discarded)
    .optional()
    .describe('the tries before the one that stayed, whose quality was too low for the retry policy of the suite'),
  judged: z
    .object({
      model: z.string(),
      prompt: z.string().describe('version of the words it was asked in'),
      votes: z.array(vote).describe('as many as were asked for; what they come to is in the evidence of the score'),
    })
    .optional()
    .describe("what a judge said of the picture; its cost is no part of the sample's own"),
  scores: z.record(z.string(), score),
});
