import { resize } from '../../../image/codec.js';
import { markedRegion } from '../../../image/marks.js';
import type { Plane } from '../../../image/plane.js';
import type { Raster } from '../../../image/raster.js';
import { type Canvas, fit, mixed, painted, pixelOf } from './canvas.js';
import { reencoded } from './reencoded.js';

const speaksOfMarks = /\b(?:mark(?:ed|s|ing)|magenta|masked?)\b/i;
/** Share of a region that must have been moved towards magenta: two pictures of the same size differ somehow. */
const MAGENTA = 0.95;

/** Replaces the region that the last picture marks in one of the others, where the prompt speaks of marks. */
export async function editRegion(prompt: string, canvas: Canvas): Promise<Raster | null> {
  if (!speaksOfMarks.test(prompt)) return null;
  const { pictures, width, height } = canvas;
  const copy = pictures.at(-1);
  const found = copy && pictures.slice(0, -1).flatMap((picture) => markedIn(picture, copy) ?? [])[0];
  if (!found) return null;
  const [picture, place] = [await fit(found.picture, width, height), await canvas.place()];
  const soft = await softened(found.region, width, height);
  const share = (x: number, y: number) => (soft.data[4 * (y * width + x)] ?? 0) / 255;
  const fresh = (x: number, y: number) => pixelOf(place, x, y);
  const kept = reencoded(
    canvas,
    (x, y) => pixelOf(picture, x, y),
    fresh,
    (x, y) => share(x, y) === 0,
  );
  return painted(width, height, (x, y, at) => mixed(kept(x, y, at), fresh(x, y), share(x, y)));
}

function markedIn(picture: Raster | null, copy: Raster): { picture: Raster; region: Plane } | null {
  const region = picture && markedRegion(picture, copy);
  if (!region) return null;
  let [count, moved] = [0, 0];
  for (let i = 0, at = 0; i < region.values.length; i += 1, at += 4) {
    if (region.values[i] === 0) continue;
    count += 1;
    const by = (channel: number) => (copy.data[at + channel] ?? 0) - (picture.data[at + channel] ?? 0);
    if (by(0) >= 0 && by(1) <= 1 && by(2) >= 0) moved += 1;
  }
  return moved >= MAGENTA * count ? { picture, region } : null;
}

/** The region as a picture of the answer's size, white inside, whose edge is a few px wide. */
async function softened({ width, height, values }: Plane, wide: number, high: number): Promise<Raster> {
  const hard = painted(width, height, (x, y) => {
    const level = 255 * (values[y * width + x] ?? 0);
    return [level, level, level];
  });
  return resize(await resize(hard, Math.ceil(wide / 4), Math.ceil(high / 4)), wide, high);
}
