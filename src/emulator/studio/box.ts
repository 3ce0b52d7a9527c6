import { rasterizeSvg } from '../../image/codec.js';
import type { OutlinePage } from './page.js';

/** Where somebody is in a picture: top left corner and size, as shares (0..1) of its width and height. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Alpha from which a pixel counts as drawn. */
const DRAWN = 64;

/** The box around what is drawn on the page, to half a percent; `null` when nothing is. What hides it does not count. */
export async function boxOn({ svg, width, height }: OutlinePage): Promise<Box | null> {
  const { data } = await rasterizeSvg(svg, width, height);
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      if ((data[(y * width + x) * 4 + 3] ?? 0) < DRAWN) continue;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), y];
    }
  }
  if (right < 0) return null;
  return {
    x: left / width,
    y: top / height,
    width: (right + 1 - left) / width,
    height: (bottom + 1 - top) / height,
  };
}
