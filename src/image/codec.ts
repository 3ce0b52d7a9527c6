import { PNG } from 'pngjs';
import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { pixelWords, type Raster } from './raster.js';

/** The only file that imports an image codec. */

export type ImageMime = 'image/png' | 'image/jpeg' | 'image/webp' | 'image/heic' | 'image/gif' | 'image/avif';
export const extensionOf: Record<ImageMime, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'image/gif': 'gif',
  'image/avif': 'avif',
};

/** Largest picture in pixels, and its longest side: what any Gemini image model makes (8:1 at 4K) stays far below. */
export const PIXEL_LIMIT = 8192 * 8192;
export const SIDE_LIMIT = 16_383;

/** What the first bytes say the picture is. Labels lie: Gemini has sent JPEG bytes as image/png. */
export function sniff(bytes: Uint8Array): ImageMime | null {
  const ascii = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));
  if (bytes[0] === 0x89 && ascii(1, 4) === 'PNG') return 'image/png';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image/webp';
  if (ascii(0, 4) === 'GIF8') return 'image/gif';
  if (ascii(4, 8) === 'ftyp') {
    if (/^avi[fs]/.test(ascii(8, 12))) return 'image/avif';
    if (/^(hei[cxms]|hev[cx]|mif1|msf1)/.test(ascii(8, 12))) return 'image/heic';
  }
  return null;
}

/** Expected failures of reading a picture are data. */
export type Decoded = { raster: Raster; reason?: never } | { raster?: never; reason: string };

/**
 * Decodes to sRGB RGBA pixels, 8 bits a channel, turned upright by EXIF and converted by an embedded colour profile. Of
 * an animation the first frame. Cut or garbled files give a reason, never half a picture.
 */
export async function decode(bytes: Uint8Array): Promise<Decoded> {
  const why = (reason: string): Decoded => ({ reason: `cannot be decoded: ${reason}` });
  if (bytes.length === 0) return why('it is empty');
  const mime = sniff(bytes);
  if (!mime) return why('it is no PNG, JPEG, WebP, GIF, AVIF or HEIC picture');
  try {
    const { width, height } = await headerOf(bytes);
    if (Math.max(width, height) > SIDE_LIMIT || width * height > PIXEL_LIMIT)
      return why(
        `its ${width}x${height} px are over the pixel limit, at most ${SIDE_LIMIT} a side and ${PIXEL_LIMIT} in all`,
      );
    const { data, info } = await upright(bytes, { failOn: 'warning' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return {
      raster: {
        width: info.width,
        height: info.height,
        data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length),
      },
    };
  } catch (error) {
    // Of many lines the last that has words is the decoder's own; those above say how it got there.
    const lines = (error instanceof Error ? error.message : String(error)).split('\n');
    const said = lines.filter((line) => /[a-z]{3}/i.test(line)).at(-1) ?? '';
    return why(
      mime === 'image/heic' ? 'HEIC is not supported, save it as PNG or JPEG' : `it is cut or damaged (${said})`,
    );
  }
}

/** Upright width and height from the header alone, or `null`. */
export async function dimensions(bytes: Uint8Array): Promise<{ width: number; height: number } | null> {
  try {
    const { width, height } = await headerOf(bytes);
    return { width, height };
  } catch {
    return null;
  }
}

/** The size after turning upright. Throws for what has no header. */
async function headerOf(bytes: Uint8Array): Promise<{ width: number; height: number }> {
  return (await sharp(bytes, { limitInputPixels: false }).metadata()).autoOrient;
}

/**
 * Turned upright, and in sRGB from the start: 16-bit pictures with a colour profile would come out in Display P3, in
 * which sharp works on them otherwise.
 */
function upright(bytes: Uint8Array, options: SharpOptions = {}): Sharp {
  return sharp(bytes, { ...options, limitInputPixels: PIXEL_LIMIT })
    .pipelineColourspace('srgb')
    .rotate();
}

const pipeline = (raster: Raster) =>
  sharp(Buffer.from(raster.data.buffer, raster.data.byteOffset, raster.data.byteLength), {
    raw: { width: raster.width, height: raster.height, channels: 4 },
  });

/** Resamples to exactly `width` x `height`. Lanczos3 by default; `cubic` is what CLIP's own preprocessing uses. */
export async function resize(
  raster: Raster,
  width: number,
  height: number,
  kernel: 'lanczos3' | 'cubic' = 'lanczos3',
): Promise<Raster> {
  return resizer(raster)(width, height, kernel);
}

/** `resize` of one picture to many sizes, for less. The picture must not change in between. */
export function resizer(
  raster: Raster,
): (width: number, height: number, kernel?: 'lanczos3' | 'cubic') => Promise<Raster> {
  const rgb = packed(raster);
  const { width, height } = raster;
  return async (across, down, kernel = 'lanczos3') => {
    const source = rgb ? sharp(rgb, { raw: { width, height, channels: 3 } }) : pipeline(raster);
    const resized = source.resize(across, down, { fit: 'fill', kernel }).ensureAlpha();
    const data = await resized.raw().toBuffer();
    return { width: across, height: down, data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length) };
  };
}

/**
 * R, G, B, R, ... of an opaque picture; `null` of any other. Where there is an alpha, a resize weighs all colours by it
 * first: three times the work, for the same pixels where nothing is transparent.
 */
function packed({ data }: Raster): Uint8Array | null {
  const pixels = pixelWords(data);
  // Four pixels are three words, the red of the first in its lowest byte: half the time of going byte by byte.
  const words = new Int32Array(3 * Math.ceil(pixels.length / 4));
  for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) {
    const a = pixels[from] ?? OPAQUE;
    const b = pixels[from + 1] ?? OPAQUE;
    const c = pixels[from + 2] ?? OPAQUE;
    const d = pixels[from + 3] ?? OPAQUE;
    if ((a & b & c & d) >>> 24 !== 255) return null;
    words[to] = (a & 0xffffff) | (b << 24);
    words[to + 1] = ((b >>> 8) & 0xffff) | (c << 16);
    words[to + 2] = ((c >>> 16) & 0xff) | (d << 8);
  }
  return new Uint8Array(words.buffer, 0, 3 * pixels.length);
}

/** Alpha of a pixel as a word of memory. */
const OPAQUE = 255 << 24;

/** Lossless PNG (pngjs, so that a pixel-exact difference picture owes nothing to colour management). */
export function encodePng(raster: Raster): Uint8Array {
  const png = new PNG({ width: raster.width, height: raster.height });
  png.data = Buffer.from(raster.data.buffer, raster.data.byteOffset, raster.data.byteLength);
  return PNG.sync.write(png);
}

/** Lossy WebP or JPEG, alpha flattened on white for JPEG. `quality` 1-100; `effort` of WebP 0-6. */
export async function encodeLossy(
  raster: Raster,
  mime: 'image/webp' | 'image/jpeg',
  quality: number,
  effort = 4,
): Promise<Uint8Array> {
  const image = pipeline(raster);
  return mime === 'image/webp'
    ? image.webp({ quality, effort }).toBuffer()
    : image.flatten({ background: '#ffffff' }).jpeg({ quality, chromaSubsampling: '4:4:4' }).toBuffer();
}

/** A WebP whose long side is at most `side` px; the picture is never enlarged. Works from file bytes, decoding as little as it can. */
export async function thumbnail(bytes: Uint8Array, side: number, quality = 72): Promise<Uint8Array> {
  return upright(bytes).resize(side, side, { fit: 'inside', withoutEnlargement: true }).webp({ quality }).toBuffer();
}

/** Draws an SVG document at `width` x `height` pixels. */
export async function rasterizeSvg(svg: string, width: number, height: number): Promise<Raster> {
  const { data, info } = await sharp(Buffer.from(svg))
    .resize(width, height, { fit: 'fill' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length),
  };
}
