import { decode } from '../../image/codec.js';
import type { Raster } from '../../image/raster.js';
import { readFileSync } from '../../lib/files.js';
import type { MetricInput } from '../metric.js';

/** A picture of this folder, decoded. */
export async function picture(name: string): Promise<Raster> {
  const { raster, reason } = await decode(readFileSync(new URL(name, import.meta.url)));
  if (!raster) throw new Error(`${name} ${reason}`);
  return raster;
}

/** What a metric is given for a case that asks for nothing, changed as the test needs. */
export function inputOf(image: Raster, changes: Partial<MetricInput> = {}): MetricInput {
  return {
    image,
    sha256: 'a'.repeat(64),
    case: { name: 'case', text: [], checklist: [] },
    requested: { aspectRatio: null, imageSize: null },
    sheets: [],
    withoutSheet: [],
    makesSheet: false,
    approved: null,
    kept: null,
    encoder: null,
    reader: { missing: 'no reader here' },
    calibrations: null,
    ...changes,
  };
}

/** A picture with each channel changed by a function of its value and place. */
export function changed(raster: Raster, change: (value: number, at: number) => number): Raster {
  const data = raster.data.map((value, at) => (at % 4 === 3 ? value : change(value, at)));
  return { ...raster, data };
}
