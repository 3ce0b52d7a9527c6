import { Brush, n } from './brush.js';
import { lighter } from './colour.js';
import { drawHead } from './head.js';
import { heightOf, type Identity } from './identity.js';
import { drawLimbs, JOINTS, type Bends } from './limbs.js';
import { across, nearness, type Projection } from './projection.js';
import { drawTorso, shoulderHalf } from './torso.js';

export interface Pose extends Projection {
  bends: Bends;
}

/** As on a sheet. */
export const AT_REST = { bends: Array.from({ length: JOINTS }, () => 0) };

/** A figure as SVG in its own units: it stands on (0, 0), y downwards; `heightOf` says how high it reaches. */
export function drawFigure(identity: Identity, pose: Pose, prefix: string): string {
  const { head, torso, legs, palette } = identity;
  const line = lighter({ ...palette.torso, c: 0.04 }, 0.2 - palette.torso.l);
  const brush = new Brush(prefix, { ...identity, line });
  const foot = -legs.length * 0.96;
  const top = foot - torso.height;
  const pieces = [
    ...drawTorso(brush, identity, pose, (top + foot) / 2),
    ...drawLimbs(brush, identity, pose, pose.bends, { top, foot, half: shoulderHalf(identity, pose) }),
    drawHead(brush, identity, pose, {
      x: across(pose, 0) * head.ahead * torso.depth,
      y: top + head.sunk - head.height / 2,
      near: head.ahead === 0 ? 0.4 : 0.95 * nearness(pose, 0),
    }),
  ];
  const drawn = pieces.sort((a, b) => a.near - b.near).map(({ svg }) => svg);
  return brush.definitions + drawn.join('');
}

/**
 * Places a figure in a picture: its middle at (x, y) px, `size` px high as `base` would be at rest, so that what grew or
 * shrank does so in the picture too. `roll` in degrees.
 */
export function placed(
  figure: string,
  base: Identity,
  { x, y, size, roll, mirror }: { x: number; y: number; size: number; roll: number; mirror: boolean },
): string {
  const height = heightOf(base);
  const scale = size / height;
  return `<g transform="translate(${n(x)} ${n(y)}) rotate(${n(roll)}) scale(${(mirror ? -scale : scale).toFixed(4)} ${scale.toFixed(4)}) translate(0 ${n(height / 2)})">${figure}</g>`;
}
