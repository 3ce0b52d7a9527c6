import { n } from './brush.js';
import { hex, type Colour } from './colour.js';

/** Small things painted on a surface: without shade and ink line. */
export function paint(colour: Colour): string {
  return `fill="${hex(colour)}"`;
}

export function flatEllipse(x: number, y: number, rx: number, ry: number, colour: Colour): string {
  return `<ellipse cx="${n(x)}" cy="${n(y)}" rx="${n(rx)}" ry="${n(ry)}" ${paint(colour)}/>`;
}

/** A star of five points about (0, 0) as path data. */
export function star(radius: number): string {
  const points = Array.from({ length: 10 }, (_, i) => {
    const r = i % 2 === 0 ? radius : radius * 0.42;
    return `${n(r * Math.sin((i * Math.PI) / 5))} ${n(-r * Math.cos((i * Math.PI) / 5))}`;
  });
  return `M${points.join('L')}Z`;
}
