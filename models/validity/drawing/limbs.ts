import { n, type Brush } from './brush.js';
import { INK, lighter, type Colour } from './colour.js';
import type { Identity } from './identity.js';
import { across, nearness, type Piece, type Projection } from './projection.js';

/** Degrees by which each joint is away from rest; two joints a limb, arms first. */
export type Bends = readonly number[];

/** Joints of the widest figure: two pairs of arms and two of legs. */
export const JOINTS = 16;

interface Point {
  x: number;
  y: number;
}

/** Arms at the shoulders and legs below the hip. `top` and `foot` are the y of the torso's ends, `half` half its width. */
export function drawLimbs(
  brush: Brush,
  { arms, legs, palette, torso }: Identity,
  projection: Projection,
  bends: Bends,
  { top, foot, half }: { top: number; foot: number; half: number },
): Piece[] {
  const pieces: Piece[] = [];
  const sides = [-1, 1];
  for (let pair = 0; pair < arms.pairs; pair += 1) {
    for (const side of sides) {
      const at = 82 * side;
      const joint = 4 * pair + (side + 1);
      const shoulder = {
        x: across(projection, at) * half * (0.94 - 0.06 * pair),
        y: top + torso.height * (0.16 + 0.26 * pair),
      };
      const rest = arms.style === 'wing' ? 14 : 20 + 22 * pair;
      const spread = Math.sign(across(projection, at)) || side;
      const first = spread * (rest + (bends[joint] ?? 0));
      const second = first + spread * ((bends[joint + 1] ?? 0) - 8);
      const near = nearness(projection, at) * 0.9 + 0.02;
      pieces.push({ near, svg: arm(brush, arms, palette, shoulder, first, second) });
    }
  }
  for (let pair = 0; pair < legs.pairs; pair += 1) {
    for (const side of sides) {
      const at = (legs.pairs === 1 ? 90 : 40 + 100 * pair) * side;
      const joint = 8 + 4 * pair + (side + 1);
      const hip = { x: across(projection, at) * half * 0.62, y: foot - legs.thickness * 0.5 };
      const lean = Math.sign(hip.x) * (bends[joint] ?? 0) * 0.7;
      const near = -0.5 + 0.3 * nearness(projection, at);
      pieces.push({ near, svg: leg(brush, legs, palette, hip, lean, lean - (bends[joint + 1] ?? 0) * 0.5) });
    }
  }
  return pieces;
}

function arm(
  brush: Brush,
  arms: Identity['arms'],
  palette: Identity['palette'],
  from: Point,
  a: number,
  b: number,
): string {
  const { length, thickness, style, hand } = arms;
  if (style === 'wing') {
    const d = `M0 0C${n(length * 0.32)} ${n(length * 0.2)} ${n(length * 0.28)} ${n(length * 0.8)} 0 ${n(length)}C${n(-length * 0.3)} ${n(length * 0.7)} ${n(-length * 0.25)} ${n(length * 0.2)} 0 0Z`;
    return brush.path(d, palette.limb, `translate(${n(from.x)} ${n(from.y)}) rotate(${n(-a)})`);
  }
  const elbow = along(from, a, length * 0.5);
  const wrist = along(elbow, b, length * 0.42);
  const tip = along(wrist, b, thickness * 0.6);
  return (
    limb(brush, style, [from, elbow, wrist], thickness, palette.limb) +
    drawHand(brush, hand, tip, b, thickness, palette)
  );
}

function leg(
  brush: Brush,
  legs: Identity['legs'],
  palette: Identity['palette'],
  from: Point,
  a: number,
  b: number,
): string {
  const { length, thickness, style, foot } = legs;
  const knee = along(from, a, length * 0.5);
  const ankle = along(knee, b, length * 0.45);
  const out = Math.sign(ankle.x) * thickness * 0.25;
  const sole = { x: ankle.x + out, y: ankle.y + thickness * 0.25 };
  const dark = lighter(palette.limb, -0.14);
  const feet = {
    shoe: () => brush.ellipse(sole.x, sole.y, thickness * 0.95, thickness * 0.55, palette.antenna),
    hoof: () => brush.box(sole.x, sole.y, thickness * 1.25, thickness, thickness * 0.2, dark),
    toes: () =>
      [-0.6, 0, 0.6]
        .map((at) => brush.ellipse(sole.x + at * thickness, sole.y, thickness * 0.38, thickness * 0.5, dark))
        .join(''),
  };
  return limb(brush, style, [from, knee, ankle], thickness, palette.limb) + feet[foot]();
}

function limb(
  brush: Brush,
  style: 'tube' | 'segments' | 'wing',
  points: readonly Point[],
  thickness: number,
  colour: Colour,
): string {
  if (style !== 'segments')
    return brush.tube(`M${points.map(({ x, y }) => `${n(x)} ${n(y)}`).join('L')}`, thickness, colour);
  const bones = points.slice(1).map((to, i) => bone(brush, points[i] ?? to, to, thickness, lighter(colour, -0.05 * i)));
  const joints = points
    .slice(0, -1)
    .map(({ x, y }) => brush.ellipse(x, y, thickness * 0.5, thickness * 0.5, lighter(colour, -0.16)));
  return bones.join('') + joints.join('');
}

function bone(brush: Brush, from: Point, to: Point, thickness: number, colour: Colour): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const turn = (Math.atan2(to.x - from.x, to.y - from.y) * 180) / Math.PI;
  const w = thickness * 0.42;
  const d = `M${n(-w)} 0H${n(w)}L${n(w * 1.15)} ${n(length)}H${n(-w * 1.15)}Z`;
  return brush.path(d, colour, `translate(${n(from.x)} ${n(from.y)}) rotate(${n(-turn)})`);
}

function drawHand(
  brush: Brush,
  hand: Identity['arms']['hand'],
  { x, y }: Point,
  turn: number,
  size: number,
  { antenna, limb }: Identity['palette'],
): string {
  if (hand === 'ball') return brush.ellipse(x, y, size * 0.72, size * 0.72, antenna);
  if (hand === 'mitten') {
    const thumb = along({ x, y }, turn + 100 * (Math.sign(turn) || 1), -size * 0.6);
    return (
      brush.ellipse(thumb.x, thumb.y, size * 0.32, size * 0.32, limb) +
      brush.ellipse(x, y, size * 0.65, size * 0.8, limb)
    );
  }
  const fingers = [-35, 35].map((spread) => {
    const end = along({ x, y }, turn + spread, size * 0.9);
    return brush.tube(`M${n(x)} ${n(y)}L${n(end.x)} ${n(end.y)}`, size * 0.32, lighter(antenna, -0.05));
  });
  return fingers.join('') + brush.ellipse(x, y, size * 0.5, size * 0.5, lighter(INK, 0.2));
}

/** The point `length` away in direction `turn`, degrees from straight down towards the right. */
function along({ x, y }: Point, turn: number, length: number): Point {
  const angle = (turn * Math.PI) / 180;
  return { x: x + Math.sin(angle) * length, y: y + Math.cos(angle) * length };
}
