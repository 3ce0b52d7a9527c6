import type { Character } from '../character.js';
import { oklch, shift } from '../colour.js';
import { type Ink, tube } from '../ink.js';
import { at, num, type Point, round } from '../path.js';
import { type Anatomy, around } from './anatomy.js';
import { limbsOf, type Stance } from './stance.js';

export interface DrawnArm {
  art: string;
  hand: Point;
  /** Passes in front of the torso as the viewer sees it. */
  before: boolean;
}

/** Both arms, screen-left first. */
export function arms(ink: Ink, character: Character, body: Anatomy, stance: Stance): DrawnArm[] {
  const facing = around(0, stance.yaw);
  const narrow = Math.max(0.62, Math.abs(facing.depth));
  return limbsOf[stance.pose].arms.map((arm, i) => {
    const side = i === 0 ? -1 : 1;
    const start: Point = [side * body.shoulder.x * narrow, body.shoulder.y];
    const turn = facing.across * (arm.depth === 1 ? 0.34 : 0.06);
    const sway = stance.sway.arm * 0.05;
    const hand: Point = [
      start[0] + (side * (arm.hand[0] + sway * side) + turn) * body.arm,
      stance.pose === 'ears'
        ? body.head.y + body.head.ry * 0.15 + sway * 20
        : start[1] + (arm.hand[1] + sway) * body.arm,
    ];
    if (stance.pose === 'ears') {
      const onHead: Point = [side * body.head.rx * 0.98, hand[1]];
      return { art: armArt(ink, character, body, start, onHead, side, 0.5, 8), hand: onHead, before: true };
    }
    const before = arm.depth === 0 ? true : arm.depth * facing.depth > 0;
    return { art: armArt(ink, character, body, start, hand, side, arm.bend, 0), hand, before };
  });
}

function armArt(
  ink: Ink,
  character: Character,
  body: Anatomy,
  start: Point,
  hand: Point,
  side: number,
  bend: number,
  out: number,
): string {
  const middle: Point = [
    (start[0] + hand[0]) / 2 + side * (bend * body.arm * 0.32 + out),
    (start[1] + hand[1]) / 2 + Math.abs(bend) * body.arm * 0.16,
  ];
  const sleeve = tube([start, middle, hand], body.limb, character.limbColour);
  return sleeve + mitten(ink, character, hand, body.limb, side);
}

function mitten(ink: Ink, character: Character, [x, y]: Point, limb: number, side: number): string {
  const size = limb * 0.72;
  const felt = { shade: 'ball', fuzz: 1.2, shadow: 0.6 } as const;
  if (character.hands === 'ball') return ink.felt(round(x, y, size * 0.95, size * 0.95), character.handColour, felt);
  if (character.hands === 'claw') {
    return [-1, 1]
      .map((finger) =>
        ink.felt(round(x + finger * size * 0.6, y + size * 0.1, size * 0.5, size * 0.95), character.handColour, felt),
      )
      .join('');
  }
  const thumb = ink.felt(
    round(x - side * size * 0.8, y - size * 0.25, size * 0.42, size * 0.55),
    character.handColour,
    felt,
  );
  return thumb + ink.felt(round(x, y, size, size * 1.12, 2.6), character.handColour, felt);
}

/** Both legs with their boots. */
export function legs(ink: Ink, character: Character, body: Anatomy, stance: Stance): string {
  const facing = around(0, stance.yaw);
  return limbsOf[stance.pose].feet
    .map((foot, i) => {
      const side = i === 0 ? -1 : 1;
      const x = side * body.torso.rx * 0.46 * Math.max(0.7, Math.abs(facing.depth));
      const sway = stance.sway.leg * side * 0.8;
      const end: Point = [x + side * foot[0] * body.leg + sway, body.hip + foot[1] * (body.leg - 4)];
      const toe = facing.across * body.limb * 0.45;
      const boot = round(end[0] + toe, end[1] + 1.2, body.limb * 0.82, body.limb * 0.52, 2.6);
      const leg = tube(
        [[x, body.hip - 3], [(x + end[0]) / 2 + side * foot[0] * 3, (body.hip + end[1]) / 2], end],
        body.limb * 1.08,
        character.limbColour,
      );
      return leg + ink.felt(boot, character.handColour, { shade: 'ball', fuzz: 1.4, shadow: 0.8 });
    })
    .join('');
}

const wood = oklch(0.5, 0.07, 60);
const steel = oklch(0.72, 0.012, 240);

/** A felt ice axe; the origin is where it is held, the head points up. Planted, its lower end is in the snow. */
export function axe(ink: Ink, x: number, y: number, turn: number, size = 1, flip = 1, planted = false): string {
  const shaft = tube(
    [
      [0, planted ? 7 : 12],
      [0, -15],
    ],
    2.9,
    wood,
  );
  const head = 'M-7 -14.5Q-1 -19.5 5 -17.5L12.5 -12.2Q6 -14.6 2.5 -13.4L-6.5 -11.6Z';
  const grip = planted
    ? ''
    : tube(
        [
          [0, 7],
          [0, 12],
        ],
        3.6,
        oklch(0.55, 0.16, 28),
      );
  return `<g ${at(x, y, size, turn, flip)}>${shaft}${grip}${ink.felt(head, steel, { shade: 'slope', fuzz: 0.8, shadow: 0.7 })}</g>`;
}

/** A folded felt map, `wide` units across, with its middle at (x, y). */
export function map(ink: Ink, x: number, y: number, wide: number, turn = 0): string {
  const high = wide * 0.6;
  const [w, h] = [wide / 2, high / 2];
  const paper = oklch(0.9, 0.05, 90);
  const fold = (from: number, to: number, drop: number, light: number) =>
    ink.felt(
      `M${num(from)} ${num(-h + (light > 0 ? 0 : drop))}L${num(to)} ${num(-h + (light > 0 ? drop : 0))}V${num(h + (light > 0 ? drop : 0))}L${num(from)} ${num(h + (light > 0 ? 0 : drop))}Z`,
      shift(paper, { l: light }),
      { shade: 'slope', fuzz: 1, shadow: 0.7 },
    );
  const third = wide / 3;
  const sheets =
    fold(-w, -w + third, 2, 0.02) + fold(-w + third, -w + 2 * third, 2, -0.04) + fold(-w + 2 * third, w, 2, 0.02);
  const land =
    ink.felt(round(-w * 0.55, -h * 0.15, w * 0.3, h * 0.42, 1.7), oklch(0.68, 0.09, 150), { shade: 'flat' }) +
    ink.felt(round(w * 0.62, h * 0.2, w * 0.24, h * 0.4, 1.7), oklch(0.68, 0.08, 190), { shade: 'flat' });
  const route = `<path d="M${num(-w * 0.8)} ${num(h * 0.55)}Q${num(-w * 0.3)} ${num(-h * 0.1)} 0 ${num(h * 0.2)}T${num(w * 0.72)} ${num(-h * 0.4)}" fill="none" stroke="#b9402f" stroke-width="1.3" stroke-dasharray="2.6 2"/>`;
  const cross = `<path d="M${num(w * 0.66)} ${num(-h * 0.55)}l4 4m0 -4l-4 4" stroke="#b9402f" stroke-width="1.5"/>`;
  return `<g ${at(x, y, 1, turn)}>${sheets}${land}${route}${cross}</g>`;
}
