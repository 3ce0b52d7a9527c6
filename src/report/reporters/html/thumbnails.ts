import { join } from 'node:path';
import { decode, encodeLossy, resize, thumbnail } from '../../../image/codec.js';
import { crop, type Box } from '../../../image/raster.js';
import { messageOf } from '../../../lib/errors.js';
import { existsSync, readFile, writeFileAtomic } from '../../../lib/files.js';
import { canonicalJson, sha256 } from '../../../lib/hash.js';
import type { Picture } from '../../../record.js';
import { tileBox } from './found.js';
import { fullPicture, thumbnailPath } from './paths.js';

/** Long side of a whole picture in a grid, and of a crop to the character in the matrix (twice its size on screen), px. */
const WHOLE = 480;
const TILE = 144;

/** Small copies of a run's pictures, made one after another in the background and named by what they show. */
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
  let tail = Promise.resolve();

  const whole = (picture: Picture) => thumbnailPath(picture.sha256);
  const tile = (picture: Picture, found: Box) => thumbnailPath(picture.sha256, sha256(canonicalJson({ found, TILE })));

  async function make(picture: Picture, found: Box | null): Promise<void> {
    const source = fullPicture(picture);
    if (source === null) throw new Error('the record names no picture of this run');
    const missing = [whole(picture), ...(found ? [tile(picture, found)] : [])].filter(
      (path) => !existsSync(join(folder, path)),
    );
    if (missing.length === 0) return;
    const bytes = await readFile(join(folder, source));
    if (missing.includes(whole(picture))) writeFileAtomic(join(folder, whole(picture)), await thumbnail(bytes, WHOLE));
    if (!found || !missing.includes(tile(picture, found))) return;
    const { raster, reason } = await decode(bytes);
    if (!raster) throw new Error(reason);
    const cut = crop(raster, tileBox(raster, found));
    const scale = Math.min(1, TILE / Math.max(cut.width, cut.height));
    const small = await resize(
      cut,
      Math.max(1, Math.round(cut.width * scale)),
      Math.max(1, Math.round(cut.height * scale)),
    );
    writeFileAtomic(join(folder, tile(picture, found)), await encodeLossy(small, 'image/webp', 76));
  }

  return {
    add(picture, found) {
      const key = found ? tile(picture, found) : whole(picture);
      if (queued.has(key)) return;
      queued.add(key);
      tail = tail
        .then(() => make(picture, found))
        .catch((error: unknown) => {
          problems.set(picture.sha256, messageOf(error).replaceAll(folder, ''));
        });
    },
    done: () => tail,
    whole,
    full: fullPicture,
    tile,
    problem: (picture) => problems.get(picture.sha256) ?? null,
  };
}
