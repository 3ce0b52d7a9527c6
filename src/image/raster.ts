/** Decoded pixels: RGBA, 8 bits a channel, sRGB, row by row from the top left; `data.length === width * height * 4`. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** A rectangle in pixels of some raster; the right and bottom edges are exclusive. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** As the record keeps boxes: [x, y, width, height] in whole pixels. */
export function edges({ x, y, width, height }: Box): number[] {
  return [x, y, width, height].map(Math.round);
}

/** A raster of one colour (channels 0-255). */
export function filled(width: number, height: number, [r, g, b, a]: readonly [number, number, number, number]): Raster {
  const data = new Uint8ClampedArray(width * height * 4);
  // Four bytes at a time, in memory order: a pixel by pixel `set` is some thirty times slower.
  const pixel = new Uint32Array(Uint8Array.of(r, g, b, a).buffer)[0] ?? 0;
  new Uint32Array(data.buffer).fill(pixel);
  return { width, height, data };
}

/** A word of memory for each pixel, red in its lowest byte and alpha in its highest; a view of `data` where that is aligned. */
export function pixelWords(data: Uint8ClampedArray): Int32Array {
  const aligned = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Int32Array(aligned.buffer, aligned.byteOffset, data.length / 4);
}

/** Whether no pixel lets anything through: four bytes at a time, as `filled`. */
function isOpaque(data: Uint8ClampedArray): boolean {
  const pixels = pixelWords(data);
  let all = -1;
  for (let i = 0; i < pixels.length; i += 1) all &= pixels[i] ?? -1;
  return all >>> 24 === 255;
}

/** The pixels inside `box`, which must lie inside the raster and hold whole pixels. */
export function crop(raster: Raster, box: Box): Raster {
  const { x, y, width, height } = box;
  if (x < 0 || y < 0 || width < 1 || height < 1 || x + width > raster.width || y + height > raster.height) {
    throw new RangeError(`crop ${JSON.stringify(box)} leaves the ${raster.width}x${raster.height} raster`);
  }
  const data = new Uint8ClampedArray(width * height * 4);
  for (let row = 0; row < height; row += 1) {
    const from = ((y + row) * raster.width + x) * 4;
    data.set(raster.data.subarray(from, from + width * 4), row * width * 4);
  }
  return { width, height, data };
}

/** Copies `source` onto `target` with its top left corner at (x, y); what falls outside is left out. */
export function paste(target: Raster, source: Raster, x: number, y: number): void {
  for (let row = Math.max(0, -y); row < Math.min(source.height, target.height - y); row += 1) {
    const first = Math.max(0, -x);
    const last = Math.min(source.width, target.width - x);
    if (last <= first) return;
    const from = (row * source.width + first) * 4;
    const pixels = source.data.subarray(from, from + (last - first) * 4);
    target.data.set(pixels, ((y + row) * target.width + x + first) * 4);
  }
}

/** Pads to a square with the picture in the middle; never cuts anything off (a centre crop would). */
export function padSquare(
  raster: Raster,
  colour: readonly [number, number, number, number] = [255, 255, 255, 255],
): Raster {
  const side = Math.max(raster.width, raster.height);
  if (raster.width === side && raster.height === side) return raster;
  const square = filled(side, side, colour);
  paste(square, raster, Math.floor((side - raster.width) / 2), Math.floor((side - raster.height) / 2));
  return square;
}

/** Laid over a plain colour, so that every pixel is opaque. The raster itself when it already is. */
export function flatten(raster: Raster, [r, g, b]: readonly [number, number, number] = [255, 255, 255]): Raster {
  const { data } = raster;
  if (isOpaque(data)) return raster;
  const flat = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = (data[i + 3] ?? 0) / 255;
    flat[i] = r + ((data[i] ?? 0) - r) * alpha;
    flat[i + 1] = g + ((data[i + 1] ?? 0) - g) * alpha;
    flat[i + 2] = b + ((data[i + 2] ?? 0) - b) * alpha;
    flat[i + 3] = 255;
  }
  return { width: raster.width, height: raster.height, data: flat };
}
