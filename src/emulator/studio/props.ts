import { oklch } from './colour.js';
import { map } from './figure/limbs.js';
import { type Ink, tube } from './ink.js';
import { num, polygon, round } from './path.js';
import { rocks } from './places/valley.js';
import { snowPatches } from './places/woods.js';
import { plantedAxes } from './places/heights.js';
import { contact, group } from './places/scenery.js';
import type { Spot, Stage } from './places/stage.js';
import type { Plan } from './scene.js';

/** Loose things of the scene, behind and before those who stand at the spots. What a place is made of (bridge, hammock, trunks) it draws itself. */
export function looseThings(
  stage: Stage,
  plan: Pick<Plan, 'things' | 'planted'>,
  spots: readonly Spot[],
  held: boolean,
): { behind: string; before: string } {
  const has = (thing: Plan['things'][number]) => plan.things.includes(thing);
  const behind: string[] = [];
  const before: string[] = [];
  const [first, ...others] = spots;
  if (!first) throw new Error('nobody is there');
  const leftmost = others.reduce((best, spot) => (spot.x < best.x ? spot : best), first);
  const rightmost = others.reduce((best, spot) => (spot.x > best.x ? spot : best), first);
  const put = (spot: Spot, dx: number, dy: number, art: string) => {
    const unit = spot.size / 100;
    return group(spot.x + dx * unit, spot.y + dy * unit, art, unit);
  };
  if (has('snow')) behind.push(snowPatches(stage));
  if (has('rocks')) behind.push(rocks(stage, spots));
  if (has('axes') && plan.planted) behind.push(plantedAxes(stage, leftmost, rightmost));
  if (has('map') && !held)
    before.push(put(leftmost, -46, 2, `<g transform="scale(1 .5)">${map(stage.ink, 0, 0, 42, -14)}</g>`));
  if (has('lantern')) before.push(put(rightmost, 46, 0, lantern(stage.ink)));
  if (has('flag')) behind.push(put(leftmost, -42, 0, flag(stage.ink)));
  if (has('campfire')) before.push(put(...fireside(spots, rightmost), 4, campfire(stage.ink)));
  if (has('balloon')) behind.push(put(rightmost, 24, -44, balloon(stage.ink)));
  return { behind: behind.join(''), before: before.join('') };
}

/** At the right of everyone, or in the middle of those who left room for a fire: where, and how far beside. */
function fireside(spots: readonly Spot[], rightmost: Spot): [Spot, number] {
  const inOrder = [...spots].sort((a, b) => a.x - b.x);
  const gaps = inOrder.slice(1).map((right, i) => ({ right, wide: right.x - (inOrder[i]?.x ?? right.x) }));
  const widest = gaps.sort((a, b) => b.wide - a.wide)[0];
  if (!widest || widest.wide < widest.right.size * 1.2) return [rightmost, 58];
  return [widest.right, (-50 * widest.wide) / widest.right.size];
}

const red = oklch(0.6, 0.18, 28);

const lantern = (ink: Ink) =>
  `${contact(0, 0, 12)}<circle cy="-14" r="34" fill="${ink.glow([
    [0, oklch(0.95, 0.12, 85), 0.7],
    [1, oklch(0.9, 0.12, 80), 0],
  ])}"/>` +
  ink.felt(round(0, -13, 8, 11, 4), oklch(0.9, 0.13, 88), { shade: 'ball', fuzz: 1.4, shadow: 0.8 }) +
  ink.felt(round(0, -1.5, 9.5, 2.4, 4), oklch(0.35, 0.03, 250), { shade: 'slope' }) +
  ink.felt(round(0, -25, 8, 2.4, 4), oklch(0.35, 0.03, 250), { shade: 'slope' });

const flag = (ink: Ink) =>
  tube(
    [
      [0, 0],
      [0, -74],
    ],
    2.6,
    oklch(0.55, 0.06, 60),
  ) + ink.felt('M1 -73Q14 -78 24 -71T44 -70V-50Q34 -46 24 -51T1 -53Z', red, { shade: 'slope', fuzz: 1.4, shadow: 0.8 });

const campfire = (ink: Ink) => {
  const flame = (high: number, wide: number, hue: number) =>
    ink.felt(
      `M${-wide} -5Q${num(-wide * 1.1)} ${num(-high * 0.5)} 0 ${-high}Q${num(wide * 1.1)} ${num(-high * 0.5)} ${wide} -5Z`,
      oklch(0.6 + hue / 400, 0.17, hue),
      { shade: 'ball', fuzz: 1.4 },
    );
  const logs =
    tube(
      [
        [-14, -1],
        [12, -6],
      ],
      5.5,
      oklch(0.42, 0.06, 55),
    ) +
    tube(
      [
        [14, -1],
        [-12, -6],
      ],
      5.5,
      oklch(0.46, 0.06, 55),
    );
  return contact(0, 0, 18) + flame(34, 11, 40) + flame(25, 8, 65) + flame(15, 5, 90) + logs;
};

const balloon = (ink: Ink) =>
  `<path d="M0 0Q7 -22 12 -50" fill="none" stroke="#f4efe6" stroke-width=".9"/>${ink.felt(round(12, -68, 15, 18), red, { shade: 'ball', fuzz: 1.6, shadow: 1 })}${ink.felt(
    polygon([
      [9.5, -48],
      [14.5, -48],
      [12, -52],
    ]),
    red,
  )}`;
