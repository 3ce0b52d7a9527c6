/**
 * OKLCh (Björn Ottosson, "A perceptual color space for image processing", 2020): lightness 0-1, chroma 0 to about .3,
 * hue in degrees. Turning the hue here changes neither lightness nor chroma, so that a planted hue is only that.
 */
export interface Colour {
  readonly l: number;
  readonly c: number;
  readonly h: number;
}

export const INK: Colour = { l: 0.22, c: 0.02, h: 270 };
export const PAPER: Colour = { l: 0.97, c: 0.01, h: 90 };

export function turned(colour: Colour, degrees: number): Colour {
  return { ...colour, h: (((colour.h + degrees) % 360) + 360) % 360 };
}

/** Lighter for positive `by`, darker for negative. */
export function lighter(colour: Colour, by: number): Colour {
  return { ...colour, l: Math.min(0.98, Math.max(0.08, colour.l + by)) };
}

/** `#rrggbb`; what sRGB cannot show loses chroma, not hue. */
export function hex({ l, c, h }: Colour): string {
  for (let chroma = c; ; chroma *= 0.92) {
    const channels = linear(l, chroma * Math.cos((h * Math.PI) / 180), chroma * Math.sin((h * Math.PI) / 180));
    if (chroma > 0.001 && channels.some((channel) => channel < -0.0005 || channel > 1.0005)) continue;
    return `#${channels.map((channel) => coded(channel).toString(16).padStart(2, '0')).join('')}`;
  }
}

function linear(lightness: number, a: number, b: number): [number, number, number] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function coded(value: number): number {
  const inside = Math.min(1, Math.max(0, value));
  return Math.round(255 * (inside <= 0.0031308 ? 12.92 * inside : 1.055 * inside ** (1 / 2.4) - 0.055));
}
