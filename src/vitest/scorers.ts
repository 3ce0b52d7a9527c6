import { commandContext } from '../cli/context.js';
import { scorerData } from '../cli/scorer-data.js';
import { openScorer, type Scorer } from '../score/scorer.js';

/** One scoring thread an encoder for all matchers of a test file: opening one and its encoder takes a second. */
const open = new Map<string, Promise<Scorer>>();

export function scorerWith(encoder: string): Promise<Scorer> {
  const context = commandContext();
  const opened =
    open.get(encoder) ?? openScorer(scorerData(encoder, context), (message) => context.stderr(`${message}\n`));
  open.set(encoder, opened);
  return opened;
}

/** Ends the threads. A matcher after that opens new ones. */
export async function closeScorers(): Promise<void> {
  const all = [...open.values()];
  open.clear();
  // One that did not open has told why to the matcher that wanted it.
  for (const opened of await Promise.allSettled(all)) if (opened.status === 'fulfilled') await opened.value.close();
}
