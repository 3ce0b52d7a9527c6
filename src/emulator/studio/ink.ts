import { type Colour, hex, shift } from './colour.js';
import { closed, num, open, type Point } from './path.js';

/** How the light falls on a piece of felt: a needle-felted ball, a standing sheet, a rod, or nothing. */
export type Shade = 'ball' | 'slope' | 'rod' | 'flat';

export interface Felt {
  shade?: Shade;
  /** Depth of the shadow it throws on what lies behind, in pixels or figure units. */
  shadow?: number;
  /** Length of the fibres that stand off its edge. */
  fuzz?: number;
  /** A running stitch inside the edge: how far inside. */
  stitch?: number;
  stitchColour?: Colour;
}

/** Collects the gradients of one picture; every drawing function takes it and returns SVG. */
export class Ink {
  private readonly defs = new Map<string, string>();
  constructor(
    /** Colour of the light at the edges that face it. */
    readonly rim: Colour,
    readonly rimStrength: number,
  ) {}

  /** A paint for `colour` under the shade. */
  paint(colour: Colour, shade: Shade): string {
    if (shade === 'flat') return hex(colour);
    const id = `${shade}${hex(colour).slice(1)}`;
    if (!this.defs.has(id)) this.defs.set(id, gradient(id, colour, shade));
    return `url(#${id})`;
  }

  /** A gradient from top to bottom (or any direction, in shares of the shape's box). */
  fade(
    stops: readonly (readonly [number, Colour, number?])[],
    box: readonly [number, number, number, number] = [0, 0, 0, 1],
  ): string {
    const body = stops.map(([at, colour, opacity]) => stop(at, colour, opacity)).join('');
    return this.define(
      `<linearGradient x1="${box[0]}" y1="${box[1]}" x2="${box[2]}" y2="${box[3]}"`,
      `${body}</linearGradient>`,
    );
  }

  /** A round gradient from the middle of the shape outwards. */
  glow(stops: readonly (readonly [number, Colour, number?])[]): string {
    const body = stops.map(([at, colour, opacity]) => stop(at, colour, opacity)).join('');
    return this.define('<radialGradient', `${body}</radialGradient>`);
  }

  /** A clip path; gives the attribute. */
  clip(shape: string): string {
    return `clip-path="${this.define('<clipPath', `${shape}</clipPath>`)}"`;
  }

  /** A blur of `radius` in the units where it is used; gives the attribute. */
  blur(radius: number): string {
    const body = `<feGaussianBlur stdDeviation="${num(radius)}"/></filter>`;
    return `filter="${this.define('<filter x="-20%" y="-20%" width="140%" height="140%"', body)}"`;
  }

  /** One piece of felt: its shadow, the fibres at its edge, its face, a stitch and the rim light. */
  felt(
    path: string,
    colour: Colour,
    { shade = 'slope', shadow = 0, fuzz = 0, stitch = 0, stitchColour }: Felt = {},
  ): string {
    const parts: string[] = [];
    for (let ring = 3; shadow > 0 && ring >= 1; ring -= 1) {
      const wide = (shadow * ring * 2) / 3;
      parts.push(
        `<path d="${path}" transform="translate(${num(shadow * 0.35)} ${num(shadow * 0.5)})" fill="none" stroke="#10151c" stroke-opacity=".09" stroke-width="${num(wide)}" stroke-linejoin="round"/>`,
      );
    }
    if (fuzz > 0) {
      const lighter = hex(shift(colour, { l: 0.04 }));
      parts.push(
        `<path d="${path}" fill="none" stroke="${lighter}" stroke-opacity=".75" stroke-width="${num(fuzz)}" stroke-dasharray="${num(fuzz * 0.14)} ${num(fuzz * 0.3)}"/>`,
      );
    }
    parts.push(`<path d="${path}" fill="${this.paint(colour, shade)}"/>`);
    if (this.rimStrength > 0 && shade === 'ball') {
      parts.push(`<path d="${path}" fill="none" stroke="${this.rimPaint()}" stroke-width="1.1"/>`);
    }
    if (stitch > 0) parts.push(this.stitch(path, stitchColour ?? shift(colour, { l: 0.13, c: -0.01 }), stitch));
    return parts.join('');
  }

  /** A running stitch along a path, moved down by `inset`. */
  stitch(path: string, colour: Colour, inset: number, size = inset): string {
    return `<path d="${path}" transform="translate(0 ${num(inset)})" fill="none" stroke="${hex(colour)}" stroke-opacity=".7" stroke-width="${num(size * 0.22)}" stroke-linecap="round" stroke-dasharray="${num(size * 0.9)} ${num(size * 0.85)}"/>`;
  }

  /** The document around what was drawn in `box` units, to be shown at `pixels`. */
  document(box: readonly [number, number], pixels: readonly [number, number], body: string): string {
    const defs = [...this.defs.values()].join('');
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${pixels[0]}" height="${pixels[1]}" viewBox="0 0 ${num(box[0])} ${num(box[1])}" preserveAspectRatio="none"><defs>${defs}</defs>${body}</svg>`;
  }

  private rimPaint(): string {
    return this.fade(
      [
        [0, this.rim, this.rimStrength],
        [0.42, this.rim, 0],
      ],
      [0.1, 0, 0.75, 1],
    );
  }

  private define(head: string, tail: string): string {
    const key = head + tail;
    const id = `d${this.defs.size}`;
    const known = this.defs.get(key);
    if (known !== undefined) return `url(#${/id="(\w+)"/.exec(known)?.[1] ?? ''})`;
    this.defs.set(key, `${head} id="${id}">${tail}`);
    return `url(#${id})`;
  }
}

function stop(at: number, colour: Colour, opacity = 1): string {
  return `<stop offset="${num(at)}" stop-color="${hex(colour)}" stop-opacity="${num(opacity)}"/>`;
}

function gradient(id: string, colour: Colour, shade: Exclude<Shade, 'flat'>): string {
  const light = shift(colour, { l: 0.09, c: 0.005 });
  const dark = shift(colour, { l: -0.13, c: -0.005, h: -6 });
  if (shade === 'ball') {
    const stops = stop(0, light) + stop(0.55, colour) + stop(0.86, shift(colour, { l: -0.07 })) + stop(1, dark);
    return `<radialGradient id="${id}" cx=".42" cy=".36" r=".72" fx=".34" fy=".26">${stops}</radialGradient>`;
  }
  if (shade === 'rod') {
    const stops = stop(0, dark) + stop(0.3, light) + stop(0.6, colour) + stop(1, dark);
    return `<linearGradient id="${id}">${stops}</linearGradient>`;
  }
  const stops = stop(0, light) + stop(0.35, colour) + stop(1, shift(colour, { l: -0.1 }));
  return `<linearGradient id="${id}" x2=".15" y2="1">${stops}</linearGradient>`;
}

/** A felt shape through points. */
export const feltBlob = (ink: Ink, points: readonly Point[], colour: Colour, felt?: Felt) =>
  ink.felt(closed(points), colour, felt);

/** A soft tube: a limb, a strap, a rope. */
export function tube(points: readonly Point[], width: number, colour: Colour, outline = 0.14): string {
  const path = open(points);
  const line = (stroke: Colour, wide: number, opacity: number, dx = 0, dy = 0) =>
    `<path d="${path}" transform="translate(${num(dx)} ${num(dy)})" fill="none" stroke="${hex(stroke)}" stroke-opacity="${opacity}" stroke-width="${num(wide)}" stroke-linecap="round" stroke-linejoin="round"/>`;
  return (
    line(shift(colour, { l: -outline }), width, 1) +
    line(colour, width * 0.8, 1, -width * 0.05, -width * 0.06) +
    line(shift(colour, { l: 0.06 }), width * 0.42, 0.55, -width * 0.14, -width * 0.12) +
    line(shift(colour, { l: 0.11 }), width * 0.18, 0.5, -width * 0.18, -width * 0.15)
  );
}
