import { resize } from '../../image/codec.js';
import { flatten, padSquare } from '../../image/raster.js';
import type { Encoder } from '../encoder.js';
import { normalised } from '../mean.js';

/** An encoder with no model for tests: the mean colours of a 4 x 4 grid about mid-grey. Deterministic. */
export const colourEncoder: Encoder = {
  id: 'colour-grid',
  sha256: 'c'.repeat(64),
  dimensions: 48,
  size: 32,
  mean: null,
  embed: (crops) =>
    Promise.all(
      crops.map(async (crop) => {
        const { data } = await resize(padSquare(flatten(crop)), 4, 4, 'cubic');
        const colours = Float32Array.from(data, (value) => value - 127.5).filter((_, i) => i % 4 !== 3);
        return normalised(colours);
      }),
    ),
};
