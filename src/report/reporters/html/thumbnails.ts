import { join } from 'node:path';
import { decode, encodeLossy, resize } from '../../../image/codec.js';
import { crop, type Box, type Raster } from '../../../image/raster.js';
import { messageOf } from '../../../lib/errors.js';
import { existsSync, readFile, writeFileAtomic } from '../../../lib/files.js';
import { canonicalJson, sha256 } from '../../../lib/hash.js';
import type { Picture } from '../../../record.js';
import { tileBox } from './found.js';
import { fullPicture, thumbnailPath } from './paths.js';

/** Long side of a whole picture in a grid, and of a crop to the character in the matrix (twice its size on screen), px. */
const WHOLE = 480;
const TILE = 144;

/** Pictures under way at a time: decoding takes a core each, and memory. */
const LANES = 2;
/** Of 0 to 6: the default, 4, takes half as long again and saves a third of 6 KB. */
const EFFORT = 1;

/** Small copies of a run's pictures, made a few at a time in the background and named by what they show. */
export interface Thumbnails {
  /** Queues what is not made yet. A picture that cannot be read is no error: `problem` says why. */
  add(picture: Picture, found: Box | null): void;
  /** Resolves when all that was queued is made. */
  done(): Promise<void>;
  /** Path of the whole picture, relative to the run's folder. */
  whole(picture: Picture): string;
  /** Path of the picture as received; `null` when the record's path is not one of ours, or the report leaves it out. */
  full(picture: Picture): string | null;
  /** Path of the crop to the character. */
  tile(picture: Picture, found: Box): string;
  /** Why a picture has no thumbnail; `null` when it has. */
  problem(picture: Picture): string | null;
}

export function thumbnails(folder: string): Thumbnails {
  const queued = new Set<string>();
  const problems = new Map<string, string>();
  const lanes = Array.from({ length: LANES }, () => Promise.resolve());

  const whole = (picture: Picture) => thumbnailPath(picture.sha256);
  const tile = (picture: Picture, found: Box) => thumbnailPath(picture.sha256, sha256(canonicalJson({ found, TILE })));

  async function make(picture: Picture, found: Box | null): Promise<void> {
    const source = fullPicture(picture);
    if (source === null) throw new Error('the record names no picture of this run');
    const missing = [whole(picture), ...(found ? [tile(picture, found)] : [])].filter(
      (path) => !existsSync(join(folder, path)),
    );
    if (missing.length === 0) return;
    const { raster, reason } = await decode(await readFile(join(folder, source)));
    if (!raster) throw new Error(reason);
    for (const path of missing) {
      const isTile = path !== whole(picture);
      const small =
        isTile && found ? await within(crop(raster, tileBox(raster, found)), TILE) : await within(raster, WHOLE);
      const bytes = await encodeLossy(small, 'image/webp', isTile ? 76 : 72, EFFORT);
      // The folder of a replay that lacks something is taken away meanwhile.
      if (existsSync(folder)) writeFileAtomic(join(folder, path), bytes);
    }
  }

  return {
    add(picture, found) {
      const key = found ? tile(picture, found) : whole(picture);
      if (queued.has(key)) return;
      queued.add(key);
      const lane = queued.size % LANES;
      lanes[lane] = (lanes[lane] ?? Promise.resolve())
        .then(() => make(picture, found))
        .catch((error: unknown) => {
          problems.set(picture.sha256, messageOf(error).replaceAll(folder, ''));
        });
    },
    done: async () => void (await Promise.all(lanes)),
    whole,
    full: fullPicture,
    tile,
    problem: (picture) => problems.get(picture.sha256) ?? null,
  };
}

/** Made smaller until its long side is at most `side` px, never larger. */
async function within(raster: Raster, side: number): Promise<Raster> {
  const scale = Math.min(1, side / Math.max(raster.width, raster.height));
  const fit = (length: number) => Math.max(1, Math.round(length * scale));
  return resize(raster, fit(raster.width), fit(raster.height));
}
