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
  // Four of the figure's patches side by side: each number of the picture's is fetched and converted once for all four.
  const four = new Float64Array(4 * dimensions);
  const found = new Float32Array(figure.grid ** 2).fill(-1);
  for (let first = 0; first < cells.length; first += 4) {
    const own = cells.slice(first, first + 4);
    own.forEach((cell, i) => {
      for (let k = 0; k < dimensions; k += 1) four[4 * k + i] = figure.vectors[cell * dimensions + k] ?? 0;
    });
    const best = bestOfFour(four, picture.vectors);
    own.forEach((cell, i) => (found[cell] = best[i] ?? -1));
  }
  return found;
}

/** @param four the first number of each of four patches, then the second of each, ... */
function bestOfFour(four: Float64Array, others: Float32Array): number[] {
  let [best0, best1, best2, best3] = [-1, -1, -1, -1];
  for (let other = 0; other < others.length;) {
    let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
    for (let k = 0; k < four.length; k += 4, other += 1) {
      const value = others[other] ?? 0;
      sum0 += (four[k] ?? 0) * value;
      sum1 += (four[k + 1] ?? 0) * value;
      sum2 += (four[k + 2] ?? 0) * value;
      sum3 += (four[k + 3] ?? 0) * value;
    }
    best0 = Math.max(best0, sum0);
    best1 = Math.max(best1, sum1);
    best2 = Math.max(best2, sum2);
    best3 = Math.max(best3, sum3);
  }
  return [best0, best1, best2, best3];
}

/** Mean of the lowest `share` of the values (at least one): what is missing touches few patches, which a mean hides. */
export function lowestMean(values: readonly number[], share: number): number {
  const lowest = [...values].sort((a, b) => a - b).slice(0, Math.max(1, Math.round(share * values.length)));
  return lowest.reduce((sum, value) => sum + value, 0) / lowest.length;
}
