import { resize } from './codec.js';
import { flatten, type Raster } from './raster.js';

/** No copy is longer, px. Reached by 8:1, the widest that is ever asked for; longer strips would only cost time. */
const LONGEST = 4096;
/** But a copy is no narrower: kernels need so much. */
const NARROWEST = 16;

/**
 * The opaque copy (on white) whose short side is `side` px, shrunk or enlarged (Lanczos). Measures that depend on the
 * size of detail are taken from this copy, so that the same picture at 1K and at 4K measures the same. Strips longer
 * than 8:1 stay narrower.
 */
export async function reduce(raster: Raster, side = 512): Promise<Raster> {
  const flat = flatten(raster);
  const [short, long] = [Math.min(raster.width, raster.height), Math.max(raster.width, raster.height)];
  const scale = Math.min(side / short, Math.max(LONGEST / long, NARROWEST / short));
  if (scale === 1) return flat;
  return resize(flat, Math.round(raster.width * scale), Math.round(raster.height * scale));
}
