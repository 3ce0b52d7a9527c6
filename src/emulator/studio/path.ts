/** A point on the page: x to the right, y down. */
export type Point = readonly [number, number];

/** A number as SVG writes it, to a hundredth. */
export const num = (value: number) => String(Math.round(value * 100) / 100);

function segments(points: readonly Point[], at: (index: number) => Point, count: number): string {
  let path = '';
  for (let i = 0; i < count; i += 1) {
    const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    path += `C${num(from[0] + (to[0] - before[0]) / 6)} ${num(from[1] + (to[1] - before[1]) / 6)} ${num(to[0] - (after[0] - from[0]) / 6)} ${num(to[1] - (after[1] - from[1]) / 6)} ${num(to[0])} ${num(to[1])}`;
  }
  const first = points[0] ?? [0, 0];
  return `M${num(first[0])} ${num(first[1])}${path}`;
}

/** A smooth line through the points (Catmull-Rom as Bezier curves). */
export function open(points: readonly Point[]): string {
  const last = points.length - 1;
  const at = (index: number): Point => points[Math.min(last, Math.max(0, index))] ?? [0, 0];
  return segments(points, at, last);
}

/** A smooth closed outline through the points. */
export function closed(points: readonly Point[]): string {
  const at = (index: number): Point => points[(index + points.length) % points.length] ?? [0, 0];
  return `${segments(points, at, points.length)}Z`;
}

/** Straight edges through the points, closed. */
export const polygon = (points: readonly Point[]) => `M${points.map(([x, y]) => `${num(x)} ${num(y)}`).join('L')}Z`;

/** A smooth upper edge, closed along the straight line `bottom`. */
export function ground(points: readonly Point[], bottom: number): string {
  const [first, last] = [points[0] ?? [0, 0], points[points.length - 1] ?? [0, 0]];
  return `${open(points)}L${num(last[0])} ${num(bottom)}L${num(first[0])} ${num(bottom)}Z`;
}

/** A circle or, with exponents above 2, a box with round corners (superellipse). */
export function round(
  x: number,
  y: number,
  rx: number,
  ry: number,
  exponent = 2,
  steps = exponent > 2 ? 28 : 12,
): string {
  const points = Array.from({ length: steps }, (_, i): Point => {
    const turn = (i / steps) * 2 * Math.PI;
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    return [
      x + rx * Math.sign(c) * Math.abs(c) ** (2 / exponent),
      y + ry * Math.sign(s) * Math.abs(s) ** (2 / exponent),
    ];
  });
  return closed(points);
}

/** Attributes of a group moved to (x, y), turned by degrees and scaled. */
export const at = (x: number, y: number, scale = 1, turn = 0, flip = 1) =>
  `transform="translate(${num(x)} ${num(y)}) rotate(${num(turn)}) scale(${String(Math.round(scale * flip * 1e4) / 1e4)} ${String(Math.round(scale * 1e4) / 1e4)})"`;
