import { z } from 'zod';
import { gateObstacles } from './record-gate.js';

/** What part of a run a record holds: one shard of it, or those that were merged. */
export const recordedShards = z.object({
  of: z.int().positive().describe('shards that the run is split into'),
  matrix: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .describe('of the whole run: only shards of the same work belong together'),
  beforehand: z
    .object({ obstacles: gateObstacles, warnings: z.array(z.string()) })
    .describe('what was known of the whole run before the first call'),
  parts: z
    .array(
      z.object({
        shard: z.int().positive(),
        run: z.string(),
        stop: z.enum(['interrupted', 'budget', 'failures']).nullable().describe('why it ended early'),
      }),
    )
    .describe('the runs that this record holds'),
});

export type RecordedShards = z.infer<typeof recordedShards>;

interface Shards {
  of: number;
  parts: readonly { shard: number }[];
}

/** `shard 2 of 3` */
export function shardsText({ of, parts }: Shards): string {
  return numbered(
    parts.map(({ shard }) => shard),
    of,
  );
}

/** Why a part of a run cannot be judged; empty once all shards are there. */
export function missingShards({ of, parts }: Shards): z.infer<typeof gateObstacles> {
  const there = new Set(parts.map(({ shard }) => shard));
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter((shard) => !there.has(shard));
  if (missing.length === 0) return [];
  const problem = `${numbered(missing, of)} ${missing.length === 1 ? 'is' : 'are'} missing`;
  return [{ problem, fix: `Merge all ${of}, then judge: evaluate merge RUN...` }];
}

function numbered(shards: readonly number[], of: number): string {
  const each = [...new Set(shards)].sort((a, b) => a - b);
  return `${each.length === 1 ? 'shard' : 'shards'} ${each.join(', ')} of ${of}`;
}
