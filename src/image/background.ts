import { connectedComponents } from './components.js';
import { oklab } from './oklab.js';
import type { Raster } from './raster.js';

/** OKLab distance from the background beyond which a pixel is something drawn; pale shadows on white stay below. */
const THRESHOLD = 0.05;

/** The median colour of the outermost pixels, each channel for itself, 0-255. */
export function borderColour({ width, height, data }: Raster): [red: number, green: number, blue: number] {
  const channels: [number[], number[], number[]] = [[], [], []];
  const add = (x: number, y: number) => channels.forEach((list, c) => list.push(data[(y * width + x) * 4 + c] ?? 0));
  for (let x = 0; x < width; x += 1) [0, height - 1].forEach((y) => add(x, y));
  for (let y = 1; y < height - 1; y += 1) [0, width - 1].forEach((x) => add(x, y));
  const middle = (list: number[]) => list.sort((a, b) => a - b)[list.length >> 1] ?? 0;
  return [middle(channels[0]), middle(channels[1]), middle(channels[2])];
}

/** 1 where a pixel visibly differs from `colour` (opaque rasters), else 0. */
export function drawnMask({ width, height, data }: Raster, colour: readonly [number, number, number]): Uint8Array {
  const mask = new Uint8Array(width * height);
  const [l0, a0, b0] = oklab(...colour);
  for (let i = 0, p = 0; i < mask.length; i += 1, p += 4) {
    const [r, g, b] = [data[p] ?? 0, data[p + 1] ?? 0, data[p + 2] ?? 0];
    // Most pixels of a sheet are exactly its background: no cube roots for them.
    if (r === colour[0] && g === colour[1] && b === colour[2]) continue;
    const [l, a, bb] = oklab(r, g, b);
    if ((l - l0) ** 2 + (a - a0) ** 2 + (bb - b0) ** 2 > THRESHOLD ** 2) mask[i] = 1;
  }
  return mask;
}

/** 1 for the plain background: pixels of the border's colour that are connected with the border. */
export function backgroundMask(raster: Raster, colour = borderColour(raster)): Uint8Array {
  const { width, height } = raster;
  const plain = drawnMask(raster, colour).map((drawn) => 1 - drawn);
  const { labels, components } = connectedComponents(plain, width, height);
  const outside = components.map(
    ({ box }) => box.x === 0 || box.y === 0 || box.x + box.width === width || box.y + box.height === height,
  );
  return plain.map((_, i) => (outside[(labels[i] ?? 0) - 1] ? 1 : 0));
}

/** The mask of a picture that stands on a plain background (three fifths of its border are), or `undefined`. */
export function plainBackground(raster: Raster, colour = borderColour(raster)): Uint8Array | undefined {
  const { width, height } = raster;
  const mask = backgroundMask(raster, colour);
  let [set, all] = [0, 0];
  for (let i = 0; i < mask.length; i += 1) {
    const x = i % width;
    const y = (i - x) / width;
    if (x > 0 && y > 0 && x < width - 1 && y < height - 1) continue;
    all += 1;
    set += mask[i] ?? 0;
  }
  return set >= 0.6 * all ? mask : undefined;
}
