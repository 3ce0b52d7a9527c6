import type { Plane } from '../../image/plane.js';

/** Nothing to see: luma hardly varies over the whole picture (standard deviation below 4 of 255). */
export function isBlank(contrast: number): boolean {
  return contrast * 255 < 4;
}

/** Uniform bars on opposite sides, each at least 3 % of the height or width: a picture inside a picture. */
export function isLetterboxed(plane: Plane): boolean {
  const { width, height } = plane;
  const row = (y: number) => isUniform(plane, y * width, 1, width);
  const column = (x: number) => isUniform(plane, x, width, height);
  const barred = (size: number, uniform: (at: number) => boolean) => {
    const bar = Math.ceil(size * 0.03);
    const depth = Array.from({ length: bar }, (_, i) => i);
    // A picture that is uniform throughout has no bars; it is blank.
    return depth.every((i) => uniform(i) && uniform(size - 1 - i)) && !uniform(size >> 1);
  };
  return barred(height, row) || barred(width, column);
}

function isUniform({ values }: Plane, start: number, step: number, count: number): boolean {
  let [sum, squares] = [0, 0];
  for (let i = 0, at = start; i < count; i += 1, at += step) {
    const value = values[at] ?? 0;
    sum += value;
    squares += value * value;
  }
  return squares / count - (sum / count) ** 2 < 9;
}
