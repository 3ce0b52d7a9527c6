import type { Random } from '../../lib/random.js';
import { banners, sheetCaptions } from './captions.js';
import { type Actor, scaleOf, spotsOf } from './blocking.js';
import { anatomyOf } from './figure/anatomy.js';
import { figure } from './figure/figure.js';
import type { Stance } from './figure/stance.js';
import { Ink } from './ink.js';
import { type LightLook, lights } from './light.js';
import { type Drawing, onWhite, type Order, outlinePage, pageOf, swayOf, whitePaper, yawOf } from './page.js';
import { at } from './path.js';
import { places } from './places/index.js';
import { contact } from './places/scenery.js';
import type { Backdrop, Spot, Stage } from './places/stage.js';
import { looseThings } from './props.js';
import type { Position } from './reading/words.js';
import { composeSheet } from './sheet.js';
import { bell } from './vary.js';

export function compose(order: Order): Drawing {
  const [first, ...others] = order.actors;
  if (!first) throw new Error('a picture shows somebody');
  return order.plan.layout === 'scene' || others.length > 0
    ? composeScene(order)
    : composeSheet(order, first.character);
}

/** A place with everyone in it; several on plain white are drawn as a scene without a place. */
function composeScene({ pixels, reading, plan, actors, random }: Order): Drawing {
  const [width, height] = pageOf(pixels);
  const inPlace = plan.layout === 'scene';
  const light = inPlace ? swayed(lights[plan.light], random) : lights.studio;
  const ink = new Ink(light.rim, light.rimStrength);
  const position = actors.length === 1 ? reading.position : positionOfAll(actors);
  const stage = stageOf({ pixels, reading, plan, random }, { ink, light, position });
  const backdrop = inPlace ? places[plan.place](stage) : plain(width, height);
  const spots = spotsOf(stage, backdrop, actors).map((spot): Spot => {
    const size = spot.size * (1 + bell(random) * 0.035);
    return { ...spot, size, x: spot.x + bell(random) * width * 0.008 };
  });
  const middle = actors.length === 1 ? width * 0.6 : spots.reduce((sum, { x }) => sum + x, 0) / spots.length;
  const drawn = actors.map(({ character, part: { pose, view, holding } }, i) => {
    const spot = spots[i] as Spot;
    const toRight = pose === 'climb' || pose === 'point' || spot.x < middle;
    const yaw =
      yawOf[view] * (toRight ? 1 : -1) +
      bell(random) * (view === 'front' || view === 'back' ? 3 : 7) +
      (pose === 'point' && view === 'front' ? 24 : 0) +
      (actors.length > 1 && view === 'front' ? (toRight ? TOWARDS : -TOWARDS) : 0);
    const stance: Stance = { pose, yaw, eyesClosed: pose === 'sleep', holding, sway: swayOf(random) };
    return { spot, character, stance };
  });
  const loose = looseThings(
    stage,
    plan,
    spots,
    actors.some(({ part }) => part.holding === 'map'),
  );
  const art = drawn.map(({ spot: { x, y, size, turn }, character, stance }) => {
    const onGround = inPlace && stance.pose !== 'climb' && stance.pose !== 'sleep';
    const scale = scaleOf(character, size);
    // One who sits among others sits on the ground.
    const down = actors.length > 1 && stance.pose === 'sit' ? anatomyOf(character).leg * 0.45 * scale : 0;
    const actor = `<g ${at(x, y + down, scale, turn ?? 0)}>${figure(ink, character, stance)}</g>`;
    return { y, shadow: onGround ? contact(x, y, size * 0.3) : '', actor };
  });
  const fromBack = [...art].sort((a, b) => a.y - b.y);
  const words = inPlace ? banners(reading.captions, width, height) : sheetCaptions(reading.captions, width, height);
  const shown = fromBack.map(({ shadow, actor }) => shadow + actor).join('');
  return {
    svg: ink.document(
      [width, height],
      pixels,
      backdrop.back + loose.behind + shown + loose.before + backdrop.front + words,
    ),
    finish: inPlace ? { tint: light.tint, vignette: light.vignette, fibre: 1, keepWhite: false } : onWhite,
    alone: art.map(({ actor }) => outlinePage(ink, [width, height], actor)),
  };
}

/** A place with nobody in it. */
export function composePlace({
  pixels,
  reading,
  plan,
  random,
}: Omit<Order, 'actors'>): Pick<Drawing, 'svg' | 'finish'> {
  const [width, height] = pageOf(pixels);
  const light = swayed(lights[plan.light], random);
  const ink = new Ink(light.rim, light.rimStrength);
  const stage = stageOf({ pixels, reading, plan, random }, { ink, light, position: reading.position });
  const { back, front } = places[plan.place](stage);
  return {
    svg: ink.document([width, height], pixels, back + front),
    finish: { tint: light.tint, vignette: light.vignette, fibre: 1, keepWhite: false },
  };
}

/** Those who are together look a little towards one another, in degrees. */
const TOWARDS = 13;

const plain = (width: number, height: number): Backdrop => ({
  back: whitePaper(width, height),
  front: '',
  spot: { x: width / 2, y: height * 0.88, size: height * 0.7 },
});

/** A scene is built around the side that all are asked to be on; around its middle where they differ or are many. */
function positionOfAll(actors: readonly Actor[]): Position | null {
  const [first, ...others] = new Set(actors.map(({ part }) => part.position));
  if (others.length > 0) return 'centre';
  return first ?? (actors.length > 2 ? 'centre' : null);
}

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

function stageOf(
  { pixels, reading, plan, random }: Omit<Order, 'actors'>,
  set: Pick<Stage, 'ink' | 'light' | 'position'>,
): Stage {
  const [width, height] = pageOf(pixels);
  return { ...set, width, height, random, things: new Set(plan.things), distance: reading.distance };
}
