import { decode, encodeLossy } from '../image/codec.js';
import type { Box, Raster } from '../image/raster.js';
import { writeFileAtomic } from '../lib/files.js';
import type { Scores } from '../score/scorer.js';

/** How much darker the picture is outside the place; inside nothing is tinted, since colours are what is judged. */
const DIM = 0.45;
const OUTLINE = [255, 255, 255] as const;

/** Writes the picture with the place where the character was found; nothing when none was looked for. */
export async function writeEvidence(file: string, bytes: Uint8Array, scores: Scores): Promise<void> {
  const box = foundBox(scores);
  if (!box) return;
  const { raster } = await decode(bytes);
  if (raster) writeFileAtomic(file, await evidencePicture(raster, box));
}

/** Where the character was found, in px of the picture; `null` when nothing was measured. */
function foundBox(scores: Scores): Box | null {
  const box = scores['consistency']?.evidence?.['box'];
  if (!Array.isArray(box) || !box.every((side) => typeof side === 'number')) return null;
  const [x = 0, y = 0, width = 0, height = 0] = box as number[];
  return { x, y, width, height };
}

/** The picture as WebP, dimmed outside the box, with a white outline around it. */
function evidencePicture(picture: Raster, box: Box): Promise<Uint8Array> {
  const data = new Uint8ClampedArray(picture.data);
  const line = Math.max(2, Math.round(Math.min(picture.width, picture.height) / 200));
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < picture.width; x += 1) {
      const depth = Math.min(x - box.x, y - box.y, box.x + box.width - 1 - x, box.y + box.height - 1 - y);
      if (depth >= 0) continue;
      const at = (y * picture.width + x) * 4;
      for (let channel = 0; channel < 3; channel += 1) {
        data[at + channel] = depth >= -line ? (OUTLINE[channel] ?? 0) : (data[at + channel] ?? 0) * DIM;
      }
    }
  }
  return encodeLossy({ width: picture.width, height: picture.height, data }, 'image/webp', 85);
}
