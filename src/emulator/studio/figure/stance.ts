import type { Point } from '../path.js';

export type Pose = 'stand' | 'read' | 'ears' | 'climb' | 'raise' | 'point' | 'push' | 'sleep' | 'wave' | 'sit' | 'walk';

/** How the character is seen in one picture. */
export interface Stance {
  pose: Pose;
  /** 0 front, 180 straight from behind, 140 three-quarter rear facing right, -140 facing left. Degrees. */
  yaw: number;
  eyesClosed: boolean;
  /** What the hands hold. */
  holding: 'map' | 'axes' | null;
  /** Small differences from picture to picture, each about ±1. */
  sway: { arm: number; leg: number; head: number };
}

/** One arm: where the hand goes, in arm lengths from the shoulder (x outwards, y down), and whether it passes before the body. */
interface Arm {
  hand: Point;
  /** In front of the chest (1), at the side (0), behind (-1): decides what covers what from each view. */
  depth: -1 | 0 | 1;
  bend: number;
}
interface Limbs {
  /** Screen-left, then screen-right. */
  arms: readonly [Arm, Arm];
  /** Feet from the hips, in leg lengths. */
  feet: readonly [Point, Point];
  lean: number;
}

const arm = (x: number, y: number, depth: -1 | 0 | 1 = 0, bend = 0.25): Arm => ({ hand: [x, y], depth, bend });
const both = (one: Arm): readonly [Arm, Arm] => [one, one];
const firm: readonly [Point, Point] = [
  [0.05, 1],
  [0.05, 1],
];

export const limbsOf: Record<Pose, Limbs> = {
  stand: { arms: both(arm(0.3, 0.86)), feet: firm, lean: 0 },
  read: { arms: both(arm(0.62, 0.06, 1, -0.5)), feet: firm, lean: 0 },
  ears: {
    arms: both(arm(0.12, -0.62, 0, 0.85)),
    feet: [
      [0.16, 1],
      [0.16, 1],
    ],
    lean: 0,
  },
  climb: {
    arms: [arm(0.5, -0.95, 0, 0.2), arm(0.62, -0.7, 0, 0.1)],
    feet: [
      [-0.1, 1.02],
      [0.6, 0.55],
    ],
    lean: 8,
  },
  raise: {
    arms: both(arm(0.72, -1.7, 0, 0.1)),
    feet: [
      [0.22, 1],
      [0.22, 1],
    ],
    lean: 0,
  },
  point: {
    arms: [arm(0.32, 0.8), arm(0.97, -0.22, 0, 0)],
    feet: [
      [0.1, 1],
      [0.18, 1],
    ],
    lean: 2,
  },
  push: {
    arms: both(arm(1, -0.06, 0, 0.06)),
    feet: [
      [0.34, 1],
      [0.34, 1],
    ],
    lean: 0,
  },
  sleep: { arms: both(arm(-0.2, 0.62, 1, 0.4)), feet: firm, lean: 0 },
  wave: { arms: [arm(0.3, 0.86), arm(0.6, -0.72, 0, 0.3)], feet: firm, lean: 0 },
  sit: {
    arms: both(arm(0.25, 0.78)),
    feet: [
      [0.35, 0.55],
      [0.35, 0.55],
    ],
    lean: 0,
  },
  walk: {
    arms: [arm(0.45, 0.72, 1), arm(0.4, 0.75, -1)],
    feet: [
      [0.3, 0.96],
      [0.34, 1],
    ],
    lean: 3,
  },
};
