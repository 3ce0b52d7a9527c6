import type { Random } from '../../../lib/random.js';
import type { Ink } from '../ink.js';
import type { LightLook } from '../light.js';
import type { Thing } from '../reading/objects.js';
import type { Distance, Position } from '../reading/words.js';

/** What a place needs to be drawn. */
export interface Stage {
  ink: Ink;
  width: number;
  height: number;
  light: LightLook;
  /** Settles the layout: the same prompt and seed give the same hills. */
  random: Random;
  things: ReadonlySet<Thing>;
  position: Position | null;
  distance: Distance | null;
}

/** Where the figure goes. */
export interface Spot {
  x: number;
  y: number;
  /** Height of the figure in pixels. */
  size: number;
  turn?: number;
}

/** Where several can stand: from where to where across the picture, and at which height there, in pixels. */
export interface Floor {
  from: number;
  to: number;
  at: (x: number) => number;
  /** How much room there is before and behind one another: 1 a meadow, 0 a bridge. */
  deep: number;
}

/** A drawn place: what lies behind the figure, what lies before it, and where the figure stands. */
export interface Backdrop {
  back: string;
  front: string;
  spot: Spot;
  /** For several; a level floor where `spot` is unless given. */
  floor?: Floor;
  /** Where sleepers lie. */
  beds?: (count: number) => Spot[];
}

/** The figure's place across the picture, in pixels. */
export function acrossAt(stage: Stage, otherwise: Position): number {
  return stage.width * { left: 0.24, centre: 0.5, right: 0.76 }[stage.position ?? otherwise];
}

/** The figure's height in pixels; `medium` is what the place itself would choose, as a share of the picture's height. */
export function sizeAt(stage: Stage, medium: number): number {
  const factor = { close: 1.5, medium: 1, wide: 0.62 }[stage.distance ?? 'medium'];
  return Math.min(0.86, medium * factor) * stage.height;
}
