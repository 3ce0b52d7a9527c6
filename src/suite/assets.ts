import { sha256 } from '../lib/hash.js';
import type { SuiteDocument } from './document.js';
import { readInside, type SuiteFolder } from './folder.js';
import { shown, type Problems } from './problems.js';
import type { SuiteFile } from './schema.js';
import type { Asset } from './suite.js';

/** Says what a picture is from its bytes; `null` when they are no picture. Passed in: a suite knows no image codec. */
export type InspectImage = (bytes: Uint8Array) => Promise<{ mime: string; width: number; height: number } | null>;

const ASSET_BYTES = 20 * 1024 * 1024;
/** What Gemini takes as an input picture. */
const inputMimes = ['image/png', 'image/jpeg', 'image/webp', 'image/heic', 'image/heif'];

/** Reads the suite's pictures; what is missing, too large or no picture for Gemini is a problem. */
export async function readAssets(
  file: SuiteFile,
  suite: SuiteFolder,
  inspectImage: InspectImage,
  document: SuiteDocument,
  problems: Problems,
): Promise<Record<string, Asset>> {
  const assets: Record<string, Asset> = {};
  for (const [name, path] of Object.entries(file.assets)) {
    const place = document.at(['assets', name]);
    try {
      const bytes = readInside(suite, path, ASSET_BYTES, place);
      const image = await inspectImage(bytes);
      if (!image || !inputMimes.includes(image.mime)) {
        problems.add(
          `${shown(path)} is ${image ? image.mime : 'not a picture that can be read'}`,
          place,
          'Use PNG, JPEG, WebP or HEIC.',
        );
      } else assets[name] = { name, path, sha256: sha256(bytes), ...image, bytes };
    } catch (thrown) {
      problems.keep(thrown);
    }
  }
  return assets;
}
