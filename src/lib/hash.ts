import { createHash } from 'node:crypto';
import { createReadStream } from './files.js';

/** SHA-256 of bytes or UTF-8 text, 64 lower-case hex digits. */
export function sha256(data: Uint8Array | string): string {
  return createHash('sha256').update(data).digest('hex');
}

/** SHA-256 of a file, read in pieces: models have hundreds of MB. */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** JSON with sorted keys, so that equal values give equal text. `undefined` members are left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (member === null || typeof member !== 'object' || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  });
}

/** A non-negative 31-bit integer from any JSON value; Gemini's `seed` is a signed 32-bit field. */
export function hash31(value: unknown): number {
  return Number.parseInt(sha256(canonicalJson(value)).slice(0, 8), 16) & 0x7fffffff;
}
