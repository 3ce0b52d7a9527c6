import type { Plane } from './plane.js';
import type { Raster } from './raster.js';

/**
 * How a region is shown to a model that takes no masks: a copy of the picture with the region half magenta and its
 * outline all magenta. Nothing else in the copy is changed, so the region can be read from the two pictures.
 */
const MARK = [255, 0, 255] as const;
/** Width of the outline as a share of the short side. */
const OUTLINE = 0.004;

/** The picture with a region of it marked, of the same size and opaque where the picture is. */
export function marked({ width, height, data }: Raster, region: Plane): Raster {
  const out = new Uint8ClampedArray(data);
  const line = Math.max(2, Math.round(OUTLINE * Math.min(width, height)));
  const inside = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < width && y < height && (region.values[y * width + x] ?? 0) > 0;
  for (let y = 0, i = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, i += 1) {
      if (!inside(x, y)) continue;
      const deep = inside(x - line, y) && inside(x + line, y) && inside(x, y - line) && inside(x, y + line);
      for (const [channel, mark] of MARK.entries()) {
        const value = data[4 * i + channel] ?? 0;
        out[4 * i + channel] = deep ? (value + mark) / 2 : mark;
      }
      // Magenta on magenta would not show where the region is.
      if (!differs(data, out, i)) out[4 * i + 1] = 1;
      out[4 * i + 3] = 255;
    }
  }
  return { width, height, data: out };
}

/** The region (1 inside, 0 outside) that is marked in a copy of the picture; `null` where the sizes differ or nothing is. */
export function markedRegion(picture: Raster, copy: Raster): Plane | null {
  const { width, height } = picture;
  if (copy.width !== width || copy.height !== height) return null;
  const values = new Float32Array(width * height);
  let count = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (!differs(picture.data, copy.data, i)) continue;
    values[i] = 1;
    count += 1;
  }
  return count > 0 ? { width, height, values } : null;
}

function differs(a: Uint8ClampedArray, b: Uint8ClampedArray, pixel: number): boolean {
  const at = 4 * pixel;
  return a[at] !== b[at] || a[at + 1] !== b[at + 1] || a[at + 2] !== b[at + 2];
}
