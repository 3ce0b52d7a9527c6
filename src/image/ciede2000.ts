import { linear } from './srgb.js';

/** Lightness 0-100, green-red and blue-yellow about -110 to 110. */
export type Lab = readonly [l: number, a: number, b: number];

/** CIE 1976 L*a*b* (D65, 2 degrees) of an sRGB colour (channels 0-255). Matrix and white: IEC 61966-2-1, unrounded. */
export function cielab(red: number, green: number, blue: number): [l: number, a: number, b: number] {
  const [r, g, b] = [linear[red] ?? 0, linear[green] ?? 0, linear[blue] ?? 0];
  const x = compress((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const y = compress(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = compress((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const compress = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);

const degree = Math.PI / 180;
const POWER = 25 ** 7;

/**
 * CIEDE2000 difference of two colours: 0 and up, 1 is just noticeable, 100 is black to white. All weights 1.
 * Source: Sharma, Wu, Dalal, "The CIEDE2000 color-difference formula: implementation notes, supplementary test data, and
 * mathematical observations", Color Research & Application 30(1), 2005; variables are named as there. Our own, as
 * colour libraries take and make an object for each pixel: 512 x 512 pairs of sRGB colours cost some 60 ms here.
 */
export function ciede2000([l1, a1, b1]: Lab, [l2, a2, b2]: Lab): number {
  const g = 0.5 * (1 - chromaWeight((length(a1, b1) + length(a2, b2)) / 2));
  const [x1, x2] = [(1 + g) * a1, (1 + g) * a2];
  const [c1, c2] = [length(x1, b1), length(x2, b2)];
  const [h1, h2] = [hue(x1, b1), hue(x2, b2)];
  const grey = c1 * c2 === 0;
  // The difference and the mean of two angles, the short way round; a grey has no hue of its own.
  const apart = h2 - h1;
  const turn = apart > 180 ? -360 : apart < -180 ? 360 : 0;
  const dh = grey ? 0 : apart + turn;
  const h = grey ? h1 + h2 : turn === 0 ? (h1 + h2) / 2 : h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;

  const dL = l2 - l1;
  const dC = c2 - c1;
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin((dh / 2) * degree);
  const c = (c1 + c2) / 2;
  const light = ((l1 + l2) / 2 - 50) ** 2;
  const t =
    1 -
    0.17 * Math.cos((h - 30) * degree) +
    0.24 * Math.cos(2 * h * degree) +
    0.32 * Math.cos((3 * h + 6) * degree) -
    0.2 * Math.cos((4 * h - 63) * degree);
  const lightness = dL / (1 + (0.015 * light) / Math.sqrt(20 + light));
  const chroma = dC / (1 + 0.045 * c);
  const hues = dH / (1 + 0.015 * c * t);
  const rotation = -2 * chromaWeight(c) * Math.sin(60 * degree * Math.exp(-(((h - 275) / 25) ** 2)));
  return Math.sqrt(lightness ** 2 + chroma ** 2 + hues ** 2 + rotation * chroma * hues);
}

/** √(c⁷ / (c⁷ + 25⁷)) */
function chromaWeight(c: number): number {
  const cubed = c * c * c;
  const power = cubed * cubed * c;
  return Math.sqrt(power / (power + POWER));
}

/** Several times as fast as `Math.hypot`, which guards against overflow. */
const length = (x: number, y: number) => Math.sqrt(x * x + y * y);

/** Degrees, 0-360. */
function hue(a: number, b: number): number {
  if (a === 0 && b === 0) return 0;
  const angle = Math.atan2(b, a) / degree;
  return angle < 0 ? angle + 360 : angle;
}
