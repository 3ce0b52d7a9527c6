/** How a turned figure is seen: things sit on it by their angle, 0 in front, 90 at its left hand, 180 behind. */
export interface Projection {
  /** Degrees: 0 from the front, 180 from behind. */
  yaw: number;
}

/** Across the picture, -1 to 1, of a place at `angle` on a round body. */
export function across({ yaw }: Projection, angle: number): number {
  return Math.sin(((angle + yaw) * Math.PI) / 180);
}

/** Towards the viewer, 1, or away, -1. */
export function nearness({ yaw }: Projection, angle: number): number {
  return Math.cos(((angle + yaw) * Math.PI) / 180);
}

/** Half the seen width of something `width` wide and `depth` deep. */
export function halfWidth(projection: Projection, width: number, depth: number): number {
  return Math.hypot(width * nearness(projection, 0), depth * across(projection, 0)) / 2;
}

/** A piece of the figure; the nearer is drawn later. */
export interface Piece {
  near: number;
  svg: string;
}
