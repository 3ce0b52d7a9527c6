import type { Character } from '../character.js';
import { closed, num, type Point, round } from '../path.js';

/** Where the parts of a character are, in figure units: feet at the origin, y up is negative, about 100 units tall. */
export interface Anatomy {
  hip: number;
  torso: { y: number; rx: number; ry: number };
  shoulder: { x: number; y: number };
  head: { y: number; rx: number; ry: number };
  arm: number;
  leg: number;
  limb: number;
  /** Top of the head without antennae and ears. */
  top: number;
}

export function anatomyOf(character: Character): Anatomy {
  const leg = 19 * character.legLength;
  const ry = 15.5 * character.torsoHeight;
  const rx = 16 * character.torsoWidth;
  const hip = -leg + 1;
  const torsoY = hip - ry + 2;
  const headRy = 16 * character.headHeight;
  const headY = torsoY - ry - headRy - 0.5;
  return {
    hip,
    torso: { y: torsoY, rx, ry },
    shoulder: {
      x: rx * (character.torsoShape === 'dome' || character.torsoShape === 'pear' ? 0.78 : 0.93),
      y: torsoY - ry * 0.5,
    },
    head: { y: headY, rx: 20.5 * character.headWidth, ry: headRy },
    arm: 27 * character.armLength,
    leg,
    limb: 7.6 * character.limbWidth,
    top: headY - headRy,
  };
}

/** A place on the body: `angle` degrees from the front, seen under `yaw`. */
export function around(angle: number, yaw: number): { across: number; depth: number } {
  const turn = ((angle + yaw) * Math.PI) / 180;
  return { across: Math.sin(turn), depth: Math.cos(turn) };
}

/** The outline of a head or torso. */
export function solid(shape: Character['headShape'], y: number, rx: number, ry: number): string {
  if (shape === 'box') return round(0, y, rx, ry, 4.6);
  if (shape === 'round') return round(0, y, rx, ry, 2.15);
  if (shape === 'bucket') return trapezoid(y, rx * 1.03, rx * 0.8, ry);
  if (shape === 'pear') return trapezoid(y, rx * 0.72, rx * 1.08, ry);
  return `M${num(-rx)} ${num(y + ry * 0.72)}C${num(-rx)} ${num(y - ry * 0.6)} ${num(-rx * 0.7)} ${num(y - ry)} 0 ${num(y - ry)}S${num(rx)} ${num(y - ry * 0.6)} ${num(rx)} ${num(y + ry * 0.72)}Q${num(rx)} ${num(y + ry)} ${num(rx * 0.75)} ${num(y + ry)}L${num(-rx * 0.75)} ${num(y + ry)}Q${num(-rx)} ${num(y + ry)} ${num(-rx)} ${num(y + ry * 0.72)}Z`;
}

function trapezoid(y: number, top: number, bottom: number, ry: number): string {
  const side = (sign: number): Point[] => [
    [sign * top * 0.8, y - ry],
    [sign * top, y - ry * 0.72],
    [sign * (top + bottom) * 0.505, y],
    [sign * bottom, y + ry * 0.72],
    [sign * bottom * 0.8, y + ry],
  ];
  return closed([...side(1), ...side(-1).reverse()]);
}
