import { loadEncoder, type LoadOptions } from '../../src/encode/load.js';
import { serveThread } from '../../src/lib/thread.js';
import type { Picture } from './design.js';
import { measurePictures, type Measured } from './measured.js';

export interface ThreadData {
  /** See `loadEncoder`. */
  encoder: string;
  load: Omit<LoadOptions, 'onProgress'>;
}

/** The pictures of one character, and what was measured. */
export type Request = { identity: number; pictures: readonly Picture[] };
export type Answer = { encoder: { id: string; sha256: string }; measured: Measured[] };

serveThread<ThreadData, Request, Answer>((data, note) => {
  const loading = loadEncoder(data.encoder, { ...data.load, onProgress: note });
  // The first call says what went wrong.
  loading.catch(() => undefined);
  return async ({ identity, pictures }) => {
    const encoder = await loading;
    const measured = await measurePictures(identity, pictures, encoder);
    return { encoder: { id: encoder.id, sha256: encoder.sha256 }, measured };
  };
});
