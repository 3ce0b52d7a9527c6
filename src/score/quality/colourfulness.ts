import type { Raster } from '../../image/raster.js';

/**
 * 0 for grey, about 15 for slightly and 82 for highly colourful pictures, 109 for extreme ones.
 * Source: Hasler & Süsstrunk, "Measuring colourfulness in natural images", Proc. SPIE 5007, 2003.
 */
export function colourfulness({ data }: Raster): number {
  let [sumRg, sumYb, squaresRg, squaresYb] = [0, 0, 0, 0];
  for (let p = 0; p < data.length; p += 4) {
    const [r, g, b] = [data[p] ?? 0, data[p + 1] ?? 0, data[p + 2] ?? 0];
    const rg = r - g;
    const yb = (r + g) / 2 - b;
    sumRg += rg;
    sumYb += yb;
    squaresRg += rg * rg;
    squaresYb += yb * yb;
  }
  const n = data.length / 4;
  const [meanRg, meanYb] = [sumRg / n, sumYb / n];
  const variance = squaresRg / n - meanRg ** 2 + squaresYb / n - meanYb ** 2;
  return Math.sqrt(Math.max(0, variance)) + 0.3 * Math.hypot(meanRg, meanYb);
}
