import { sheetCaptions } from './captions.js';
import type { Character } from './character.js';
import { anatomyOf } from './figure/anatomy.js';
import { figure } from './figure/figure.js';
import { Ink } from './ink.js';
import { lights } from './light.js';
import { type Drawing, onWhite, type Order, outlinePage, pageOf, swayOf, whitePaper, yawOf } from './page.js';
import { at } from './path.js';
import { bell } from './vary.js';

/** One alone on plain white: a cutout, or a sheet with the front at the left and the back at the right. */
export function composeSheet({ pixels, reading, plan, random }: Order, character: Character): Drawing {
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
  const art = `${whitePaper(width, height)}${views}${sheet ? sheetCaptions(reading.captions, width, height) : ''}`;
  return {
    svg: ink.document([width, height], pixels, art),
    finish: onWhite,
    alone: [outlinePage(ink, [width, height], views)],
  };
}
