import { areaSampler } from './area.js';
import { luma, type Plane } from './plane.js';
import { flatten, type Raster } from './raster.js';

/** Luma of a pixel that is plainly white or black, 0-255; what lies between are the soft edges of a brush. */
const WHITE = 192;
const BLACK = 64;
/** A drawing with more between black and white than this share is a photo, or a map of depth, but no mask. */
const MOST_BETWEEN = 0.25;
/** Shapes whose ratios differ by more mark another picture, or another framing of it. */
const RATIO_TOLERANCE = 0.01;

/**
 * The region that a mask marks in a picture of `width` x `height` px: 1 for white, 0 for black or transparent. The mask may
 * have another size, but not another shape. Or the reason why it marks none.
 */
export function regionOf(
  mask: Raster,
  { width, height }: { width: number; height: number },
): { region: Plane; reason?: never } | { region?: never; reason: string } {
  const off = Math.abs(Math.log((mask.width * height) / (mask.height * width)));
  if (off > RATIO_TOLERANCE)
    return { reason: `has ${mask.width}x${mask.height} px, the picture ${width}x${height}: another shape` };
  const light = luma(flatten(mask, [0, 0, 0]));
  const share = (counts: (value: number) => boolean) =>
    light.values.reduce((sum, value) => sum + (counts(value) ? 1 : 0), 0) / light.values.length;
  const between = share((value) => value > BLACK && value < WHITE);
  if (between > MOST_BETWEEN)
    return { reason: `is neither black nor white in ${Math.round(100 * between)} % of its pixels` };
  const whole = { x: 0, y: 0, width: mask.width, height: mask.height };
  const { values } = areaSampler(light).sample(whole, width, height);
  const region = values.map((value) => (value >= 128 ? 1 : 0));
  const marked = region.reduce((sum, value) => sum + value, 0);
  if (marked === 0) return { reason: 'is all black: it marks nothing' };
  if (marked === region.length) return { reason: 'is all white: it keeps nothing' };
  return { region: { width, height, values: region } };
}

/** A region (1 inside) and everything within `margin` px of it, along rows and columns. */
export function grown({ width, height, values }: Plane, margin: number): Plane {
  const across = spread(values, width, height, 1, width, margin);
  return { width, height, values: spread(across, height, width, width, 1, margin) };
}

/** Along each of `lines` lines of `length` values that are `step` apart. */
function spread(
  from: Float32Array,
  length: number,
  lines: number,
  step: number,
  between: number,
  margin: number,
): Float32Array {
  const out = new Float32Array(from.length);
  for (let line = 0; line < lines; line += 1) {
    for (const forwards of [true, false]) {
      let since = Infinity;
      for (let i = 0; i < length; i += 1) {
        const at = line * between + (forwards ? i : length - 1 - i) * step;
        since = (from[at] ?? 0) > 0 ? 0 : since + 1;
        if (since <= margin) out[at] = 1;
      }
    }
  }
  return out;
}
