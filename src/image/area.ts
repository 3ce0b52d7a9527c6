import type { Plane } from './plane.js';
import type { Box } from './raster.js';

/** A plane that is resampled by area: each new value is the exact mean of what it covers, at any scale, without a codec. */
export interface AreaSampler extends Pick<Plane, 'width' | 'height'> {
  /** `box` (in px of the plane, fractions too) as a plane of `width` x `height`; what lies outside counts as 0. */
  sample(box: Box, width: number, height: number): Plane;
}

/** Sums once (a summed-area table), so that many boxes of one plane cost little. */
export function areaSampler({ width, height, values }: Plane): AreaSampler {
  const row = width + 1;
  const sums = new Float64Array(row * (height + 1));
  for (let y = 0, from = 0, to = row + 1; y < height; y += 1, to += 1) {
    let sum = 0;
    for (const end = from + width; from < end; from += 1, to += 1) {
      sum += values[from] ?? 0;
      sums[to] = (sums[to - row] ?? 0) + sum;
    }
  }
  const inside = (value: number, limit: number) => Math.max(0, Math.min(limit, value));
  return {
    width,
    height,
    sample(box, across, down) {
      const [cellWidth, cellHeight] = [box.width / across, box.height / down];
      const lefts = new Int32Array(across + 1);
      const rights = new Float64Array(across + 1);
      for (let i = 0; i <= across; i += 1) {
        const x = inside(box.x + i * cellWidth, width);
        const left = Math.min(width - 1, Math.floor(x));
        lefts[i] = left;
        rights[i] = x - left;
      }
      // Along each line between cells the sum of everything above and left; bilinear, as pixels are flat.
      const sumTo = new Float64Array(across + 1);
      const out = new Float32Array(across * down);
      for (let line = 0; line <= down; line += 1) {
        const y = inside(box.y + line * cellHeight, height);
        const top = Math.min(height - 1, Math.floor(y));
        const low = y - top;
        let leftSum = 0;
        let leftAbove = 0;
        for (let x = 0; x <= across; x += 1) {
          const left = lefts[x] ?? 0;
          const right = rights[x] ?? 0;
          const at = top * row + left;
          const upper = (sums[at] ?? 0) * (1 - right) + (sums[at + 1] ?? 0) * right;
          const lower = (sums[at + row] ?? 0) * (1 - right) + (sums[at + row + 1] ?? 0) * right;
          const sum = upper * (1 - low) + lower * low;
          const above = sumTo[x] ?? 0;
          if (line > 0 && x > 0) {
            out[(line - 1) * across + x - 1] = (sum - leftSum - above + leftAbove) / (cellWidth * cellHeight);
          }
          sumTo[x] = sum;
          leftSum = sum;
          leftAbove = above;
        }
      }
      return { width: across, height: down, values: out };
    },
  };
}
