import { sha256 } from '../lib/hash.js';
import { ASSET_BYTES } from './assets.js';
import { readInside } from './folder.js';
import { generationFor } from './generation.js';
import { shown } from './problems.js';
import type { Reading } from './reading.js';
import type { Asset, Case, Edit, InputRef, Suite } from './suite.js';

/**
 * Shows the region of a mask in a copy of the picture, as a PNG of its size; or says why the mask marks none. Passed in:
 * a suite knows no image codec.
 */
export type MarkRegion = (
  picture: Uint8Array,
  mask: Uint8Array,
) => Promise<{ bytes: Uint8Array; mime: string; width: number; height: number } | { reason: string }>;

/** What a case says of a region to edit or a side to extend; what contradicts itself is a problem. */
export function resolveEdit(
  name: string,
  images: readonly InputRef[],
  { file, document, problems }: Reading,
): { edit: Edit; images: InputRef[] } | null {
  const { mask, keep, outpaint, turns } = file.cases[name] ?? {};
  const [key, other] = mask === undefined ? (['outpaint', null] as const) : (['mask', outpaint] as const);
  const add = (at: string, problem: string, fix?: string) => {
    problems.add(`${shown(name)} ${problem}`, document.keyAt(['cases', name, at]), fix);
  };
  if (keep !== undefined && mask === undefined)
    add('keep', "keeps what is outside the mask, but has no 'mask'", 'Draw one: white marks what to edit.');
  if (mask === undefined && outpaint === undefined) return null;
  if (other)
    add('outpaint', "has both 'mask' and 'outpaint'", 'Make two cases: one edits inside the picture, one around it.');
  if (turns) add(key, `has both 'turns' and '${key}'`, 'Make the edit a case of its own.');
  const [picture] = images;
  if (!picture) {
    add(
      key,
      `has '${key}', but no picture to ${mask === undefined ? 'extend' : 'mark'}`,
      'Name it first under `images`.',
    );
    return null;
  }
  if (mask === undefined)
    return { edit: { picture: picture.name, marked: null, outpaint: outpaint ?? null, keeps: true }, images: [] };
  if (!('asset' in picture)) {
    add(
      'mask',
      `marks ${shown(picture.name)}, which '${picture.case}' makes anew in every run`,
      'A mask fits a picture of the suite: name an asset first.',
    );
    return null;
  }
  // A name that nobody can have given.
  const marked = `${picture.name} marked by ${mask}`;
  const edit = { picture: picture.name, marked, outpaint: null, keeps: keep !== undefined };
  return { edit, images: [{ name: marked, asset: marked }] };
}

/** What `{{mask}}` says: a label as for any other input picture. */
export function maskInWords({ edit, images }: Case): string | null {
  const number = images.findIndex(({ name }) => name === edit?.marked) + 1;
  if (number === 0) return null;
  return `Image ${number}: Image 1 once more, with the region to edit marked in magenta; the marks are no part of the picture.`;
}

/** The marked copies that the cases send; a mask that marks nothing in its picture is a problem. */
export async function markPictures(
  cases: readonly Case[],
  assets: Readonly<Record<string, Asset>>,
  { file, document, folder, problems }: Reading,
  markRegion: MarkRegion | undefined,
): Promise<Record<string, Asset>> {
  const copies: Record<string, Asset> = {};
  for (const { name: caseName, edit, images } of cases) {
    const { mask: path } = file.cases[caseName] ?? {};
    const [first] = images;
    // What is missing was told where it is named.
    const picture = first && 'asset' in first ? assets[first.asset] : undefined;
    if (path === undefined || !edit?.marked || !picture) continue;
    if (!markRegion) throw new Error('a suite with a mask was loaded without anything that reads masks');
    const place = document.at(['cases', caseName, 'mask']);
    try {
      const copy = await markRegion(picture.bytes, readInside(folder, path, ASSET_BYTES, place));
      if ('reason' in copy)
        problems.add(
          `the mask ${shown(path)} of '${picture.name}' ${copy.reason}`,
          place,
          'Draw it over the picture: white marks what to edit, black or clear what stays.',
        );
      else copies[edit.marked] = { name: edit.marked, path, sha256: sha256(copy.bytes), ...copy };
    } catch (thrown) {
      problems.keep(thrown);
    }
  }
  return copies;
}

/** Shapes whose ratios differ by less are the same but for the rounding of sizes to whole blocks of pixels. */
const SAME_SHAPE = 0.02;

/** An edit needs the shape of its picture, an extension another one on the side that grows. */
export function checkShapes(
  suite: Pick<Suite, 'generation' | 'models' | 'cases'>,
  assets: Readonly<Record<string, Asset>>,
  { document, problems }: Reading,
): void {
  for (const each of suite.cases) {
    const { edit, images, name } = each;
    const [first] = images;
    const picture = first && 'asset' in first ? assets[first.asset] : undefined;
    if (!edit?.keeps) continue;
    for (const model of suite.models) {
      const { aspectRatio } = generationFor(suite, model, each);
      const place = document.keyAt(['cases', name, edit.outpaint === null ? 'keep' : 'outpaint']);
      if (edit.outpaint !== null && aspectRatio === undefined)
        problems.add(`'${name}' is to be extended, but to no ratio`, place, 'Set generation.aspectRatio of the case.');
      if (!picture || aspectRatio === undefined) continue;
      const size = `'${picture.name}' (${picture.width}x${picture.height})`;
      const wider = Math.log(ratioOf(aspectRatio) / (picture.width / picture.height));
      if (edit.outpaint === null && Math.abs(wider) > SAME_SHAPE)
        problems.add(
          `'${name}' keeps what is outside the mask, but ${aspectRatio} is not the shape of ${size}`,
          place,
          'Set generation.aspectRatio of the case to that of the picture, or leave it out everywhere.',
        );
      const grows = { left: wider, right: wider, up: -wider, down: -wider, all: Infinity }[edit.outpaint ?? 'all'];
      if (grows <= SAME_SHAPE) {
        const upright = edit.outpaint === 'up' || edit.outpaint === 'down';
        const where = upright ? `${edit.outpaint}wards` : `to the ${edit.outpaint}`;
        problems.add(
          `'${name}' extends ${size} ${where}, but ${aspectRatio} is no ${upright ? 'taller' : 'wider'}`,
          place,
          'Choose a ratio that leaves room there, or another side.',
        );
      }
    }
  }
}

function ratioOf(written: string): number {
  const [width, height] = written.split(':').map(Number);
  return (width ?? NaN) / (height ?? NaN);
}
