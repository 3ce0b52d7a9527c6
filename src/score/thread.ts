import { loadEncoder, type LoadOptions } from '../encode/load.js';
import type { Encoder } from '../encode/encoder.js';
import { decode } from '../image/codec.js';
import type { Raster } from '../image/raster.js';
import { JsonStore } from '../lib/json-store.js';
import { serveThread } from '../lib/thread.js';
import { openReader } from '../read/tesseract.js';
import type { CharacterSheet, KeptPicture, MetricInput, Score } from './metric.js';
import { metrics } from './metrics/index.js';
import { scoreSample } from './score.js';

/** A picture file on its way to the thread. */
export interface PictureFile {
  sha256: string;
  bytes: Uint8Array;
}

/** What is known of a picture that is to be scored: a metric's input with pictures as files. */
export type ScoreTask = Pick<MetricInput, 'case' | 'requested' | 'makesSheet' | 'withoutSheet' | 'judged'> & {
  image: PictureFile;
  sheets: (PictureFile & Pick<CharacterSheet, 'character' | 'views'>)[];
  approved: PictureFile | null;
  kept: (PictureFile & Pick<KeptPicture, 'outpaint'> & { marked: PictureFile | null }) | null;
};

export interface ThreadData {
  /** See `loadEncoder`. */
  encoder: string;
  load: Omit<LoadOptions, 'onProgress'>;
  /** The folder in which scores and the calibration of sheets are remembered. */
  cache: string;
}

export type Request = { open: true } | { task: ScoreTask };
/** `reason`: why the picture cannot be measured at all. */
export type Answer =
  { encoder: Pick<Encoder, 'id' | 'sha256'> } | { scores: Record<string, Score> } | { reason: string };

serveThread<ThreadData, Request, Answer>((data, note) => {
  const loading = loadEncoder(data.encoder, { ...data.load, onProgress: note });
  // The first call says what went wrong.
  loading.catch(() => undefined);
  const reader = openReader();
  const cache = new JsonStore<Score>(`${data.cache}/scores`);
  const calibrations = new JsonStore<unknown>(`${data.cache}/calibrations`);
  const kept = new Map<string, Promise<Raster>>();
  /** Sheets and approved pictures serve many samples: decoded once. */
  const keep = ({ sha256, bytes }: PictureFile): Promise<Raster> => {
    const known = kept.get(sha256) ?? rasterOf(bytes);
    kept.set(sha256, known);
    return known;
  };
  return async (request) => {
    const encoder = await loading;
    if ('open' in request) return { encoder: { id: encoder.id, sha256: encoder.sha256 } };
    const { image, sheets, approved, kept: before, ...rest } = request.task;
    const { raster, reason } = await decode(image.bytes);
    if (!raster) return { reason };
    const input: MetricInput = {
      ...rest,
      image: raster,
      sha256: image.sha256,
      sheets: await Promise.all(
        sheets.map(async ({ bytes, ...sheet }) => ({ ...sheet, image: await keep({ ...sheet, bytes }) })),
      ),
      approved: approved && { image: await keep(approved), sha256: approved.sha256 },
      kept: before && {
        image: await keep(before),
        sha256: before.sha256,
        marked: before.marked && { image: await keep(before.marked), sha256: before.marked.sha256 },
        outpaint: before.outpaint,
      },
      encoder,
      reader,
      calibrations,
    };
    return { scores: await scoreSample(input, Object.values(metrics), cache) };
  };
});

/** Sheets and approved pictures were checked before, so one that cannot be decoded now is damage. */
async function rasterOf(bytes: Uint8Array): Promise<Raster> {
  const { raster, reason } = await decode(bytes);
  if (!raster) throw new Error(`a stored picture ${reason}`);
  return raster;
}
