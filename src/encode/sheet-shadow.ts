import { connectedComponents } from '../image/components.js';
import type { Ink } from './sheet-ink.js';
import { isSoft } from './sheet-paper.js';

/** Shadows fall on the lowest part of what throws them. */
const LOWEST = 0.25;
/** No shadow is further from the paper than this (OKLab). */
const DARKEST = 0.35;

/** For each pixel of a sheet, whether it may belong to a soft shadow on the paper below a figure. */
export function shadowsIn({ mask, width, height }: Ink, distances: Float32Array): (i: number) => boolean {
  const { labels, components } = connectedComponents(mask, width, height);
  const tops = components.map(({ box }) => box.y + (1 - LOWEST) * box.height);
  return (i) => {
    const top = tops[(labels[i] ?? 0) - 1] ?? Infinity;
    return i >= top * width && (distances[i] ?? 1) <= DARKEST && isSoft(i, distances, width);
  };
}
