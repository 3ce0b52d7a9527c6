import { decode, extensionOf, sniff } from '../image/codec.js';
import { hasContentCredentials } from '../image/content-credentials.js';
import { sha256 } from '../lib/hash.js';
import { existsSync, readFileSync, writeFileAtomic } from '../lib/files.js';
import type { Picture } from './sample.js';

/** Gemini's smallest picture has a short side of 168 px; anything this small is a defect, not a picture. */
const SMALLEST_SIDE = 64;

/** Pictures of a run, stored once by content. */
export class PictureStore {
  constructor(private readonly runFolder: string) {}

  /** Checks that the bytes are a whole, usable picture and stores them; on disk when it returns. */
  async add(bytes: Uint8Array): Promise<{ picture: Picture; reason?: never } | { picture?: never; reason: string }> {
    const mime = sniff(bytes);
    if (mime === null) return { reason: 'the bytes are no known picture format' };
    const decoded = await decode(bytes);
    if (!decoded.raster) return { reason: decoded.reason };
    const { width, height } = decoded.raster;
    if (Math.min(width, height) < SMALLEST_SIDE)
      return { reason: `${width}x${height} px is too small to be a picture` };
    return { picture: { ...this.put(bytes, { mime, width, height }), c2pa: hasContentCredentials(bytes) } };
  }

  /** Stores bytes whose format and size are known already. */
  put(bytes: Uint8Array, { mime, width, height }: Omit<Picture, 'sha256' | 'path'>): Picture {
    const hash = sha256(bytes);
    const path = `images/${hash}.${extensionOf[mime as keyof typeof extensionOf]}`;
    const picture: Picture = { sha256: hash, mime, width, height, path };
    const file = `${this.runFolder}/${picture.path}`;
    if (!existsSync(file)) writeFileAtomic(file, bytes);
    return picture;
  }

  read(picture: Picture): Uint8Array {
    return readFileSync(`${this.runFolder}/${picture.path}`);
  }
}
