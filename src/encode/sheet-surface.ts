/** Three channels that change smoothly over a picture: for each the factors of 1, x, y, x², xy, y². */
export type Surface = readonly (readonly number[])[];

export type Colour = readonly [number, number, number];

/** A colour at a place; x and y go from -1 to 1 over the picture. */
export interface Spot {
  x: number;
  y: number;
  colour: Colour;
}

const TERMS = 6;
const COLUMNS = TERMS + 3;

/** Distance of a colour from the surface at a place. */
export function distanceFrom(surface: Surface, x: number, y: number, colour: Colour): number {
  let sum = 0;
  for (let c = 0; c < 3; c += 1) {
    const k = surface[c] ?? [];
    const value =
      (k[0] ?? 0) + x * ((k[1] ?? 0) + (k[3] ?? 0) * x + (k[4] ?? 0) * y) + y * ((k[2] ?? 0) + (k[5] ?? 0) * y);
    sum += ((colour[c] ?? 0) - value) ** 2;
  }
  return Math.sqrt(sum);
}

/**
 * The surface through most of the spots: least squares with outliers given ever less weight (Geman-McClure, its scale
 * halved each time: graduated non-convexity, Yang et al., IEEE RA-L 5(2), 2020). The last scale is .02.
 */
export function fitSurface(spots: readonly Spot[]): Surface {
  let surface: Surface = [];
  for (let scale = 0.64; scale >= 0.02; scale /= 2) {
    const before = surface;
    const first = before.length === 0;
    surface = leastSquares(spots, ({ x, y, colour }) =>
      first ? 1 : (1 + (distanceFrom(before, x, y, colour) / scale) ** 2) ** -2,
    );
  }
  return surface;
}

/** The normal equations of all channels at once, by Gauss-Jordan elimination. */
function leastSquares(spots: readonly Spot[], weightOf: (spot: Spot) => number): Surface {
  const system = Array.from({ length: TERMS }, () => new Float64Array(COLUMNS));
  let total = 0;
  const row = new Float64Array(COLUMNS);
  for (const spot of spots) {
    const { x, y, colour } = spot;
    row.set([1, x, y, x * x, x * y, y * y]);
    row.set(colour, TERMS);
    const weight = weightOf(spot);
    total += weight;
    for (let k = 0; k < TERMS; k += 1) {
      const equation = system[k] ?? row;
      const factor = weight * (row[k] ?? 0);
      for (let j = 0; j < COLUMNS; j += 1) equation[j] = (equation[j] ?? 0) + factor * (row[j] ?? 0);
    }
  }
  // A ridge under all but the constant: also a picture of one row or column has a solution, and no pivoting is needed.
  system.forEach((equation, k) => (equation[k] = (equation[k] ?? 0) + (k === 0 ? 1e-12 : 1e-4 * total + 1e-12)));
  system.forEach((pivot, k) => {
    system.forEach((equation) => {
      const factor = equation === pivot ? 0 : (equation[k] ?? 0) / (pivot[k] ?? 1);
      for (let j = k; j < COLUMNS; j += 1) equation[j] = (equation[j] ?? 0) - factor * (pivot[j] ?? 0);
    });
  });
  return [0, 1, 2].map((c) => system.map((equation, k) => (equation[TERMS + c] ?? 0) / (equation[k] ?? 1)));
}
