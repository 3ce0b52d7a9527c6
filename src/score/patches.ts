/** A picture as a grid of vectors: `grid * grid` unit vectors, row by row, one after another. */
export interface PatchMap {
  grid: number;
  dimensions: number;
  vectors: Float32Array;
}

/**
 * Every patch of a figure with its best match in a picture, wherever that is: limbs move, figures turn. Only the figure's
 * side is masked, as in MaSC (arXiv 2605.22469): what of the figure is not in the picture lowers the value, what else
 * the picture holds does not.
 * @param cells indices of the figure's patches that count
 * @returns for each patch of the figure the best cosine with any patch of the picture; -1 outside the figure
 */
export function matchPatches(figure: PatchMap, cells: readonly number[], picture: PatchMap): Float32Array {
  const { dimensions } = figure;
  const [a, b] = [figure.vectors, picture.vectors];
  const found = new Float32Array(figure.grid ** 2).fill(-1);
  for (const i of cells) {
    const own = i * dimensions;
    let best = -1;
    for (let other = 0; other < b.length; other += dimensions) {
      // Four sums side by side: one would wait for itself.
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let k = 0;
      for (; k + 3 < dimensions; k += 4) {
        s0 += (a[own + k] ?? 0) * (b[other + k] ?? 0);
        s1 += (a[own + k + 1] ?? 0) * (b[other + k + 1] ?? 0);
        s2 += (a[own + k + 2] ?? 0) * (b[other + k + 2] ?? 0);
        s3 += (a[own + k + 3] ?? 0) * (b[other + k + 3] ?? 0);
      }
      for (; k < dimensions; k += 1) s0 += (a[own + k] ?? 0) * (b[other + k] ?? 0);
      const cosine = s0 + s1 + s2 + s3;
      if (cosine > best) best = cosine;
    }
    found[i] = best;
  }
  return found;
}

/** Mean of the lowest `share` of the values (at least one): what is missing touches few patches, which a mean hides. */
export function lowestMean(values: readonly number[], share: number): number {
  const lowest = [...values].sort((a, b) => a - b).slice(0, Math.max(1, Math.round(share * values.length)));
  return lowest.reduce((sum, value) => sum + value, 0) / lowest.length;
}
