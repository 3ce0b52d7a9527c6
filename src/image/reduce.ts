import { resize } from './codec.js';
import { flatten, type Raster } from './raster.js';

/**
 * The opaque copy (on white) whose short side is `side` px, shrunk or enlarged (Lanczos). Measures that depend on the
 * size of detail are taken from this copy, so that the same picture at 1K and at 4K measures the same.
 */
export async function reduce(raster: Raster, side = 512): Promise<Raster> {
  const flat = flatten(raster);
  const scale = side / Math.min(raster.width, raster.height);
  if (scale === 1) return flat;
  return resize(flat, Math.round(raster.width * scale), Math.round(raster.height * scale));
}
