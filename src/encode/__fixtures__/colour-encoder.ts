import { resize } from '../../image/codec.js';
import { flatten, padSquare, type Raster } from '../../image/raster.js';
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
  embed: (crops) => Promise.all(crops.map(async (crop) => countColours(await square(crop), 0, 0, SIDE))),
};

const GRID = 8;

/** The same, with the colours of each of 8 x 8 patches beside. */
export const patchColours: Encoder = {
  ...colourEncoder,
  sha256: 'd'.repeat(64),
  patches: { grid: GRID, dimensions: 64 },
  embedPatches: (crops) =>
    Promise.all(
      crops.map(async (crop) => {
        const data = await square(crop);
        const vectors = new Float32Array(GRID * GRID * 64);
        const step = SIDE / GRID;
        for (let i = 0; i < GRID * GRID; i += 1)
          vectors.set(countColours(data, (i % GRID) * step, Math.floor(i / GRID) * step, step), i * 64);
        return vectors;
      }),
    ),
};

const SIDE = 32;

async function square(crop: Raster): Promise<Uint8ClampedArray> {
  const padded = padSquare(flatten(crop));
  return (padded.width === SIDE ? padded : await resize(padded, SIDE, SIDE, 'cubic')).data;
}

function countColours(data: Uint8ClampedArray, left: number, top: number, size: number): Float32Array {
  const counts = new Float32Array(64);
  for (let y = top; y < top + size; y += 1) {
    for (let x = left; x < left + size; x += 1) {
      const p = (y * SIDE + x) * 4;
      const [red = 0, green = 0, blue = 0] = data.subarray(p, p + 3);
      if (Math.min(red, green, blue) > 240) continue;
      const bin = (red >> 6) * 16 + (green >> 6) * 4 + (blue >> 6);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  return normalised(counts.map(Math.sqrt));
}
