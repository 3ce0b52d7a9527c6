import type { BatchSettings } from '../generate/batches.js';
import { UsageError } from '../lib/errors.js';
import type { RunFlags } from './commands/run.js';
import { type Conflict, refuseBeside } from './conflicting.js';
import type { CommandContext } from './context.js';
import { OFFLINE_LATENCY } from './emulating.js';

/** Flags that `--batch` cannot stand beside, and why. */
const conflicts: readonly Conflict[] = [
  { with: 'replay', flag: '--replay', why: 'a replay sends nothing' },
  { with: 'record', flag: '--record', why: 'a recording holds calls, and a batch job makes none' },
  { with: 'rpm', flag: '--rpm', why: 'requests of a batch job are not sent one by one' },
  { with: 'tpm', flag: '--tpm', why: 'requests of a batch job are not sent one by one' },
  { with: 'rpd', flag: '--rpd', why: 'requests of a batch job have a quota of their own' },
];

/** Gemini takes 20 MB; the rest is for what stands around the requests. */
const INLINE_BYTES = 15 * 1024 * 1024;
const POLL_MS = { first: 5_000, most: 60_000 };

/** @throws UsageError for flags, or a way in, that batch jobs cannot be had with */
export function checkBatch(flags: RunFlags, { env }: CommandContext): void {
  if (!flags.batch) return;
  refuseBeside('--batch', conflicts, flags);
  if (env.vertex && !flags.offline) {
    throw new UsageError('--batch: Vertex AI has batch jobs only between buckets of Cloud Storage', {
      fix: 'Leave --batch out, or unset GOOGLE_GENAI_USE_VERTEXAI and give a key of the Gemini API.',
    });
  }
}

/** An emulator answers in a share of the real time; one that is embedded takes its jobs with it. */
export function batchSettings({ batch, offline }: RunFlags, emulated: boolean): { batch?: BatchSettings } {
  if (!batch) return {};
  const scale = emulated ? OFFLINE_LATENCY : 1;
  const pollMs = { first: POLL_MS.first * scale, most: POLL_MS.most * scale };
  return { batch: { pollMs, inlineBytes: INLINE_BYTES, lasting: offline !== true } };
}

/** Each look of a sequential gate would be a job, and each job may take a day. */
export function fixedNumber(asks: string, { min, max }: { min: number; max: number }): UsageError {
  return new UsageError(
    `--batch: ${asks} asks for ${min}..${max} samples a case, and every look at the verdict would wait for a job of hours`,
    { fix: `Give one number: -n ${max}.` },
  );
}
