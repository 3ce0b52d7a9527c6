import { UsageError } from '../lib/errors.js';
import type { Cassette } from './cassette.js';
import type { Unrecorded } from './context.js';

/** Cases that are told by name. */
const MOST = 12;

/** A line a case and variant. */
function unrecordedLines(samples: readonly Unrecorded[]): string[] {
  const numbers = new Map<string, number[]>();
  for (const { case: name, variant, sample, judgedBy } of samples) {
    const judge = judgedBy === undefined ? '' : ` · judged by ${judgedBy}`;
    const where = `${name} · ${variant.model} · ${variant.revision}${judge}`;
    numbers.set(where, [...(numbers.get(where) ?? []), sample]);
  }
  const lines = [...numbers].map(
    ([where, all]) => `${where}: sample ${[...new Set(all)].sort((a, b) => a - b).join(', ')}`,
  );
  const rest = lines.length > MOST ? [`and ${lines.length - MOST} more`] : [];
  return [...lines.slice(0, MOST), ...rest];
}

/**
 * What a replay begins with must all be recorded.
 * @throws UsageError where the cassette lacks any of it
 */
export function refuseUnrecorded(samples: readonly Unrecorded[], { file, header }: Cassette): void {
  if (samples.length === 0) return;
  const list = unrecordedLines(samples).map((line) => `\n  ${line}`);
  throw new UsageError(`the recording lacks what this run asks for:${list.join('')}`, {
    place: { file },
    fix: `The suite, its prompts or pictures, the baseline or the flags changed since it was recorded. ${recordAgain(header)}`,
  });
}

/** What a gate asks for beyond the recording leaves it without a verdict: the run that was recorded was decided sooner. */
export function shortage(
  samples: readonly Unrecorded[],
  cassette: Cassette | undefined,
): { problem: string; fix: string }[] {
  if (samples.length === 0 || !cassette) return [];
  const problem = 'the recording ends before the gate can decide';
  return [{ problem, fix: `It lacks ${unrecordedLines(samples).join('; ')}. ${recordAgain(cassette.header)}` }];
}

function recordAgain({ emulated }: Cassette['header']): string {
  return emulated
    ? 'Record again: the same command with --offline --record in place of --replay.'
    : 'Record again, with a key: the same command with --record in place of --replay.';
}
