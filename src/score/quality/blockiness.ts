import type { Plane } from '../../image/plane.js';
import { quantile } from '../../stats/summary.js';

/** JPEG and most video codecs work on blocks of this side. */
const BLOCK = 8;

/**
 * How much stronger luma steps are across the 8-pixel grid than beside it: 1 without compression artefacts, about 1.4
 * at JPEG quality 30. The median over all grid lines, so that drawn edges that happen to lie on some count little.
 * Only at native size, from a block's corner: resampling moves the grid.
 */
export function blockiness(plane: Plane): number {
  const ratios = [...gridRatios(columnSteps(plane)), ...gridRatios(rowSteps(plane))];
  return ratios.length > 0 ? quantile(ratios, 0.5) : 1;
}

/** For each grid line, its step over the mean step of the seven lines up to the next one. */
function gridRatios(steps: Float64Array): number[] {
  const ratios: number[] = [];
  for (let line = BLOCK - 1; line + BLOCK <= steps.length; line += BLOCK) {
    let beside = 0;
    for (let i = 1; i < BLOCK; i += 1) beside += (steps[line + i] ?? 0) / (BLOCK - 1);
    // Where nothing changes there is nothing to compare.
    if (beside > 0.05) ratios.push((steps[line] ?? 0) / beside);
  }
  return ratios;
}

/** Mean |Y(x) - Y(x + 1)| of each column with the next. */
function columnSteps({ width, height, values }: Plane): Float64Array {
  const steps = new Float64Array(width - 1);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0, at = y * width; x < width - 1; x += 1, at += 1) {
      steps[x] = (steps[x] ?? 0) + Math.abs((values[at] ?? 0) - (values[at + 1] ?? 0)) / height;
    }
  }
  return steps;
}

/** Mean |Y(y) - Y(y + 1)| of each row with the next. */
function rowSteps({ width, height, values }: Plane): Float64Array {
  const steps = new Float64Array(height - 1);
  for (let at = 0; at < width * (height - 1); at += 1) {
    const y = Math.floor(at / width);
    steps[y] = (steps[y] ?? 0) + Math.abs((values[at] ?? 0) - (values[at + width] ?? 0)) / width;
  }
  return steps;
}
