import { crc32 } from 'node:zlib';

/**
 * A note inside a picture's file: a tEXt chunk in a PNG, a comment segment in a JPEG. It holds what the studio drew, for
 * the next picture and for experiments. Nothing that scores pictures may read it.
 */
const KEYWORD = 'evaluate-emulated-studio';
/** A JPEG segment holds at most 65,535 bytes with its length field. */
const LIMIT = 65_000;

/** Puts `note` (JSON) into PNG or JPEG bytes, right after the header; throws a RangeError when it is too long or the file is neither. */
export function writeNote(bytes: Uint8Array, note: unknown): Uint8Array {
  const text = JSON.stringify(note).replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const body = Buffer.from(`${KEYWORD}\0${text}`, 'latin1');
  if (body.length > LIMIT) throw new RangeError(`a note of ${body.length} bytes does not fit into a picture`);
  const at = headerEnd(bytes);
  if (at === null) throw new RangeError('notes go into PNG and JPEG files only');
  const piece = isPng(bytes) ? pngChunk(body) : jpegComment(body);
  return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
}

/** The note of a picture, or `null`: foreign, stripped and broken pictures have none. */
export function readNote(bytes: Uint8Array): unknown {
  const body = isPng(bytes) ? findPng(bytes) : findJpeg(bytes);
  if (body === null) return null;
  try {
    return JSON.parse(body);
  } catch {
    return null; // a note that someone cut or overwrote is no note
  }
}

const isPng = (bytes: Uint8Array) => bytes[0] === 0x89 && bytes[1] === 0x50;
const isJpeg = (bytes: Uint8Array) => bytes[0] === 0xff && bytes[1] === 0xd8;
const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Behind PNG's signature and IHDR (8 + 25 bytes), behind JPEG's first segment (APP0). */
function headerEnd(bytes: Uint8Array): number | null {
  if (isPng(bytes)) return 33;
  if (!isJpeg(bytes) || bytes.length < 6) return null;
  return bytes[3] === 0xe0 ? 4 + viewOf(bytes).getUint16(4) : 2;
}

function pngChunk(body: Uint8Array): Uint8Array {
  const chunk = Buffer.alloc(body.length + 12);
  chunk.writeUInt32BE(body.length, 0);
  chunk.write('tEXt', 4, 'latin1');
  chunk.set(body, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + body.length)), 8 + body.length);
  return chunk;
}

function jpegComment(body: Uint8Array): Uint8Array {
  const segment = Buffer.alloc(body.length + 4);
  segment.writeUInt16BE(0xfffe, 0);
  segment.writeUInt16BE(body.length + 2, 2);
  segment.set(body, 4);
  return segment;
}

/** The text behind our keyword in one chunk or segment. */
function ours(body: Uint8Array): string | null {
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  return text.startsWith(`${KEYWORD}\0`) ? text.slice(KEYWORD.length + 1) : null;
}

function findPng(bytes: Uint8Array): string | null {
  const view = viewOf(bytes);
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const found = type === 'tEXt' ? ours(bytes.subarray(at + 8, at + 8 + length)) : null;
    if (found !== null) return found;
    at += length + 12;
  }
  return null;
}

function findJpeg(bytes: Uint8Array): string | null {
  if (!isJpeg(bytes)) return null;
  const view = viewOf(bytes);
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda;) {
    const length = view.getUint16(at + 2);
    const found = bytes[at + 1] === 0xfe ? ours(bytes.subarray(at + 4, at + 2 + length)) : null;
    if (found !== null) return found;
    at += length + 2;
  }
  return null;
}
