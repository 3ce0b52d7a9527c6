import { crc32, deflateSync } from 'node:zlib';

/** PNG files written from the specification, for what encoders would not write; nothing here knows how they are read. */

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const channels = { grey: [0, 1], rgb: [2, 3], palette: [3, 1], 'grey+alpha': [4, 2], rgba: [6, 4] } as const;

export interface PngFile {
  width: number;
  height: number;
  kind: keyof typeof channels;
  /** Bits a sample: 8 or 16. */
  depth?: 8 | 16;
  /** Samples, row by row. */
  samples: readonly number[];
  /** Chunks between the header and the pixels, such as `PLTE` or `iCCP`. */
  before?: readonly Uint8Array[];
  /** Chunks after the pixels. */
  after?: readonly Uint8Array[];
}

export function png({ width, height, kind, depth = 8, samples, before = [], after = [] }: PngFile): Uint8Array {
  const [colourType, perPixel] = channels[kind];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colourType], 8);
  const bytes = (width * perPixel * depth) / 8;
  const rows = Array.from({ length: height }, (_, y) => {
    const row = samples.slice(y * width * perPixel, (y + 1) * width * perPixel);
    const filterNone = Buffer.alloc(1 + bytes);
    row.forEach((value, i) =>
      depth === 16 ? filterNone.writeUInt16BE(value, 1 + 2 * i) : (filterNone[1 + i] = value),
    );
    return filterNone;
  });
  const pixels = chunk('IDAT', deflateSync(Buffer.concat(rows)));
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), ...before, pixels, ...after, chunk('IEND', Buffer.of())]);
}

export function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** An `iCCP` chunk. */
export function profileChunk(profile: Uint8Array): Uint8Array {
  return chunk('iCCP', Buffer.concat([Buffer.from('profile\0\0', 'latin1'), deflateSync(profile)]));
}
