import { z } from 'zod';
import { UsageError } from './lib/errors.js';
import type { RunRecord } from './record.js';

/** The part of a record's `settings` that judging its samples again depends on; the rest is for people. */

const perCase = z.object({ min: z.int().positive(), max: z.int().positive() });

/** Pictures below this quality were asked for again, so many times in all at most. */
const retryPolicy = z.object({ quality: z.object({ below: z.number(), tries: z.int() }) });

/** Who answered the checklists, how often, and the version of the words it was asked in. */
const judgePolicy = z.object({ model: z.string(), votes: z.int(), prompt: z.string() });

const recordedSettings = z.object({
  samples: perCase,
  suiteSamples: perCase.describe('what the suite says, whatever flags made of it'),
  fixed: z.boolean(),
  inputs: z.enum(['approved', 'generated']),
  selection: z.object({ cases: z.array(z.string()).readonly() }).describe('what flags left; empty leaves everything'),
  checks: z
    .record(
      z.string(),
      z.object({ min: z.number().exactOptional(), max: z.number().exactOptional(), p95: z.number().exactOptional() }),
    )
    .default({}),
  retry: retryPolicy.exactOptional(),
  judge: judgePolicy.exactOptional(),
  metrics: z.record(z.string(), z.object({ gate: z.boolean(), margin: z.union([z.number(), z.literal('auto')]) })),
});

export type RecordedSettings = z.infer<typeof recordedSettings>;

/** @throws UsageError for a record that does not say them */
export function settingsOf(record: RunRecord): RecordedSettings {
  const { data, error } = recordedSettings.safeParse(record.settings);
  if (data) return data;
  throw new UsageError(`the record of run ${record.id} lacks what comparing needs: ${z.prettifyError(error)}`, {
    fix: 'Run the suite again with this version: pictures come from the cache, nothing is paid.',
  });
}

/** The retry policy of a record's suite; nothing where it had none. */
export function retryOf({ settings }: RunRecord): Pick<RecordedSettings, 'retry'> {
  const { data } = retryPolicy.safeParse(settings['retry']);
  return data ? { retry: data } : {};
}

/** Who answered the checklist of each case, and what it asked; `undefined` where nobody did. */
export function checklistsOf({ settings, asked }: Pick<RunRecord, 'settings' | 'asked'>) {
  const { data } = judgePolicy.safeParse(settings['judge']);
  if (!data) return undefined;
  const all = Object.entries(asked.cases).filter(([, { checklist }]) => checklist.length > 0);
  return Object.fromEntries(all.map(([name, { checklist }]) => [name, { ...data, statements: checklist }]));
}
