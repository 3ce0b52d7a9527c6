import { encodePng } from '../../image/codec.js';
import { filled } from '../../image/raster.js';

/** A PNG with one pixel of data whose header claims any size: a decoder that trusts it runs out of memory. */
export function oversizePng(width: number, height: number): Uint8Array {
  const bytes = Buffer.from(encodePng(filled(1, 1, [128, 128, 128, 255])));
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  // The header chunk's checksum covers its type and its 13 bytes of data.
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}

/** CRC-32 of ISO 3309, as PNG uses it (node:zlib has one from Node 22 on). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
