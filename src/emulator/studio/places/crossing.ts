import { type Colour, hex, oklch, shift } from '../colour.js';
import { tube } from '../ink.js';
import { closed, num, open, type Point, polygon } from '../path.js';
import { blue, farDomes, green } from './heights.js';
import { cloud, cotton, dome } from './relief.js';
import { sky } from './scenery.js';
import { type Backdrop, sizeAt, type Spot, type Stage } from './stage.js';

const hemp = oklch(0.74, 0.065, 78);
const timber = oklch(0.56, 0.075, 62);

/** A green mountain at the left and a taller blue one at the right, with the points where something can hang between them. */
function pair(stage: Stage): { art: string; left: Point; right: Point } {
  const { width, height } = stage;
  const art = [
    sky(stage),
    cloud(stage, width * 0.4, height * 0.17, height * 0.06),
    cloud(stage, width * 0.59, height * 0.1, height * 0.042),
    farDomes(stage, height * 0.84),
    cotton(stage, height * 0.76, height * 0.07, 0.6),
    dome(stage, width * 0.9, height * 1.16, width * 0.56, height * 1.06, blue, 0.26, 0.05),
    dome(stage, width * 0.08, height * 1.14, width * 0.52, height * 0.84, green, 0.28, 0),
    cotton(stage, height * 0.91, height * 0.085, 0.15),
    cotton(stage, height * 1.0, height * 0.1, 0),
  ].join('');
  return { art, left: [width * 0.27, height * 0.62], right: [width * 0.69, height * 0.6] };
}

/** A point of a line that hangs between two others; `t` 0..1 from left to right. */
function sag(left: Point, right: Point, depth: number, t: number): Point {
  return [left[0] + (right[0] - left[0]) * t, left[1] + (right[1] - left[1]) * t + Math.sin(Math.PI * t) * depth];
}

const hanging = (left: Point, right: Point, depth: number, lift = 0): Point[] =>
  Array.from({ length: 9 }, (_, i): Point => {
    const [x, y] = sag(left, right, depth, i / 8);
    return [x, y - lift];
  });

/** Planks on two ropes; `front` is the near rail. */
function plankBridge(stage: Stage, left: Point, right: Point): { back: string; front: string } {
  const depth = stage.height * 0.06;
  const count = 19;
  const plank = (i: number): string => {
    const [a, b] = [sag(left, right, depth, i / count), sag(left, right, depth, (i + 0.9) / count)];
    const corners: Point[] = [
      [a[0] + 7, a[1] - 15],
      [b[0] + 7, b[1] - 15],
      [b[0] - 4, b[1] + 15],
      [a[0] - 4, a[1] + 15],
    ];
    const tone = shift(timber, { l: ((i * 7) % 5) * 0.022 - 0.04 });
    return stage.ink.felt(polygon(corners), tone, { shade: 'slope', shadow: 3 });
  };
  const rail = (dy: number, rise: number): string => {
    const posts = [0, 0.2, 0.4, 0.6, 0.8, 1].map((t) => {
      const [x, y] = sag(left, right, depth, t);
      const stout = t === 0 || t === 1;
      const top = y + dy - rise * (stout ? 1.15 : 1);
      return tube(
        [
          [x, y + dy + 4],
          [x, top],
        ],
        stout ? 11 : 6,
        shift(timber, { l: -0.09 }),
      );
    });
    return (
      tube(hanging(left, right, depth, rise - dy - 6), 4.6, hemp) +
      tube(hanging(left, right, depth, rise * 0.5 - dy), 3.6, hemp) +
      posts.join('')
    );
  };
  const slabs = Array.from({ length: count }, (_, i) => plank(i)).join('');
  const beams = tube(hanging(left, right, depth, 12), 6, hemp) + tube(hanging(left, right, depth, -14), 6, hemp);
  return { back: rail(-12, 66) + beams + slabs, front: rail(15, 58) };
}

/** A plank bridge between the two mountains. */
export function bridge(stage: Stage): Backdrop {
  const { art, left, right } = pair(stage);
  const t = { left: 0.25, centre: 0.44, right: 0.72 }[stage.position ?? 'centre'];
  const [x, y] = sag(left, right, stage.height * 0.06, t);
  const span = stage.things.has('bridge') ? plankBridge(stage, left, right) : { back: '', front: '' };
  const across = (px: number) => sag(left, right, stage.height * 0.06, (px - left[0]) / (right[0] - left[0]))[1] + 5;
  return {
    back: art + span.back,
    front: span.front,
    spot: { x, y: y + 5, size: sizeAt(stage, 0.42) },
    floor: { from: left[0] + 16, to: right[0] - 16, at: across, deep: 0 },
  };
}

/** The tartan hammock; the sleeper lies in it with the head to the left. A bridge that was not taken away still hangs above. */
export function hammock(stage: Stage): Backdrop {
  const { ink, width, height } = stage;
  const { art, left, right } = pair(stage);
  const lift = height * 0.12;
  const old = stage.things.has('bridge')
    ? plankBridge(stage, [left[0], left[1] - lift], [right[0], right[1] - lift])
    : { back: '', front: '' };
  const [from, to]: [Point, Point] = [
    [width * 0.3, height * 0.655],
    [width * 0.665, height * 0.65],
  ];
  const edge = (depth: number) => hanging(from, to, height * depth);
  const cloth = (upper: number, lower: number) =>
    `${open(edge(upper))}${open(edge(lower).reverse()).replace(/^M/, 'L')}Z`;
  const cords = [left, right].map((end, side) =>
    [-0.02, 0, 0.02]
      .map((dy) =>
        tube(
          [
            [end[0] + (side ? 14 : -14), end[1] - height * 0.07],
            side ? [to[0], to[1] + height * dy] : [from[0], from[1] + height * dy],
          ],
          3.6,
          hemp,
        ),
      )
      .join(''),
  );
  const brown = oklch(0.47, 0.085, 48);
  const inside = ink.felt(cloth(0, 0.2), shift(brown, { l: -0.12 }), { shade: 'slope', shadow: 10 });
  const face = cloth(0.115, 0.265);
  const hem = ink.stitch(open(edge(0.115)), oklch(0.9, 0.05, 80), 8, 9);
  const weave = `<g ${ink.clip(`<path d="${face}"/>`)}>${tartan(stage, from, to)}</g>`;
  const pillow = ink.felt(
    closed([
      [from[0] + 46, from[1] + 8],
      [from[0] + 90, from[1] - 10],
      [from[0] + 160, from[1] + 40],
      [from[0] + 120, from[1] + 86],
    ]),
    oklch(0.93, 0.025, 85),
    { shade: 'ball', shadow: 6 },
  );
  const back = art + old.back + cords.join('') + inside + pillow;
  const front = old.front + ink.felt(face, brown, { shade: 'slope', shadow: 10 }) + weave + hem;
  const spot = { x: to[0] - width * 0.055, y: height * 0.715, size: sizeAt(stage, 0.5), turn: -80 };
  return {
    back,
    front,
    spot,
    floor: { from: width * 0.68, to: width * 0.98, at: () => height * 0.96, deep: 0.4 },
    beds: (count) => (count < 2 ? [spot] : bedsBetween(from, to, height, count)),
  };
}

/** One behind another, some with the head at the left, the others at the right; their legs may cross in the cloth. */
function bedsBetween(from: Point, to: Point, height: number, count: number): Spot[] {
  const room = (to[0] - from[0]) / count;
  const size = Math.min(height * 0.42, room * 1.3);
  return Array.from({ length: count }, (_, i): Spot => {
    const headLeft = i < count / 2 && i % 2 === 0;
    const x = headLeft ? from[0] + room * i + size * 0.92 : from[0] + room * (i + 1) - size * 0.92;
    return { x, y: sag(from, to, height * 0.06, (i + 0.5) / count)[1], size, turn: headLeft ? -80 : 80 };
  });
}

/** Brown and tan bands across and along the hanging cloth. */
function tartan({ height }: Stage, from: Point, to: Point): string {
  const [tan, dark, cream]: [Colour, Colour, Colour] = [
    oklch(0.76, 0.07, 76),
    oklch(0.3, 0.05, 42),
    oklch(0.93, 0.035, 88),
  ];
  const stroke = (path: string, colour: Colour, opacity: number, wide: number, dy = 0) =>
    `<path d="${path}" transform="translate(0 ${dy})" fill="none" stroke="${hex(colour)}" stroke-opacity="${opacity}" stroke-width="${wide}"/>`;
  const bars: string[] = [];
  for (let t = 0.03; t < 1; t += 0.085) {
    const [x, y] = sag(from, to, height * 0.1, t);
    const down = `l${num((t - 0.5) * -44)} ${num(height * 0.24)}`;
    bars.push(
      stroke(`M${num(x)} ${num(y - 20)}${down}`, tan, 0.6, 15),
      stroke(`M${num(x + 17)} ${num(y - 20)}${down}`, cream, 0.6, 3),
      stroke(`M${num(x - 17)} ${num(y - 20)}${down}`, dark, 0.6, 5),
    );
  }
  for (const depth of [0.14, 0.19, 0.24]) {
    const line = open(hanging(from, to, height * depth));
    bars.push(stroke(line, tan, 0.5, 14), stroke(line, dark, 0.55, 5, 17), stroke(line, cream, 0.55, 2.6, -15));
  }
  return bars.join('');
}
