/** What a handful of numbers looks like. All `null` where there are too few numbers to say. */
export interface Summary {
  n: number;
  mean: number | null;
  /** Sample standard deviation (n - 1); needs two numbers. */
  sd: number | null;
  min: number | null;
  median: number | null;
  max: number | null;
}

/** Arithmetic mean. @throws RangeError on an empty list */
export function mean(values: ArrayLike<number>): number {
  return sumOf(values, (value) => value) / atLeast(values, 1).length;
}

/** Arithmetic mean of what belongs together; `null` for an empty list, and unless all of it is there. */
export function wholeMean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === values.length && known.length > 0 ? mean(known) : null;
}

/** Sum of squares about the mean, in two passes so that a large mean costs no digits. */
export function sumOfSquares(values: ArrayLike<number>): number {
  const centre = mean(values);
  return sumOf(values, (value) => (value - centre) ** 2);
}

/** Sample standard deviation, n - 1 in the denominator. @throws RangeError below two numbers */
export function standardDeviation(values: ArrayLike<number>): number {
  return Math.sqrt(sumOfSquares(atLeast(values, 2)) / (values.length - 1));
}

/**
 * The value below which a share `p` (0-1) of the numbers lies, linearly between neighbours: type 7 of Hyndman & Fan,
 * "Sample quantiles in statistical packages", 1996; the default of R and NumPy. @throws RangeError on an empty list
 */
export function quantile(values: ArrayLike<number>, p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a quantile needs a share from 0 to 1, got ${p}`);
  const sorted = Float64Array.from(atLeast(values, 1)).sort();
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  // Equal neighbours first: an interpolation of a number with itself may be off by one bit.
  return low === high ? low : low + (high - low) * (position - below);
}

/** The middle number, or the mean of the two middle ones. @throws RangeError on an empty list */
export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

export function summarize(values: ArrayLike<number>): Summary {
  const n = values.length;
  if (n === 0) return { n, mean: null, sd: null, min: null, median: null, max: null };
  return {
    n,
    mean: mean(values),
    sd: n > 1 ? standardDeviation(values) : null,
    min: quantile(values, 0),
    median: median(values),
    max: quantile(values, 1),
  };
}

function sumOf(values: ArrayLike<number>, of: (value: number) => number): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += of(values[i] ?? NaN);
  return sum;
}

function atLeast(values: ArrayLike<number>, n: number): ArrayLike<number> {
  if (values.length < n) throw new RangeError(`needs at least ${n} number${n > 1 ? 's' : ''}, got ${values.length}`);
  return values;
}
