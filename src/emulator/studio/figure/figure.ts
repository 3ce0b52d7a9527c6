import type { Character } from '../character.js';
import type { Ink } from '../ink.js';
import { num } from '../path.js';
import { anatomyOf, around } from './anatomy.js';
import { head } from './head.js';
import { arms, axe, legs, map } from './limbs.js';
import { limbsOf, type Stance } from './stance.js';
import { backpack, scarf, tail, torso } from './torso.js';

/** The whole character, feet at the origin, in figure units (about 100 high). Parts lie over one another as the yaw says. */
export function figure(ink: Ink, character: Character, stance: Stance): string {
  const body = anatomyOf(character);
  const { yaw, sway } = stance;
  const behind = around(0, yaw).depth < 0;
  const limbs = arms(ink, character, body, stance);
  const [left, right] = limbs;
  const held = holding(ink, stance, body, left?.hand ?? [0, 0], right?.hand ?? [0, 0]);
  const under = limbs.filter((arm) => !arm.before).map((arm) => arm.art);
  const over = limbs.filter((arm) => arm.before).map((arm) => arm.art);
  const mapBehind = stance.holding === 'map' && behind;
  const tilt = num(sway.head * 2.2);
  const parts = [
    tail(character, body, yaw),
    mapBehind ? held : '',
    ...under,
    legs(ink, character, body, stance),
    torso(ink, character, body, yaw),
    behind ? backpack(ink, character, body, yaw) : '',
    stance.holding === 'axes' ? held : '',
    stance.pose === 'ears' ? '' : over.join(''),
    `<g transform="rotate(${tilt} 0 ${num(body.head.y + body.head.ry)})">${head(ink, character, body, stance)}</g>`,
    scarf(character, body),
    stance.holding === 'map' && !behind ? held + limbs.map((arm) => arm.art).join('') : '',
    stance.pose === 'ears' ? over.join('') : '',
  ];
  return `<g transform="rotate(${num(limbsOf[stance.pose].lean * (around(0, yaw).across < -0.2 ? -1 : 1))})">${parts.join('')}</g>`;
}

function holding(
  ink: Ink,
  stance: Stance,
  body: ReturnType<typeof anatomyOf>,
  left: readonly [number, number],
  right: readonly [number, number],
): string {
  if (stance.holding === 'map') {
    if (stance.pose !== 'read') return map(ink, right[0] + 4, right[1] + 7, 26, 14);
    const middle = (left[0] + right[0]) / 2;
    return map(ink, middle, (left[1] + right[1]) / 2 - 5, right[0] - left[0] + body.limb * 1.6);
  }
  if (stance.holding === 'axes') {
    const turn = stance.pose === 'climb' ? [4, 20] : stance.pose === 'raise' ? [-12, 12] : [-20, 20];
    return (
      axe(ink, left[0], left[1], turn[0] ?? 0, 1.15, stance.pose === 'climb' ? 1 : -1) +
      axe(ink, right[0], right[1], turn[1] ?? 0, 1.15)
    );
  }
  return '';
}
