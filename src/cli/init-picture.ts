import { draw } from '../emulator/studio/studio.js';

/** The archive picture of a new suite: some felt creature, to be replaced by the user's own. */
export async function drawArchive(): Promise<Uint8Array> {
  const prompt = 'A photo of a felt fox standing on a shelf among books.';
  const { bytes } = await draw({ prompt, images: [], width: 960, height: 720, seed: 7, stray: 0, mime: 'image/png' });
  return bytes;
}
