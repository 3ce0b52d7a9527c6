import { z } from 'zod';

/** The gate's part of a run's record: what it was asked, and what it said. */

const number = z.number().nullable();

const tally = z.object({ events: z.int(), of: z.int() });

/** With the samples of both arms and the obstacles, all that the verdict depends on: it can be reached again. */
export const gateTerms = z.object({
  subject: z.string().describe('in words: robot on gemini-3-pro-image'),
  against: z.string().describe('in words: the baseline'),
  candidate: z.string().describe('the variant that is judged'),
  reference: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('baseline') }),
    z.object({ kind: z.literal('variant'), variant: z.string() }).describe('sampled in the same run'),
    z
      .object({ kind: z.literal('run'), run: z.string(), variant: z.string() })
      .describe('sampled in a run that was there before'),
  ]),
  rule: z.enum(['sequential', 'fixed']),
  inputs: z.enum(['approved', 'generated']),
  samples: z
    .object({ min: z.int().positive(), max: z.int().positive() })
    .describe('looks begin after min, the cap is max'),
  offset: z.int().nonnegative().describe('the sample before the first one of this run'),
  metrics: z.array(
    z.object({
      id: z.string(),
      better: z.enum(['higher', 'lower']),
      margin: z.number().positive(),
      auto: z.boolean().describe('the margin was fitted to the noise of the baseline'),
      cases: z.array(z.string()).describe('the cases it is measured on'),
      lent: z.object({ sumOfSquares: z.number(), df: z.int() }).describe('scatter that other approved cases lend'),
    }),
  ),
  cases: z.array(z.object({ name: z.string(), unchanged: z.boolean() })).describe('in the order of the suite'),
});

const metric = z.object({
  id: z.string(),
  better: z.enum(['higher', 'lower']),
  state: z.enum(['pass', 'regression', 'open', 'unchanged']),
  margin: z.number(),
  effect: number.describe('mean difference to the reference; negative is worse'),
  bounds: z
    .object({ low: z.number(), high: z.number(), confidence: z.number(), kind: z.enum(['anytime', 't']) })
    .nullable(),
  n: z.int(),
  n0: z.int(),
  sd: number,
  df: number,
  ratio: number.describe('logarithm of the likelihood ratio of a drop by the margin against none'),
  thresholds: z.object({ pass: z.number(), regression: z.number() }).nullable(),
  detectable: number.describe('the smallest drop that would have been found 95 times in 100'),
});

const caseVerdict = z.object({
  case: z.string(),
  state: z.enum(['broken', 'ok', 'undecided', 'unchanged', 'unmeasured']),
  metrics: z.array(
    z.object({
      id: z.string(),
      state: z.enum(['broken', 'ok', 'undecided']),
      effect: number,
      ratio: number,
      margin: z.number(),
      n: z.int(),
      n0: z.int(),
    }),
  ),
  counted: z.int(),
  extra: z.int(),
});

const rate = z.object({
  id: z.enum(['no_usable_picture', 'character_not_found']),
  state: z.enum(['ok', 'risen', 'unknown']),
  candidate: tally,
  reference: tally,
  evidence: number,
  threshold: z.number(),
});

/** What the gate measured; the verdict's words stand beside it in the record. Effects are turned so that negative is worse. */
export const gateNumbers = z.object({
  rule: z.enum(['sequential', 'fixed']),
  unit: z.enum(['sample', 'chain']),
  metrics: z.array(metric),
  cases: z.array(caseVerdict),
  rates: z.array(rate),
  samples: z.object({ counted: z.int(), cap: z.int(), extra: z.int(), repeated: z.int(), unused: z.int() }),
  spent: z.number().nullable().describe('USD'),
});

/** Why nothing could be judged. */
export const gateObstacles = z.array(z.object({ problem: z.string(), fix: z.string() }));

export type GateTerms = z.infer<typeof gateTerms>;
export type GateNumbers = z.infer<typeof gateNumbers>;

/** What the plan of a gate says before the first call. */
export interface GatePlan {
  /** In words. */
  subject: string;
  against: string;
  margins: { id: string; margin: number; auto: boolean }[];
  /** Samples to be generated for the verdict; `null` where nothing tells how much scores scatter. USD or `null`. */
  expected: { samples: number; cost: number | null } | null;
  worst: { samples: number; cost: number | null };
  warnings: string[];
}
