import type { Raster } from '../../../image/raster.js';
import { type Canvas, fit, painted, pixelOf } from './canvas.js';

const asksForStyle = /\b(?:style|look|manner) of (?:image|picture|photo) #?(\d+)\b/i;

/**
 * Gives a picture the colours of another one: mean and deviation of each channel.
 * Source: Reinhard, Ashikhmin, Gooch, Shirley, "Color transfer between images", IEEE CG&A 21(5), 2001; in sRGB here.
 */
export async function restyle(prompt: string, { pictures, width, height }: Canvas): Promise<Raster | null> {
  const number = Number(asksForStyle.exec(prompt)?.[1] ?? NaN) - 1;
  const style = pictures[number];
  const picture = pictures.find((each, i) => each !== null && i !== number);
  if (!style || !picture) return null;
  const [own, other] = [statisticsOf(picture), statisticsOf(style)];
  const fitted = await fit(picture, width, height);
  return painted(
    width,
    height,
    (x, y) =>
      pixelOf(fitted, x, y).map((value, channel) => {
        const [a, b] = [own[channel], other[channel]];
        return a && b ? b.mean + ((value - a.mean) * b.deviation) / Math.max(1, a.deviation) : value;
      }) as [number, number, number],
  );
}

function statisticsOf({ data }: Raster): { mean: number; deviation: number }[] {
  return [0, 1, 2].map((channel) => {
    let [sum, squares] = [0, 0];
    for (let at = channel; at < data.length; at += 4) {
      const value = data[at] ?? 0;
      sum += value;
      squares += value * value;
    }
    const count = data.length / 4;
    return { mean: sum / count, deviation: Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)) };
  });
}
