import type { Random } from '../../lib/random.js';
import type { Character } from './character.js';
import type { Finish } from './felt.js';
import { anatomyOf } from './figure/anatomy.js';
import { figure } from './figure/figure.js';
import type { Stance } from './figure/stance.js';
import { caption, captionWidth } from './glyphs.js';
import { Ink } from './ink.js';
import { type LightLook, lights } from './light.js';
import { at } from './path.js';
import { places } from './places/index.js';
import { contact } from './places/scenery.js';
import type { Stage } from './places/stage.js';
import { looseThings } from './props.js';
import type { Reading } from './reading/reading.js';
import type { View } from './reading/words.js';
import type { Plan } from './scene.js';
import { bell } from './vary.js';

/** A flat drawing and how the felt pass should finish it. */
export interface Drawing {
  svg: string;
  finish: Finish;
}

interface Order {
  /** The picture in pixels. */
  pixels: readonly [number, number];
  reading: Reading;
  plan: Plan;
  character: Character;
  /** Layout of the place, and the small differences from sample to sample. */
  random: Random;
}

export function compose(order: Order): Drawing {
  return order.plan.layout === 'scene' ? composeScene(order) : composeStudio(order);
}

/** Everything is laid out on a page 768 units high, whatever its size in pixels. */
const pageOf = ([width, height]: readonly [number, number]): [number, number] => [(width / height) * 768, 768];

const yawOf: Record<View, number> = { front: 0, back: 180, front34: 38, rear34: 140, side: 90 };

function composeScene({ pixels, reading, plan, character, random }: Order): Drawing {
  const [width, height] = pageOf(pixels);
  const light = swayed(lights[plan.light], random);
  const ink = new Ink(light.rim, light.rimStrength);
  const things = new Set(plan.things);
  const stage: Stage = {
    ink,
    width,
    height,
    light,
    random,
    things,
    position: reading.position,
    distance: reading.distance,
  };
  const { back, front, spot } = places[plan.place](stage);
  const tall = -anatomyOf(character).top / 80;
  const size = spot.size * (1 + bell(random) * 0.035);
  const placed = { ...spot, size, x: spot.x + bell(random) * width * 0.008 };
  const toRight = plan.pose === 'climb' || plan.pose === 'point' || placed.x < width * 0.6;
  const yaw =
    yawOf[plan.view] * (toRight ? 1 : -1) +
    bell(random) * (plan.view === 'front' || plan.view === 'back' ? 3 : 7) +
    (plan.pose === 'point' && plan.view === 'front' ? 24 : 0);
  const stance: Stance = {
    pose: plan.pose,
    yaw,
    eyesClosed: plan.pose === 'sleep',
    holding: plan.holding,
    sway: swayOf(random),
  };
  const loose = looseThings(stage, plan, placed);
  const scale = size / 100 / Math.max(1, tall * 0.9);
  const shadow = plan.pose === 'climb' || plan.pose === 'sleep' ? '' : contact(placed.x, placed.y, size * 0.3);
  const actor = `<g ${at(placed.x, placed.y, scale, spot.turn ?? 0)}>${figure(ink, character, stance)}</g>`;
  const words = reading.captions
    .map((text, i) =>
      banner(
        text,
        width / 2,
        height * (0.1 + i * 0.09),
        Math.min(height * 0.055, (width * 0.8 * 6) / (text.length * 5.6)),
      ),
    )
    .join('');
  const svg = ink.document(
    [width, height],
    pixels,
    back + loose.behind + shadow + actor + loose.before + front + words,
  );
  return { svg, finish: { tint: light.tint, vignette: light.vignette, fibre: 1, keepWhite: false } };
}

/** On plain white: a cutout, or a sheet with the front at the left and the back at the right. */
function composeStudio({ pixels, reading, plan, character, random }: Order): Drawing {
  const [width, height] = pageOf(pixels);
  const light = lights.studio;
  const ink = new Ink(light.rim, light.rimStrength);
  const sheet = plan.layout === 'sheet';
  const units = Math.max(108, -anatomyOf(character).top + 22);
  const room = sheet ? 0.66 : 0.84;
  const wide = sheet ? width / 2.3 : width * 0.9;
  const scale = Math.min((height * room) / units, wide / 76) * (1 + bell(random) * 0.012);
  const foot = sheet ? height * 0.83 : (height + units * scale * 0.92) / 2;
  const sway = sheet ? { arm: bell(random) * 0.3, leg: 0, head: bell(random) * 0.2 } : swayOf(random);
  const one = (x: number, yaw: number) =>
    `<g ${at(x, foot, scale)}>${figure(ink, character, { pose: 'stand', yaw, eyesClosed: false, holding: null, sway })}</g>`;
  const views = sheet
    ? one(width * 0.28, 0) + one(width * 0.72, 180)
    : one(width / 2, plan.view === 'front' ? 0 : yawOf[plan.view]);
  const art = `<rect width="${width}" height="${height}" fill="#ffffff"/>${views}${sheet ? sheetCaptions(reading.captions, width, height) : ''}`;
  return {
    svg: ink.document([width, height], pixels, art),
    finish: { tint: [1, 1, 1], vignette: 0, fibre: 1, keepWhite: true },
  };
}

function sheetCaptions(captions: readonly string[], width: number, height: number): string {
  const dark = '#33302c';
  return captions
    .map((text) => {
      const isView = /\b(?:FRONT|BACK|REAR|SIDE)\b/.test(text);
      const x = isView ? width * (text.includes('FRONT') ? 0.28 : 0.72) : width / 2;
      const size = Math.min(
        height * (isView ? 0.04 : 0.058),
        ((isView ? width * 0.4 : width * 0.86) * 6) / (text.length * 5.6),
      );
      return caption(text, x, isView ? height * 0.945 : height * 0.095, size, dark);
    })
    .join('');
}

/** A caption on a strip of felt. */
function banner(text: string, x: number, y: number, size: number): string {
  const wide = captionWidth(text, size) + size * 1.6;
  return `<rect x="${x - wide / 2}" y="${y - size * 1.45}" width="${wide}" height="${size * 1.9}" rx="${size * 0.4}" fill="#f3ead8"/>${caption(text, x, y, size, '#3b332b')}`;
}

const swayOf = (random: Random): Stance['sway'] => ({ arm: bell(random), leg: bell(random), head: bell(random) });

/** The same light is never quite the same twice. */
function swayed(light: LightLook, random: Random): LightLook {
  const gain = 1 + bell(random) * 0.018;
  const warm = bell(random) * 0.012;
  const [red, green, blue] = light.tint;
  const sun =
    light.sun === null
      ? null
      : { ...light.sun, x: light.sun.x + bell(random) * 0.03, y: light.sun.y + bell(random) * 0.015 };
  return { ...light, sun, tint: [red * (gain + warm), green * gain, blue * (gain - warm)] };
}
