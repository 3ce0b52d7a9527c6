import { sha256 } from '../../../lib/hash.js';
import type { Picture } from '../../../record.js';

/** Every path in a page is made here, from hashes and cleaned names: nothing from outside becomes a link. */

/** The page of a case, relative to the run's folder. Names that are not plain get a hash, so that two never share a page. */
export function casePage(name: string): string {
  const plain = /^[a-z0-9][a-z0-9-]{0,79}$/.test(name);
  return `case/${plain ? name : `${name.replace(/[^a-zA-Z0-9]+/g, '-').slice(0, 24)}-${sha256(name).slice(0, 8)}`}.html`;
}

/** The picture as it was received, relative to the run's folder; `null` when the record's path is not one of ours. */
export function fullPicture(picture: Picture): string | null {
  return /^images\/[0-9a-f]{64}\.[a-z]+$/.test(picture.path) ? picture.path : null;
}

/**
 * The small copy of a whole picture or, by `cut`, of a part of it. Names are short, as a matrix holds thousands of them
 * (64 bits tell pictures apart), and the part's is that of the whole with something behind it: a page can go from one
 * to the other.
 */
export function thumbnailPath(picture: string, cut?: string): string {
  return `thumb/${picture.slice(0, 16)}${cut === undefined ? '' : `-${cut.slice(0, 6)}`}.webp`;
}

/** Where a sample stands on its case's page. */
export function anchor(variantIndex: number, sample: number, turn: number | undefined): string {
  return `v${variantIndex + 1}-s${sample}${turn === undefined ? '' : `-t${turn}`}`;
}
