import { sniff } from './codec.js';

/**
 * Whether a PNG, JPEG or WebP file carries a C2PA manifest (Content Credentials), as Gemini's pictures do until a tool
 * drops it. Presence only, in a walk over the file's own boxes: checking the signature needs a trust list and the
 * network, and the well-kept library for it brings a native module of many MB.
 * Source: C2PA Technical Specification 2.1, "Embedding manifests into various file formats".
 */
export function hasContentCredentials(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ascii = (from: number, length: number) => String.fromCharCode(...bytes.subarray(from, from + length));
  const mime = sniff(bytes);
  if (mime === 'image/png') return inPng(view, ascii);
  if (mime === 'image/webp') return inRiff(view, ascii);
  return mime === 'image/jpeg' && inJpeg(view, ascii);
}

type Ascii = (from: number, length: number) => string;

/** A chunk `caBX`. */
function inPng(view: DataView, ascii: Ascii): boolean {
  for (let at = 8; at + 8 <= view.byteLength; at += 12 + view.getUint32(at)) {
    if (ascii(at + 4, 4) === 'caBX') return true;
  }
  return false;
}

/** A chunk `C2PA`. */
function inRiff(view: DataView, ascii: Ascii): boolean {
  for (let at = 12; at + 8 <= view.byteLength;) {
    if (ascii(at, 4) === 'C2PA') return true;
    const size = view.getUint32(at + 4, true);
    at += 8 + size + (size % 2);
  }
  return false;
}

const SEGMENT = 0xff;
const APP11 = 0xeb;
const START_OF_SCAN = 0xda;
/** After marker and length: 'JP', instance, sequence, box length; then the box's type, `jumb`, and its label. */
const JUMBF_TYPE = 4 + 2 + 2 + 4 + 4;

/** An APP11 segment with a JUMBF box that is labelled c2pa. */
function inJpeg(view: DataView, ascii: Ascii): boolean {
  let at = 2;
  while (at + 4 <= view.byteLength && view.getUint8(at) === SEGMENT) {
    const marker = view.getUint8(at + 1);
    if (marker === START_OF_SCAN) return false;
    const length = view.getUint16(at + 2);
    if (marker === APP11 && ascii(at + 4, 2) === 'JP' && ascii(at + JUMBF_TYPE, 4) === 'jumb') {
      if (ascii(at, Math.min(length + 2, 128)).includes('c2pa')) return true;
    }
    at += 2 + length;
  }
  return false;
}
