import * as path from 'node:path';
import { UsageError } from '../lib/errors.js';
import { existsSync, writeFileAtomic } from '../lib/files.js';
import { shown } from './problems.js';
import { suiteName } from './schema-values.js';
import { templateAsset, templateFiles } from './template/files.js';

/**
 * Writes a small suite that loads and runs as it is.
 * @param folder the suite's folder; made when it does not exist.
 * @param drawAsset draws the template's character: the bytes of a PNG.
 * @returns the written paths, each under `folder`.
 * @throws UsageError when the folder's name is no suite name, or anything to write exists already; nothing is written then.
 */
export async function initSuite(folder: string, drawAsset: () => Promise<Uint8Array>): Promise<string[]> {
  const name = path.basename(path.resolve(folder));
  if (!suiteName.safeParse(name).success)
    throw new UsageError(`${shown(name)} is no name for a suite`, {
      fix: 'Use lower-case letters and digits, with single hyphens between them.',
    });
  const files: Record<string, string> = templateFiles(name);
  const paths = [...Object.keys(files), templateAsset].map((file) => path.join(folder, file));
  const existing = paths.find((file) => existsSync(file));
  if (existing !== undefined)
    throw new UsageError(`${shown(existing)} exists already`, { fix: 'Choose a new folder; init overwrites nothing.' });
  const picture = await drawAsset();
  for (const [file, text] of Object.entries(files)) writeFileAtomic(path.join(folder, file), text);
  writeFileAtomic(path.join(folder, templateAsset), picture);
  return paths;
}
