import type { Raster } from '../image/raster.js';

type Size = Pick<Raster, 'width' | 'height'>;

/** One byte a pixel, row by row: 1 where `test` holds for its index. */
export function maskOf({ width, height }: Size, test: (i: number) => boolean): Uint8Array {
  const mask = new Uint8Array(width * height);
  for (let i = 0; i < mask.length; i += 1) if (test(i)) mask[i] = 1;
  return mask;
}

/** Indices of the outermost pixels. */
export function borderOf({ width, height }: Size): number[] {
  const border: number[] = [];
  for (let x = 0; x < width; x += 1) border.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y += 1) border.push(y * width, y * width + width - 1);
  return border;
}

/** 1 for what is reached from the border, going from a pixel to those above, below and beside it, where `passes`. */
export function flood({ width, height }: Size, passes: (i: number) => boolean): Uint8Array {
  const reached = new Uint8Array(width * height);
  const stack: number[] = [];
  const visit = (i: number) => {
    if (reached[i] || !passes(i)) return;
    reached[i] = 1;
    stack.push(i);
  };
  borderOf({ width, height }).forEach(visit);
  for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
    const x = i % width;
    if (x > 0) visit(i - 1);
    if (x < width - 1) visit(i + 1);
    if (i >= width) visit(i - width);
    if (i < reached.length - width) visit(i + width);
  }
  return reached;
}
