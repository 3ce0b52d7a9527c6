import { fileURLToPath } from 'node:url';
import { decode } from '../image/codec.js';
import { UsageError } from '../lib/errors.js';
import { existsSync, readFile, statSync } from '../lib/files.js';
import { sha256 } from '../lib/hash.js';
import type { PictureFile } from '../score/thread.js';

/** A PNG, JPEG or WebP: its bytes, or the path of its file. */
export type Picture = Uint8Array | string | URL;

/** @throws UsageError when that is no picture; `what` says whose */
export async function readPicture(picture: unknown, what: string): Promise<PictureFile> {
  const bytes = await bytesOf(picture, what);
  const { reason } = await decode(bytes);
  if (reason !== undefined) throw new UsageError(`${what} ${reason}`);
  return { bytes, sha256: sha256(bytes) };
}

async function bytesOf(picture: unknown, what: string): Promise<Uint8Array> {
  if (picture instanceof Uint8Array) return picture;
  if (typeof picture !== 'string' && !(picture instanceof URL))
    throw new UsageError(`${what} is neither the bytes of a picture nor the path of its file`);
  const file = picture instanceof URL ? fileURLToPath(picture) : picture;
  if (!existsSync(file) || !statSync(file).isFile()) throw new UsageError(`${what}: there is no file '${file}'`);
  return readFile(file);
}
