import type { Box } from './raster.js';

/** A set of touching pixels. */
export interface Component {
  box: Box;
  /** Pixels. */
  area: number;
}

/**
 * Groups the set pixels of a mask (row by row, non-zero is set) into 8-connected components.
 * `labels` holds 0 for unset pixels and i + 1 for those of `components[i]`, numbered in reading order.
 */
export function connectedComponents(
  mask: Uint8Array,
  width: number,
  height: number,
): { labels: Int32Array; components: Component[] } {
  const labels = new Int32Array(mask.length);
  const components: Component[] = [];
  const stack: number[] = [];
  const visit = (at: number, label: number) => {
    if (!mask[at] || labels[at] !== 0) return;
    labels[at] = label;
    stack.push(at);
  };
  for (let seed = 0; seed < mask.length; seed += 1) {
    if (!mask[seed] || labels[seed] !== 0) continue;
    const label = components.length + 1;
    let [left, right, top, bottom, area] = [width, -1, height, -1, 0];
    visit(seed, label);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const x = at % width;
      const y = (at - x) / width;
      area += 1;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
      for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row += 1) {
        for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column += 1) {
          visit(row * width + column, label);
        }
      }
    }
    components.push({ box: { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }, area });
  }
  return { labels, components };
}
