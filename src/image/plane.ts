import type { Raster } from './raster.js';

/** One number per pixel, row by row from the top left; `values.length === width * height`. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Rec. 601 luma .299 R + .587 G + .114 B, 0-255, alpha ignored: flatten first. */
export function luma({ width, height, data }: Raster): Plane {
  const values = new Float32Array(width * height);
  for (let i = 0, p = 0; i < values.length; i += 1, p += 4) {
    values[i] = 0.299 * (data[p] ?? 0) + 0.587 * (data[p + 1] ?? 0) + 0.114 * (data[p + 2] ?? 0);
  }
  return { width, height, values };
}
