import { luma, type Plane } from '../image/plane.js';
import type { Raster } from '../image/raster.js';
import { reduce } from '../image/reduce.js';

/** A picture at the size at which it is measured, and its luma, made when it is first asked for. */
export interface Reduced {
  raster: Raster;
  readonly luma: Plane;
}

const known = new WeakMap<Raster, Promise<Reduced>>();

/** The copy of short side 512 px, made once per raster however many metrics ask. */
export function reduced(raster: Raster): Promise<Reduced> {
  const made = known.get(raster) ?? reduce(raster).then(withLuma);
  known.set(raster, made);
  return made;
}

function withLuma(raster: Raster): Reduced {
  let plane: Plane | undefined;
  return {
    raster,
    get luma() {
      plane ??= luma(raster);
      return plane;
    },
  };
}
