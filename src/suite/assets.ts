import { sha256 } from '../lib/hash.js';
import { readInside } from './folder.js';
import { shown } from './problems.js';
import type { Reading } from './reading.js';
import type { Asset } from './suite.js';

/** Says what a picture is from its bytes; `null` when they are no picture. Passed in: a suite knows no image codec. */
export type InspectImage = (bytes: Uint8Array) => Promise<{ mime: string; width: number; height: number } | null>;

export const ASSET_BYTES = 20 * 1024 * 1024;
/** What Gemini takes as an input picture. */
const inputMimes = ['image/png', 'image/jpeg', 'image/webp', 'image/heic', 'image/heif'];

/** Reads the suite's pictures; what is missing, too large or no picture for Gemini is a problem. */
export async function readAssets(
  { file, document, folder, problems }: Reading,
  inspectImage: InspectImage,
): Promise<Record<string, Asset>> {
  const assets: Record<string, Asset> = {};
  for (const [name, path] of Object.entries(file.assets)) {
    const place = document.at(['assets', name]);
    try {
      const bytes = readInside(folder, path, ASSET_BYTES, place);
      const image = await inspectImage(bytes);
      if (image && inputMimes.includes(image.mime))
        assets[name] = { name, path, sha256: sha256(bytes), ...image, bytes };
      else {
        const what = image ? image.mime : 'not a picture that can be read';
        problems.add(`${shown(path)} is ${what}`, place, 'Use PNG, JPEG, WebP or HEIC.');
      }
    } catch (thrown) {
      problems.keep(thrown);
    }
  }
  return assets;
}
