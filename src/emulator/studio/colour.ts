/** A colour in OKLCH (Ottosson 2020): lightness 0..1, chroma about 0..0.3, hue in degrees. */
export interface Colour {
  l: number;
  c: number;
  h: number;
}

export const oklch = (l: number, c: number, h: number): Colour => ({ l, c, h });

/** Moves a colour; lightness stays in 0..1 and chroma is never negative. */
export function shift(colour: Colour, by: Partial<Colour>): Colour {
  return {
    l: Math.min(1, Math.max(0, colour.l + (by.l ?? 0))),
    c: Math.max(0, colour.c + (by.c ?? 0)),
    h: (((colour.h + (by.h ?? 0)) % 360) + 360) % 360,
  };
}

/** Lightness, a and b of OKLab. */
export function toLab({ l, c, h }: Colour): [number, number, number] {
  return [l, c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
}

function fromLab([l, a, b]: readonly [number, number, number]): Colour {
  return { l, c: Math.hypot(a, b), h: ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360 };
}

/** Straight line in OKLab from `a` (0) to `b` (1). */
export function mix(a: Colour, b: Colour, share: number): Colour {
  const [from, to] = [toLab(a), toLab(b)];
  const between = (i: 0 | 1 | 2) => from[i] + (to[i] - from[i]) * share;
  return fromLab([between(0), between(1), between(2)]);
}

/** Distance in OKLab; 0.02 is just visible, 0.3 is another colour altogether. */
export function distance(a: Colour, b: Colour): number {
  const [from, to] = [toLab(a), toLab(b)];
  return Math.hypot(from[0] - to[0], from[1] - to[1], from[2] - to[2]);
}

const encodeGamma = (value: number) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);
const decodeGamma = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** `#rrggbb`, clipped to sRGB. Matrices: https://bottosson.github.io/posts/oklab/ */
export function hex(colour: Colour): string {
  const [l, a, b] = toLab(colour);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
  const digits = linear.map((value) => {
    const byte = Math.round(255 * Math.min(1, Math.max(0, encodeGamma(Math.max(0, value)))));
    return byte.toString(16).padStart(2, '0');
  });
  return `#${digits.join('')}`;
}

/** From sRGB bytes. */
export function fromRgb(red: number, green: number, blue: number): Colour {
  const [r, g, b] = [decodeGamma(red / 255), decodeGamma(green / 255), decodeGamma(blue / 255)];
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return fromLab([
    0.2104542553 * long + 0.793617785 * medium - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short,
  ]);
}
