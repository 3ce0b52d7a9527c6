import type { Plane } from './plane.js';
import type { Box } from './raster.js';

/** Resamples a plane by area: each new value is the exact mean of what it covers, at any scale, without a codec. */
export interface AreaSampler {
  /** `box` (in px of the plane, fractions too) as a plane of `width` x `height`; what lies outside counts as 0. */
  sample(box: Box, width: number, height: number): Plane;
}

/** Sums once (a summed-area table), so that many boxes of one plane cost little. */
export function areaSampler({ width, height, values }: Plane): AreaSampler {
  const row = width + 1;
  const sums = new Float64Array(row * (height + 1));
  for (let y = 0; y < height; y += 1) {
    let sum = 0;
    for (let x = 0; x < width; x += 1) {
      sum += values[y * width + x] ?? 0;
      sums[(y + 1) * row + x + 1] = (sums[y * row + x + 1] ?? 0) + sum;
    }
  }
  /** Sum of everything above and left of a point; between the table's points it is bilinear, as pixels are flat. */
  const sumTo = (x: number, y: number) => {
    const [left, top] = [Math.min(width - 1, Math.floor(x)), Math.min(height - 1, Math.floor(y))];
    const [across, down] = [x - left, y - top];
    const at = top * row + left;
    const above = (sums[at] ?? 0) * (1 - across) + (sums[at + 1] ?? 0) * across;
    const below = (sums[at + row] ?? 0) * (1 - across) + (sums[at + row + 1] ?? 0) * across;
    return above * (1 - down) + below * down;
  };
  const inside = (value: number, limit: number) => Math.max(0, Math.min(limit, value));
  return {
    sample(box, across, down) {
      const [cellWidth, cellHeight] = [box.width / across, box.height / down];
      const xs = Float64Array.from({ length: across + 1 }, (_, i) => inside(box.x + i * cellWidth, width));
      const out = new Float32Array(across * down);
      let above = xs.map((x) => sumTo(x, inside(box.y, height)));
      for (let y = 0; y < down; y += 1) {
        const below = xs.map((x) => sumTo(x, inside(box.y + (y + 1) * cellHeight, height)));
        for (let x = 0; x < across; x += 1) {
          const sum = (below[x + 1] ?? 0) - (below[x] ?? 0) - (above[x + 1] ?? 0) + (above[x] ?? 0);
          out[y * across + x] = sum / (cellWidth * cellHeight);
        }
        above = below;
      }
      return { width: across, height: down, values: out };
    },
  };
}
