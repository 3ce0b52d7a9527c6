/** A picture as a grid of vectors: `grid * grid` unit vectors, row by row, one after another. */
export interface PatchMap {
  grid: number;
  dimensions: number;
  vectors: Float32Array;
}

export interface Matches {
  /** For each patch of the figure the best cosine with any patch of the picture; -1 outside the figure. */
  found: Float32Array;
  /** For each patch of the picture the best cosine with any patch of the figure: where the figure is. */
  heat: Float32Array;
}

/**
 * Every patch of a figure with its best match in a picture, wherever that is: limbs move, figures turn. Only the figure's
 * side is masked, as in MaSC (arXiv 2605.22469): what of the figure is not in the picture lowers the value, what else
 * the picture holds does not.
 * @param cells indices of the figure's patches that count
 */
export function matchPatches(figure: PatchMap, cells: readonly number[], picture: PatchMap): Matches {
  const { dimensions } = figure;
  const [a, b] = [figure.vectors, picture.vectors];
  const found = new Float32Array(figure.grid ** 2).fill(-1);
  const heat = new Float32Array(picture.grid ** 2).fill(-1);
  for (const i of cells) {
    const own = i * dimensions;
    let best = -1;
    for (let j = 0; j < heat.length; j += 1) {
      const other = j * dimensions;
      let cosine = 0;
      for (let k = 0; k < dimensions; k += 1) cosine += (a[own + k] ?? 0) * (b[other + k] ?? 0);
      if (cosine > best) best = cosine;
      if (cosine > (heat[j] ?? 0)) heat[j] = cosine;
    }
    found[i] = best;
  }
  return { found, heat };
}

/** Mean of the lowest `share` of the values (at least one): what is missing touches few patches, which a mean hides. */
export function lowestMean(values: readonly number[], share: number): number {
  const lowest = [...values].sort((a, b) => a - b).slice(0, Math.max(1, Math.round(share * values.length)));
  return lowest.reduce((sum, value) => sum + value, 0) / lowest.length;
}
