import type { Character } from './character.js';
import { anatomyOf } from './figure/anatomy.js';
import { limbsOf } from './figure/stance.js';
import type { Backdrop, Floor, Spot, Stage } from './places/stage.js';
import type { Part } from './scene.js';

/** Somebody who is drawn, and how. */
export interface Actor {
  character: Character;
  part: Part;
}

/** A figure of `size` is drawn this many times the figure units; tall characters are kept within the size. */
export const scaleOf = (character: Character, size: number) =>
  size / 100 / Math.max(1, (-anatomyOf(character).top / 80) * 0.9);

/** Shares of the width where a wish for a side puts somebody. */
const across = { left: 0.24, centre: 0.5, right: 0.76 };
/** Neighbours on one level may touch this little (1: not at all); behind one another they may overlap more. */
const CLOSE = 0.97;
const CLOSE_BEHIND = 0.68;
/** Nobody gets smaller than this share of their size before the rows close up. */
const SMALLEST = 0.62;

/** Where everyone stands: apart, on the sides they were asked for, some nearer than others, on the place's own ground. */
export function spotsOf(stage: Stage, backdrop: Backdrop, actors: readonly Actor[]): Spot[] {
  const { spot, beds } = backdrop;
  if (actors.length === 1) return [spot];
  const lying = actors.filter(({ part }) => part.pose === 'sleep');
  const free = beds ? beds(lying.length) : [];
  const standing = actors.filter((actor) => !(beds && lying.includes(actor)));
  const placed = line(stage, backdrop, standing);
  return actors.map((actor) => {
    const at = standing.indexOf(actor);
    return (at < 0 ? free[lying.indexOf(actor)] : placed[at]) ?? spot;
  });
}

interface Stand {
  /** Which actor stands here. */
  actor: number;
  /** Where it would like to be, and where it is, in pixels across. */
  wish: number;
  x: number;
  /** Before (1) or behind (-1) the middle of the floor. */
  depth: number;
  /** Half of the room it takes across, in pixels. */
  half: number;
  size: number;
}

function line(stage: Stage, { spot, floor, beds }: Backdrop, actors: readonly Actor[]): Spot[] {
  const { width, height } = stage;
  const ground: Floor = floor ?? { from: width * 0.05, to: width * 0.95, at: () => spot.y, deep: 1 };
  const wishOf = ({ position }: Part) => (position === null ? spot.x : across[position] * width);
  const order = actors
    .map((actor, i) => ({ ...actor, i, wish: wishOf(actor.part) }))
    .sort((a, b) => a.wish - b.wish || a.i - b.i);
  const stands = order.map(({ character, part, i, wish }, rank): Stand => {
    const depth =
      ground.deep * (part.depth === null ? (rank % 2 === 0 ? 0.3 : -0.3) : part.depth === 'near' ? 1 : -1.4);
    const size = spot.size * (1 + depth * 0.13);
    return { actor: i, wish, x: wish, depth, half: halfWidth(character, part) * scaleOf(character, size), size };
  });
  fit(stands, ground);
  spread(stands, Math.min(width * 0.06, (ground.to - ground.from - needed(stands)) / (stands.length + 1)));
  keepApart(stands, ground);
  const spots: Spot[] = [];
  for (const { actor, x, depth, size } of stands) {
    const y = Math.min(height * 0.975, ground.at(x) + depth * height * 0.045);
    spots[actor] = { x, y, size, ...(beds || spot.turn === undefined ? {} : { turn: spot.turn }) };
  }
  return spots;
}

/** Makes all of them smaller until they fit; where that is too small, they stand in two rows. */
function fit(stands: Stand[], { from, to, deep }: Floor): void {
  const shrink = (least: number) => {
    const by = Math.max(least, Math.min(1, (to - from) / needed(stands)));
    for (const stand of stands) {
      stand.size *= by;
      stand.half *= by;
    }
  };
  shrink(SMALLEST);
  if (needed(stands) > to - from) stands.forEach((stand, i) => (stand.depth = (i % 2 === 0 ? 0.6 : -0.9) * deep));
  shrink(0);
}

/** Those with one wish stand around it, `gap` pixels between them. */
function spread(stands: readonly Stand[], gap: number): void {
  for (const wish of new Set(stands.map((stand) => stand.wish))) {
    const group = stands.filter((stand) => stand.wish === wish);
    let x = 0;
    group.forEach((stand, i) => {
      x += i === 0 ? 0 : apart(group[i - 1], stand) + gap;
      stand.x = x;
    });
    for (const stand of group) stand.x += wish - x / 2;
  }
}

/** What all of them take side by side, in pixels. */
const needed = (stands: readonly Stand[]) =>
  stands.reduce((sum, stand, i) => sum + apart(stands[i - 1], stand), 0) +
  (stands[0]?.half ?? 0) +
  (stands[stands.length - 1]?.half ?? 0);

/** The distance between two neighbours that hardly cover one another. */
function apart(a: Stand | undefined, b: Stand): number {
  if (!a) return 0;
  return (a.half + b.half) * (Math.abs(a.depth - b.depth) > 0.9 ? CLOSE_BEHIND : CLOSE);
}

/** Pushes neighbours apart from left to right, then back from the right edge, so that all stay on the floor. */
function keepApart(stands: Stand[], { from, to }: Floor): void {
  stands.forEach((stand, i) => {
    const before = stands[i - 1];
    stand.x = Math.max(stand.x, before ? before.x + apart(before, stand) : from + stand.half);
  });
  for (let i = stands.length - 1; i >= 0; i -= 1) {
    const [stand, after] = [stands[i] as Stand, stands[i + 1]];
    stand.x = Math.min(stand.x, after ? after.x - apart(stand, after) : to - stand.half);
  }
}

/** Half of the room a figure takes across, in figure units. */
function halfWidth(character: Character, { pose, holding }: Part): number {
  const body = anatomyOf(character);
  const hands = limbsOf[pose].arms.map(
    ({ hand }) => body.shoulder.x + Math.max(0, hand[0]) * body.arm + body.limb * 0.7,
  );
  const ears = character.ears === 'bolts' ? 6 : 0;
  const tail = character.tail === 'long' ? body.torso.rx + 14 : 0;
  return Math.max(body.head.rx + ears, body.torso.rx, tail, ...hands) + (holding === null ? 0 : 5);
}
