import { hex, lighter, type Colour } from './colour.js';

/** Collects the gradients of a picture and writes SVG elements with them. `prefix` keeps the ids of figures apart. */
export class Brush {
  private readonly gradients = new Map<string, string>();
  private clips = 0;
  private readonly clipPaths: string[] = [];

  constructor(
    private readonly prefix: string,
    private readonly style: { ink: number; shaded: boolean; line: Colour },
  ) {}

  /** A closed path, filled, with an ink line where the style has one. */
  path(d: string, colour: Colour, place = ''): string {
    return `<path d="${d}" ${this.fill(colour)}${this.line()}${transform(place)}/>`;
  }

  ellipse(x: number, y: number, rx: number, ry: number, colour: Colour): string {
    return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" ${this.fill(colour)}${this.line()}/>`;
  }

  /** A box about (x, y). */
  box(x: number, y: number, width: number, height: number, round: number, colour: Colour): string {
    return `<rect x="${n(x - width / 2)}" y="${n(y - height / 2)}" width="${n(width)}" height="${n(height)}" rx="${n(round)}" ${this.fill(colour)}${this.line()}/>`;
  }

  /** A line with round ends; the ink shows on both sides of it. */
  tube(d: string, width: number, colour: Colour): string {
    const stroke = (w: number, c: Colour) =>
      `<path d="${d}" fill="none" stroke="${hex(c)}" stroke-width="${n(w)}" stroke-linecap="round" stroke-linejoin="round"/>`;
    const light = this.style.shaded ? stroke(width * 0.35, lighter(colour, 0.06)) : '';
    return (
      (this.style.ink > 0 ? stroke(width + 2 * this.style.ink, this.style.line) : '') + stroke(width, colour) + light
    );
  }

  /** Elements shown inside a path only. */
  inside(d: string, elements: string): string {
    this.clips += 1;
    const id = `${this.prefix}c${this.clips}`;
    this.clipPaths.push(`<clipPath id="${id}"><path d="${d}"/></clipPath>`);
    return `<g clip-path="url(#${id})">${elements}</g>`;
  }

  /** The definitions that the elements refer to. */
  get definitions(): string {
    const gradients = [...this.gradients].map(([colours, id]) => {
      const [light, dark] = colours.split(' ');
      return `<linearGradient id="${id}" x1="0.2" y1="0" x2="0.8" y2="1"><stop offset="0.15" stop-color="${String(light)}"/><stop offset="1" stop-color="${String(dark)}"/></linearGradient>`;
    });
    return `<defs>${gradients.join('')}${this.clipPaths.join('')}</defs>`;
  }

  private fill(colour: Colour): string {
    if (!this.style.shaded) return `fill="${hex(colour)}"`;
    const colours = `${hex(lighter(colour, 0.05))} ${hex(lighter(colour, -0.1))}`;
    const id = this.gradients.get(colours) ?? `${this.prefix}g${this.gradients.size}`;
    this.gradients.set(colours, id);
    return `fill="url(#${id})"`;
  }

  private line(): string {
    const { ink, line } = this.style;
    return ink > 0 ? ` stroke="${hex(line)}" stroke-width="${n(ink)}" stroke-linejoin="round"` : '';
  }
}

/** A number short enough for SVG. */
export function n(value: number): string {
  return value.toFixed(2);
}

function transform(place: string): string {
  return place === '' ? '' : ` transform="${place}"`;
}
