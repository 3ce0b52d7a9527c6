import { oklch, shift } from '../colour.js';
import { axe } from '../figure/limbs.js';
import { closed, ground, num, open, type Point } from '../path.js';
import { cloud, cotton, dome, rock } from './relief.js';
import { between, group, sky, snowWhite } from './scenery.js';
import { acrossAt, type Backdrop, sizeAt, type Spot, type Stage } from './stage.js';

export const green = oklch(0.56, 0.085, 168);
const teal = oklch(0.52, 0.08, 195);
export const blue = oklch(0.5, 0.095, 245);
const stone = oklch(0.6, 0.012, 250);

/** A row of mountains at the horizon. */
export function farDomes(stage: Stage, foot: number): string {
  const { width, height, random } = stage;
  return [0.08, 0.34, 0.66, 0.94]
    .map((share, i) =>
      dome(
        stage,
        width * (share + between(random, -0.04, 0.04)),
        foot,
        width * between(random, 0.36, 0.42),
        height * between(random, 0.26, 0.4),
        i % 2 === 0 ? teal : blue,
        0.3,
        0.85,
      ),
    )
    .join('');
}

/** Snow-capped domes over a sea of clouds, seen from a cliff. */
export function mountains(stage: Stage): Backdrop {
  const { width, height, random } = stage;
  const x = acrossAt(stage, 'left');
  const side = x > width * 0.6 ? -1 : 1;
  const mid = (share: number) => (side === 1 ? share : 1 - share) * width;
  const back = [
    sky(stage),
    farDomes(stage, height * 0.66),
    cotton(stage, height * 0.6, height * 0.06, 0.8),
    dome(stage, mid(0.3), height * 0.78, width * 0.36, height * 0.42, blue, 0.3, 0.45),
    dome(stage, mid(0.93), height * 0.8, width * 0.38, height * 0.5, teal, 0.32, 0.35),
    cotton(stage, height * 0.71, height * 0.075, 0.4),
    dome(stage, mid(0.64), height * 0.92, width * 0.42, height * 0.66, green, 0.3, 0.05),
    cotton(stage, height * 0.86, height * 0.1, 0.1),
    cotton(stage, height * 0.97, height * 0.12, 0),
  ];
  const top = height * 0.83;
  const reach = Math.max(width * 0.2, x * 0.55) + width * 0.06;
  const from = x - side * reach * 2.4;
  const cliff: Point[] = [
    [from, top - 12],
    [x - side * reach * 0.8, top - 4],
    [x, top],
    [x + side * reach * 0.55, top + 4],
    [x + side * reach * 0.8, top + 22],
    [x + side * reach * 0.72, top + 80],
    [x + side * reach * 0.86, top + 150],
    [x + side * reach * 0.7, height + 60],
  ];
  const face = `${open(cliff)}L${num(from)} ${height + 60}Z`;
  const clip = stage.ink.clip(`<path d="${face}"/>`);
  const strata = [30, 66, 104].map((dy, i) =>
    stage.ink.felt(
      ground(
        [
          [from, top + dy + 6],
          [x - side * reach * 0.4, top + dy + between(random, -6, 8)],
          [x + side * reach * 0.4, top + dy + between(random, -6, 8)],
          [x + side * reach * 1.1, top + dy],
        ],
        height + 60,
      ),
      shift(stone, { l: -0.05 - i * 0.045 }),
      { shade: 'slope', shadow: 4 },
    ),
  );
  back.push(stage.ink.felt(face, shift(stone, { l: 0.06 }), { shade: 'slope', shadow: 18 }));
  back.push(
    `<g ${clip}>${strata.join('')}</g>`,
    stage.ink.stitch(open(cliff.slice(0, 5)), shift(stone, { l: 0.2 }), 10, 9),
  );
  const front =
    rock(stage, x - side * reach * 0.75, top + 16, height * 0.045, stone) +
    rock(stage, x - side * reach * 1.02, top + 26, height * 0.065, stone);
  const [edge, wall] = [x + side * reach * 0.6, side === 1 ? width * 0.03 : width * 0.97];
  const floor = { from: Math.min(edge, wall), to: Math.max(edge, wall), at: () => top + 6, deep: 0.5 };
  return { back: back.join(''), front, spot: { x, y: top + 6, size: sizeAt(stage, 0.46) }, floor };
}

/** Close on the left slope of a green peak, the snowcap within reach. */
export function ascension(stage: Stage): Backdrop {
  const { ink, width, height } = stage;
  const along = (points: readonly Point[]): Point[] => points.map(([x, y]): Point => [x * width, y * height]);
  const slope = along([
    [0.06, 1.2],
    [0.17, 0.94],
    [0.27, 0.7],
    [0.37, 0.43],
    [0.47, 0.2],
    [0.57, 0.07],
    [0.66, 0.04],
    [0.76, 0.09],
    [0.87, 0.25],
    [0.97, 0.48],
    [1.06, 0.74],
  ]);
  const snowEdge = along([
    [0.3, 0.36],
    [0.39, 0.43],
    [0.44, 0.36],
    [0.495, 0.46],
    [0.55, 0.35],
    [0.61, 0.46],
    [0.67, 0.34],
    [0.735, 0.45],
    [0.79, 0.37],
    [0.85, 0.47],
    [0.9, 0.38],
    [1.02, 0.5],
  ]);
  const body = ground(slope, height + 40);
  const snow = `${open(snowEdge)}L${num(width * 1.1)} -40L${num(width * 0.25)} -40Z`;
  const bands = [0.16, 0.34, 0.52, 0.7].map((down, i) => {
    const line = slope.slice(2).map(([x, y]): Point => [x + width * down * 0.16, y + height * (down + 0.3)]);
    return ink.stitch(open(line), shift(green, { l: i % 2 === 0 ? 0.1 : -0.08 }), 0.01, 11);
  });
  const back = [
    sky(stage),
    cloud(stage, width * 0.15, height * 0.2, height * 0.065),
    cloud(stage, width * 0.91, height * 0.13, height * 0.05),
    farDomes(stage, height * 0.86),
    cotton(stage, height * 0.76, height * 0.07, 0.6),
    dome(stage, width * 0.06, height * 1.06, width * 0.4, height * 0.5, blue, 0.32, 0.35),
    dome(stage, width * 1.0, height * 1.1, width * 0.34, height * 0.5, teal, 0.32, 0.3),
    cotton(stage, height * 0.9, height * 0.09, 0.2),
    ink.felt(body, shift(green, { l: 0.02 }), { shade: 'ball', shadow: 24 }),
    `<g ${ink.clip(`<path d="${body}"/>`)}>${bands.join('')}${ink.felt(snow, snowWhite, { shade: 'slope', shadow: 12 })}</g>`,
    ink.stitch(open(snowEdge.slice(1, -1)), shift(green, { l: 0.16 }), 14, 10),
    ink.stitch(open(slope), shift(green, { l: 0.16 }), 14, 11),
    cotton(stage, height * 1.0, height * 0.1, 0, -0.05, 0.22),
  ];
  const x = width * { left: 0.4, centre: 0.47, right: 0.6 }[stage.position ?? 'left'];
  const size = sizeAt({ ...stage, distance: stage.distance === 'close' ? 'medium' : stage.distance }, 0.62);
  const floor = {
    from: width * 0.27,
    to: width * 0.86,
    at: (px: number) => height * (1.12 - 0.6 * (px / width)),
    deep: 0,
  };
  return { back: back.join(''), front: '', spot: { x, y: height * 0.9, size, turn: 7 }, floor };
}

/** On the snowy top, the world far below. */
export function summit(stage: Stage): Backdrop {
  const { width, height } = stage;
  const x = acrossAt(stage, 'centre');
  const top = height * 0.79;
  const crown: Point[] = [
    [x - width * 0.62, height * 1.2],
    [x - width * 0.36, height * 0.94],
    [x - width * 0.17, top + height * 0.03],
    [x, top - 4],
    [x + width * 0.17, top + height * 0.03],
    [x + width * 0.36, height * 0.95],
    [x + width * 0.62, height * 1.2],
  ];
  const rockEdge: Point[] = [-0.62, -0.42, -0.3, -0.18, -0.06, 0.07, 0.2, 0.33, 0.45, 0.62].map((share, i): Point => [
    x + width * share,
    height * (0.925 + Math.abs(share) * 0.3) + (i % 2 === 0 ? -1 : 1) * height * 0.03,
  ]);
  const body = ground(crown, height + 90);
  const clip = stage.ink.clip(`<path d="${body}"/>`);
  const back = [
    sky(stage),
    cloud(stage, width * 0.16, height * 0.2, height * 0.06),
    cloud(stage, width * 0.86, height * 0.14, height * 0.075),
    farDomes(stage, height * 0.8),
    cotton(stage, height * 0.72, height * 0.065, 0.6),
    dome(stage, width * 0.1, height * 0.98, width * 0.36, height * 0.42, teal, 0.3, 0.35),
    dome(stage, width * 0.9, height * 0.98, width * 0.36, height * 0.5, blue, 0.3, 0.3),
    cotton(stage, height * 0.88, height * 0.09, 0.2),
    stage.ink.felt(body, snowWhite, { shade: 'slope', shadow: 20 }),
    `<g ${clip}>${stage.ink.felt(ground(rockEdge, height + 90), green, { shade: 'slope', shadow: 8 })}</g>`,
    stage.ink.stitch(open(crown), oklch(0.82, 0.03, 230), 12, 10),
  ];
  const floor = {
    from: x - width * 0.3,
    to: x + width * 0.3,
    at: (px: number) => top + height * 0.03 + Math.max(0, Math.abs(px - x) / width - 0.04) * height * 0.42,
    deep: 0.3,
  };
  return { back: back.join(''), front: '', spot: { x, y: top + height * 0.03, size: sizeAt(stage, 0.54) }, floor };
}

/** Two axes standing in the snow, one at the left of a spot and one at the right of the same or another. */
export function plantedAxes(stage: Stage, left: Spot, right: Spot): string {
  const one = ({ x, y, size }: Spot, dx: number, turn: number, flip: number) =>
    group(x + dx * size, y + size * 0.02, axe(stage.ink, 0, -8, turn, 1.5, flip, true), size / 100);
  const heap = ({ x, y, size }: Spot, dx: number) =>
    stage.ink.felt(
      closed([
        [x + dx * size - size * 0.08, y + size * 0.06],
        [x + dx * size, y - size * 0.01],
        [x + dx * size + size * 0.08, y + size * 0.06],
        [x + dx * size, y + size * 0.09],
      ]),
      snowWhite,
      { shade: 'ball' },
    );
  return one(left, -0.48, -8, -1) + one(right, 0.48, 8, 1) + heap(left, -0.48) + heap(right, 0.48);
}
