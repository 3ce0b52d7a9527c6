import { luma, type Plane } from '../image/plane.js';
import type { Raster } from '../image/raster.js';
import { reduce } from '../image/reduce.js';

/** A picture at the size at which it is measured, and its luma. */
export interface Reduced {
  raster: Raster;
  luma: Plane;
}

const known = new WeakMap<Raster, Promise<Reduced>>();

/** The copy of short side 512 px, made once per raster however many metrics ask. */
export function reduced(raster: Raster): Promise<Reduced> {
  const made = known.get(raster) ?? reduce(raster).then((small) => ({ raster: small, luma: luma(small) }));
  known.set(raster, made);
  return made;
}
