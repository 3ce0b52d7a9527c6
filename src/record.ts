import { z } from 'zod';
import { messageOf, UsageError } from './lib/errors.js';
import { existsSync, readFileSync, writeFileAtomic } from './lib/files.js';
import { asked } from './record-asked.js';
import { gateNumbers, gateObstacles, type GatePlan, gateTerms } from './record-gate.js';
import { hash, isoTime, ms, picture, sample, usd } from './record-sample.js';
import { recordedShards } from './record-shards.js';

/** The record of a run (`run.json`): the one contract that every reporter, `compare` and `merge` read. */

const baselineCase = z.object({
  run: z.string(),
  approvedAt: isoTime,
  model: z.string(),
  revision: z.string(),
  inputsMode: z.enum(['approved', 'generated']).describe('what the approved run gave to cases that build on others'),
  picture: picture.nullable().describe('the representative'),
  found: z.array(z.number()).length(4).optional().describe('where its character is, [x, y, width, height] in px'),
  prompt: z.string().optional().describe('as it was sent; of a conversation, in its first turn'),
  turns: z
    .array(
      z.object({
        picture: picture.nullable(),
        found: z.array(z.number()).length(4).optional(),
        prompt: z.string(),
        scores: z.record(z.string(), z.array(z.number())).describe('metric -> the values of this turn in all samples'),
      }),
    )
    .optional()
    .describe('of a conversation, the turns of the representative; `picture` is then that of the last one'),
  outcomes: z.record(z.string(), z.int()),
  scores: z
    .record(z.string(), z.array(z.number()))
    .describe('metric -> the values of all approved samples, where they can be compared with those of this run'),
  incomparable: z.record(z.string(), z.string()).describe('metric -> why its approved values are left out'),
});

const recordedCase = z.object({
  name: z.string(),
  characters: z
    .array(
      z.object({
        name: z.string(),
        sheet: z
          .string()
          .nullable()
          .describe('name of the input that is its sheet; null when the case makes the sheet'),
      }),
    )
    .describe('who should be seen, in the order of the suite'),
  level: z.int().nonnegative().describe('longest chain of cases it stands on'),
  baseline: baselineCase.nullable(),
});

const check = z.object({
  id: z.string(),
  limit: z.string().describe("as written: 'consistency min 0.6'"),
  case: z.string().nullable(),
  variant: z.string(),
  value: z.number().nullable(),
  passed: z.boolean().nullable().describe('null when it was not measured: there was nothing to judge'),
  message: z.string(),
});

export const runRecord = z.object({
  version: z.literal(1),
  id: z.string(),
  suite: z.object({ name: z.string(), description: z.string(), hash }),
  emulated: z.boolean(),
  status: z.enum(['complete', 'interrupted', 'budget', 'failed']),
  startedAt: isoTime,
  finishedAt: isoTime,
  settings: z.record(z.string(), z.unknown()).describe('what the command line and the suite decided'),
  shards: recordedShards.optional().describe('where the run was split'),
  encoder: z.object({ id: z.string(), sha256: hash }).nullable(),
  prices: z.object({ asOf: z.string() }),
  metrics: z.record(z.string(), z.object({ version: z.string(), better: z.enum(['higher', 'lower']) })),
  variants: z.array(
    z.object({
      id: z.string(),
      model: z.string(),
      name: z.string(),
      revision: z.string(),
      commit: z.string().optional().describe('that a revision of git named'),
      candidate: z.boolean(),
    }),
  ),
  asked,
  cases: z.array(recordedCase),
  samples: z.array(sample),
  verdict: z
    .object({
      state: z.enum(['pass', 'regression', 'inconclusive', 'not-gateable', 'infra']),
      title: z.string(),
      message: z.string(),
    })
    .nullable(),
  gate: z
    .object({ terms: gateTerms, obstacles: gateObstacles, numbers: gateNumbers })
    .nullable()
    .describe('null where nothing was there to judge against'),
  checks: z.array(check),
  warnings: z.array(z.string()),
  totals: z.object({
    calls: z.int(),
    images: z.int(),
    cost: z.object({
      spent: usd,
      saved: usd,
      estimated: usd.describe('part of spent that was estimated'),
      unpriced: z.int().describe('calls without a known price'),
    }),
    judge: z
      .object({ calls: z.int(), spent: usd, saved: usd })
      .optional()
      .describe('the part of calls and cost that judging took; left out where nobody judged'),
    latencyMs: z
      .object({ p50: ms.nullable(), p95: ms.nullable() })
      .describe('of the calls that made a picture, outside of batch jobs; null when there was none'),
  }),
});

export type RunRecord = z.infer<typeof runRecord>;
export type SampleRecord = z.infer<typeof sample>;
export type AttemptRecord = SampleRecord['attempts'][number];
export type Picture = z.infer<typeof picture>;
export type CheckResult = z.infer<typeof check>;
export type BaselineCase = z.infer<typeof baselineCase>;

/** What happens during a run, told to reporters as it happens. */
export type RunEvent =
  | {
      type: 'planned';
      suite: string;
      emulated: boolean;
      run: string;
      continued: boolean;
      replayed?: true;
      samples: number;
      calls: { low: number; high: number };
      cost: { low: number; high: number } | null;
      gate: GatePlan | null;
    }
  | { type: 'sample'; sample: SampleRecord; done: number; planned: number; spent: number }
  | { type: 'paused'; model: string; ms: number; reason: string }
  | {
      type: 'batch';
      /** Of the jobs that are waited for. */
      number: number;
      of: number;
      model: string;
      job: string;
      requests: number;
      state: 'waits' | 'runs' | 'succeeded' | 'failed' | 'cancelled' | 'expired' | 'gone';
      runningMs: number;
    }
  /** The command ends before these jobs do; they last unless an embedded emulator ends with it. */
  | { type: 'batch-left'; jobs: string[]; lasting: boolean }
  | { type: 'warning'; message: string }
  | { type: 'finished'; record: RunRecord };

/** Writes the record as `run.json` of the run's folder. */
export function writeRecord(folder: string, record: RunRecord): void {
  writeFileAtomic(`${folder}/run.json`, `${JSON.stringify(runRecord.parse(record), null, 2)}\n`);
}

/** Reads a run's record; a damaged or foreign file is a usage error. */
export function readRecord(folder: string): RunRecord {
  const file = `${folder}/run.json`;
  if (!existsSync(file))
    throw new UsageError(`there is no record of a run in ${folder}`, {
      fix: 'Name a run folder, or run a suite first.',
    });
  try {
    return runRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new UsageError('this is not a record that this version can read', {
      place: { file },
      cause,
      fix: messageOf(cause).slice(0, 400),
    });
  }
}
