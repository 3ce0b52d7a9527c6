import type { Raster } from '../../../image/raster.js';
import type { Seen } from '../identity.js';
import type { Reading } from '../reading/reading.js';
import { blend } from './blend.js';
import { openCanvas } from './canvas.js';
import { extend } from './extend.js';
import { editRegion } from './region.js';
import { restyle } from './restyle.js';

interface EditRequest {
  prompt: string;
  images: Uint8Array[];
  width: number;
  height: number;
  seed: number;
  stray: number;
}

/** Words without which no kind of edit looks at the pictures. */
const mayEdit =
  /\b(?:mark|mask|magenta|outpaint|exten|expan|widen|uncrop|style|look|manner|(?:of|from|in) (?:image|picture|photo)s? #?\d)/i;
const kinds = [editRegion, extend, restyle, blend];

/** The first picture changed as the prompt says; `null` where it asks for a picture of its own. */
export async function editPicture(
  request: EditRequest,
  reading: Reading,
  seen: readonly Seen[],
): Promise<Raster | null> {
  const { prompt, images } = request;
  if (images.length === 0 || !mayEdit.test(prompt)) return null;
  const canvas = await openCanvas(request, reading, seen[0]?.scene ?? null);
  for (const edit of kinds) {
    const raster = await edit(prompt, canvas);
    if (raster) return raster;
  }
  return null;
}
