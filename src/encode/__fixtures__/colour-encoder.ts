import { resize } from '../../image/codec.js';
import { flatten, padSquare } from '../../image/raster.js';
import type { Encoder } from '../encoder.js';
import { normalised } from '../mean.js';

/**
 * An encoder with no model, for tests: which of 64 colours a crop shows, white paper left out. Deterministic; it tells
 * characters by their colours and, as a histogram is blind to place, knows nothing of their shape.
 */
export const colourEncoder: Encoder = {
  id: 'colours',
  sha256: 'c'.repeat(64),
  dimensions: 64,
  size: 32,
  mean: null,
  patches: null,
  patchMean: null,
  embedPatches: () => Promise.reject(new RangeError('colours have no patches')),
  embed: (crops) =>
    Promise.all(
      crops.map(async (crop) => {
        const square = padSquare(flatten(crop));
        const { data } = square.width === 32 ? square : await resize(square, 32, 32, 'cubic');
        const counts = new Float32Array(64);
        for (let p = 0; p < data.length; p += 4) {
          const [red = 0, green = 0, blue = 0] = data.subarray(p, p + 3);
          if (Math.min(red, green, blue) > 240) continue;
          const bin = (red >> 6) * 16 + (green >> 6) * 4 + (blue >> 6);
          counts[bin] = (counts[bin] ?? 0) + 1;
        }
        return normalised(counts.map(Math.sqrt));
      }),
    ),
};
