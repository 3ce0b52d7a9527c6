import { join } from 'node:path';
import { Thread } from '../../src/lib/thread.js';
import { picturesOf, type Counts } from './design.js';
import type { Measured } from './measured.js';
import type { Answer, Request, ThreadData } from './measuring-thread.js';

const THREADS = 2;
const MODELS = join(import.meta.dirname, '..');

export interface Measurement {
  encoder: { id: string; sha256: string };
  /** One list a character, in the order of their seeds whichever was done first. */
  identities: Measured[][];
}

/** Draws and measures every picture of the characters `seed`, `seed + 1`, ..., on two threads. `tell` gets progress. */
export async function measureAll(
  encoder: string,
  seed: number,
  counts: Counts,
  tell: (line: string) => void,
): Promise<Measurement> {
  const data: ThreadData = {
    encoder,
    load: { modelsFolder: MODELS, cacheFolder: join(MODELS, '../.evaluate/cache/models') },
  };
  const module = new URL('./measuring-thread.ts', import.meta.url);
  const identities: Measured[][] = [];
  let used: Answer['encoder'] | undefined;
  let next = 0;
  const serve = async (): Promise<void> => {
    const thread = new Thread<Request, Answer>(module, data, tell);
    try {
      while (next < counts.identities) {
        const index = next;
        next += 1;
        const identity = seed + index;
        const answer = await thread.call({ identity, pictures: picturesOf(identity, counts) });
        identities[index] = answer.measured;
        used = answer.encoder;
        tell(`character ${index + 1} of ${counts.identities}: ${answer.measured.length} pictures`);
      }
    } finally {
      await thread.close();
    }
  };
  await Promise.all(Array.from({ length: THREADS }, serve));
  if (!used) throw new RangeError('at least one character is needed');
  return { encoder: used, identities };
}
