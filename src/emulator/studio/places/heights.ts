import { type Colour, hex, oklch, shift } from '../colour.js';
import { closed, ground, open, type Point, polygon } from '../path.js';
import { between, cloud, cotton, dome, group, rock, sky, snowWhite } from './scenery.js';
import { acrossAt, type Backdrop, sizeAt, type Stage } from './stage.js';
import { axe } from '../figure/limbs.js';
import { tube } from '../ink.js';
import { num } from '../path.js';

const green = oklch(0.56, 0.085, 168);
const teal = oklch(0.52, 0.08, 195);
const blue = oklch(0.5, 0.095, 245);
const stone = oklch(0.6, 0.012, 250);

function farDomes(stage: Stage, foot: number): string {
  const { width, height, random } = stage;
  return [0.08, 0.34, 0.66, 0.94]
    .map((share, i) =>
      dome(
        stage,
        width * (share + between(random, -0.04, 0.04)),
        foot,
        width * between(random, 0.26, 0.34),
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
      { shade: 'slope', fuzz: 4, shadow: 4 },
    ),
  );
  back.push(stage.ink.felt(face, shift(stone, { l: 0.06 }), { shade: 'slope', shadow: 18, fuzz: 5 }));
  back.push(
    `<g ${clip}>${strata.join('')}</g>`,
    stage.ink.stitch(open(cliff.slice(0, 5)), shift(stone, { l: 0.2 }), 10, 9),
  );
  const front =
    rock(stage, x - side * reach * 0.75, top + 16, height * 0.045, stone) +
    rock(stage, x - side * reach * 1.02, top + 26, height * 0.065, stone);
  return { back: back.join(''), front, spot: { x, y: top + 6, size: sizeAt(stage, 0.42) } };
}

/** Close on the left slope of a green peak, the snowcap within reach. */
export function ascension(stage: Stage): Backdrop {
  const { width, height } = stage;
  const slope: Point[] = [
    [-width * 0.05, height * 1.12],
    [width * 0.14, height * 0.9],
    [width * 0.34, height * 0.68],
    [width * 0.54, height * 0.42],
    [width * 0.66, height * 0.24],
    [width * 0.76, height * 0.12],
    [width * 0.85, height * 0.1],
    [width * 0.95, height * 0.2],
    [width * 1.08, height * 0.44],
  ];
  const body = ground(slope, height + 40);
  const clip = stage.ink.clip(`<path d="${body}"/>`);
  const snowEdge: Point[] = [
    [width * 0.5, height * 0.3],
    [width * 0.56, height * 0.44],
    [width * 0.6, height * 0.5],
    [width * 0.65, height * 0.4],
    [width * 0.7, height * 0.42],
    [width * 0.75, height * 0.54],
    [width * 0.8, height * 0.43],
    [width * 0.86, height * 0.46],
    [width * 0.91, height * 0.58],
    [width * 0.97, height * 0.47],
    [width * 1.1, height * 0.54],
  ];
  const snow = `${open(snowEdge)}L${num(width * 1.1)} -40L${num(width * 0.4)} -40Z`;
  const bands = [0.12, 0.26, 0.42, 0.6].map((d, i) =>
    stage.ink.stitch(
      open(slope.map(([px, py]): Point => [px + width * d * 0.5, py + height * d])),
      shift(green, { l: i % 2 === 0 ? 0.08 : -0.07 }),
      0.01,
      11,
    ),
  );
  const back = [
    sky(stage),
    cloud(stage, width * 0.42, height * 0.16, height * 0.07),
    farDomes(stage, height * 0.98),
    cotton(stage, height * 0.86, height * 0.08, 0.6),
    dome(stage, width * 0.1, height * 1.08, width * 0.4, height * 0.46, blue, 0.32, 0.35),
    cotton(stage, height * 0.98, height * 0.1, 0.15, -0.05, 0.5),
    stage.ink.felt(body, shift(green, { l: 0.02 }), { shade: 'ball', shadow: 22, fuzz: 6 }),
    `<g ${clip}>${bands.join('')}${stage.ink.felt(snow, snowWhite, { shade: 'slope', shadow: 12, fuzz: 6 })}${stage.ink.stitch(open(snowEdge), shift(green, { l: 0.2 }), -12, 10)}</g>`,
    stage.ink.stitch(open(slope), shift(green, { l: 0.14 }), 14, 11),
  ];
  const spotX = stage.position === 'left' ? 0.36 : 0.455;
  const y = height * (0.68 - (spotX - 0.34) * 1.3) + height * 0.09;
  return {
    back: back.join(''),
    front: '',
    spot: {
      x: width * spotX,
      y,
      size: sizeAt({ ...stage, distance: stage.distance === 'close' ? 'medium' : stage.distance }, 0.6),
      turn: 10,
    },
  };
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
    height * (0.98 + Math.abs(share) * 0.34) + (i % 2 === 0 ? -1 : 1) * height * 0.03,
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
    stage.ink.felt(body, snowWhite, { shade: 'slope', shadow: 20, fuzz: 6 }),
    `<g ${clip}>${stage.ink.felt(ground(rockEdge, height + 90), green, { shade: 'slope', shadow: 8, fuzz: 5 })}</g>`,
    stage.ink.stitch(open(crown), oklch(0.82, 0.03, 230), 12, 10),
  ];
  return { back: back.join(''), front: '', spot: { x, y: top + height * 0.03, size: sizeAt(stage, 0.54) } };
}

/** Two mountains facing one another, with what hangs between them; `low` is where a walker stands. */
function pair(stage: Stage): { art: string; left: Point; right: Point } {
  const { width, height } = stage;
  const art = [
    sky(stage),
    cloud(stage, width * 0.44, height * 0.15, height * 0.06),
    farDomes(stage, height * 0.84),
    cotton(stage, height * 0.76, height * 0.07, 0.6),
    dome(stage, width * 0.86, height * 1.12, width * 0.52, height * 1.02, blue, 0.26, 0.05),
    dome(stage, width * 0.1, height * 1.12, width * 0.5, height * 0.8, green, 0.28, 0),
    cotton(stage, height * 0.93, height * 0.09, 0.1),
    cotton(stage, height * 1.0, height * 0.1, 0),
  ].join('');
  return { art, left: [width * 0.25, height * 0.6], right: [width * 0.69, height * 0.56] };
}

function sag(left: Point, right: Point, depth: number, t: number): Point {
  return [left[0] + (right[0] - left[0]) * t, left[1] + (right[1] - left[1]) * t + Math.sin(Math.PI * t) * depth];
}

function plankBridge(stage: Stage, left: Point, right: Point): { back: string; front: string } {
  const depth = stage.height * 0.085;
  const rope = (lift: number) =>
    Array.from({ length: 9 }, (_, i): Point => {
      const [px, py] = sag(left, right, depth, i / 8);
      return [px, py - lift];
    });
  const hemp = oklch(0.7, 0.07, 75);
  const planks = Array.from({ length: 17 }, (_, i) => {
    const [x, y] = sag(left, right, depth, (i + 0.5) / 17);
    const wide = (right[0] - left[0]) / 17 - 3;
    const tone = oklch(0.56 + ((i * 7) % 5) * 0.018, 0.075, 62);
    return stage.ink.felt(
      polygon([
        [x - wide / 2 + 4, y - 13],
        [x + wide / 2 + 4, y - 13],
        [x + wide / 2 - 3, y + 13],
        [x - wide / 2 - 3, y + 13],
      ]),
      tone,
      { shade: 'slope', shadow: 3, fuzz: 2.4 },
    );
  });
  const posts = (lift: number, dy: number) =>
    [0, 0.25, 0.5, 0.75, 1]
      .map((t) => {
        const [px, py] = sag(left, right, depth, t);
        return tube(
          [
            [px, py + dy],
            [px, py + dy - lift],
          ],
          6,
          oklch(0.48, 0.07, 58),
        );
      })
      .join('');
  const back = posts(stage.height * 0.085, -11) + tube(rope(stage.height * 0.085 + 8), 5, hemp) + planks.join('');
  const front = posts(stage.height * 0.07, 15) + tube(rope(stage.height * 0.07 - 12), 5, hemp);
  return { back, front };
}

export function bridge(stage: Stage): Backdrop {
  const { art, left, right } = pair(stage);
  const t = stage.position === 'left' ? 0.25 : stage.position === 'right' ? 0.75 : 0.42;
  const [x, y] = sag(left, right, stage.height * 0.085, t);
  const span = stage.things.has('bridge') ? plankBridge(stage, left, right) : { back: '', front: '' };
  return { back: art + span.back, front: span.front, spot: { x, y: y + 4, size: sizeAt(stage, 0.38) } };
}

/** The tartan hammock; the sleeper lies in it with the head to the left. */
export function hammock(stage: Stage): Backdrop {
  const { ink, height } = stage;
  const { art, left, right } = pair(stage);
  const old = stage.things.has('bridge')
    ? plankBridge(stage, [left[0], left[1] - height * 0.1], [right[0], right[1] - height * 0.1])
    : { back: '', front: '' };
  const [from, to] = [sag(left, right, height * 0.2, 0.14), sag(left, right, height * 0.2, 0.86)];
  const cord = (end: Point, edge: Point) =>
    [-0.045, 0, 0.045]
      .map((dy) =>
        tube(
          [end, [(end[0] + edge[0]) / 2, (end[1] + edge[1]) / 2 + height * dy * 0.5], [edge[0], edge[1] + height * dy]],
          3.4,
          oklch(0.8, 0.05, 80),
        ),
      )
      .join('');
  const cloth = (upper: number, lower: number): string => {
    const edge = (depth: number): Point[] => Array.from({ length: 9 }, (_, i): Point => sag(from, to, depth, i / 8));
    return `${open(edge(upper))}${open(edge(lower).reverse()).replace(/^M/, 'L')}Z`;
  };
  const brown = oklch(0.46, 0.08, 50);
  const inside = ink.felt(cloth(-height * 0.01, height * 0.16), shift(brown, { l: -0.08 }), {
    shade: 'slope',
    fuzz: 4,
    shadow: 10,
  });
  const face = cloth(height * 0.085, height * 0.225);
  const back = art + old.back + cord(left, from) + cord(right, to) + inside;
  const weave = tartan(stage, from, to, height);
  const front =
    old.front +
    ink.felt(face, brown, { shade: 'slope', fuzz: 4, shadow: 12 }) +
    `<g ${ink.clip(`<path d="${face}"/>`)}>${weave}</g>` +
    ink.stitch(
      open(Array.from({ length: 9 }, (_, i): Point => sag(from, to, height * 0.085, i / 8))),
      oklch(0.85, 0.05, 80),
      9,
      8,
    );
  const [x, y] = sag(from, to, height * 0.115, 0.5);
  return { back, front, spot: { x: x + height * 0.2, y: y - height * 0.02, size: sizeAt(stage, 0.46), turn: -82 } };
}

function tartan(stage: Stage, from: Point, to: Point, height: number): string {
  const tan: Colour = oklch(0.74, 0.07, 75);
  const bars: string[] = [];
  for (let t = 0.02; t < 1; t += 0.075) {
    const [x, y] = sag(from, to, height * 0.1, t);
    const lean = (t - 0.5) * -30;
    const line = (dx: number, wide: number, colour: Colour, opacity: number) =>
      bars.push(
        `<path d="M${num(x + dx)} ${num(y - 40)}l${num(lean)} ${num(height * 0.26)}" stroke="${hex(colour)}" stroke-opacity="${opacity}" stroke-width="${wide}"/>`,
      );
    line(0, 13, tan, 0.62);
    line(15, 3.2, oklch(0.9, 0.04, 85), 0.7);
    line(-16, 4, oklch(0.3, 0.05, 45), 0.6);
  }
  for (const depth of [0.1, 0.145, 0.19]) {
    const line = open(Array.from({ length: 9 }, (_, i): Point => sag(from, to, height * depth, i / 8)));
    bars.push(
      `<path d="${line}" fill="none" stroke="${hex(tan)}" stroke-opacity=".55" stroke-width="12"/><path d="${line}" transform="translate(0 14)" fill="none" stroke="${hex(oklch(0.3, 0.05, 45))}" stroke-opacity=".55" stroke-width="4"/><path d="${line}" transform="translate(0 -12)" fill="none" stroke="${hex(oklch(0.92, 0.04, 85))}" stroke-opacity=".6" stroke-width="2.6"/>`,
    );
  }
  return bars.join('');
}

/** Two axes standing in the snow either side of (x, y). */
export function plantedAxes(stage: Stage, x: number, y: number, size: number): string {
  const scale = size / 100;
  const one = (dx: number, turn: number, flip: number) =>
    group(x + dx * size, y + size * 0.02, axe(stage.ink, 0, -12, turn, 1.55, flip), scale);
  const heap = (dx: number) =>
    stage.ink.felt(
      closed([
        [x + dx * size - size * 0.08, y + size * 0.06],
        [x + dx * size, y - size * 0.01],
        [x + dx * size + size * 0.08, y + size * 0.06],
        [x + dx * size, y + size * 0.09],
      ]),
      snowWhite,
      { shade: 'ball', fuzz: 3 },
    );
  return one(-0.48, -8, -1) + one(0.48, 8, 1) + heap(-0.48) + heap(0.48);
}
