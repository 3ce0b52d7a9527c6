import { type Colour, hex, oklch, shift } from '../colour.js';
import { tube } from '../ink.js';
import { num, open, type Point, polygon, round } from '../path.js';
import { contact } from './scenery.js';
import type { Stage } from './stage.js';

/** A thin giant tree: its trunk leaves the picture at the top. `bend` leans it, in pixels. */
export function trunk(
  stage: Stage,
  x: number,
  foot: number,
  wide: number,
  colour: Colour,
  bend = 0,
  top = -30,
): string {
  const { ink, random } = stage;
  const flare = wide * 0.42;
  const middle = (foot + top) / 2;
  const left: Point[] = [
    [x - wide / 2 - flare, foot],
    [x - wide / 2, foot - wide * 1.5],
    [x - wide / 2 + bend * 0.45, middle],
    [x - wide * 0.36 + bend, top],
  ];
  const right: Point[] = [
    [x + wide * 0.36 + bend, top],
    [x + wide / 2 + bend * 0.45, middle],
    [x + wide / 2, foot - wide * 1.5],
    [x + wide / 2 + flare, foot],
  ];
  const outline = `${open(left)}L${num(x + wide * 0.36 + bend)} ${top}${open(right).replace(/^M[^C]*/, '')}Z`;
  const seam = open([
    [x - wide * 0.1, foot - wide],
    [x - wide * 0.08 + bend * 0.4, middle],
    [x + bend, top],
  ]);
  const knots = [0.25, 0.5, 0.72].map((share) => {
    const y = foot + (top - foot) * (share + random() * 0.1);
    return `<path d="${round(x + wide * (random() - 0.5) * 0.4 + bend * share * 0.8, y, wide * 0.13, wide * 0.2)}" fill="none" stroke="${hex(shift(colour, { l: -0.11 }))}" stroke-opacity=".55" stroke-width="${num(Math.max(1.2, wide * 0.05))}"/>`;
  });
  return (
    ink.felt(outline, colour, { shade: 'rod', shadow: wide * 0.16 }) +
    knots.join('') +
    ink.stitch(seam, shift(colour, { l: 0.12 }), 0.01, Math.max(5, wide * 0.16))
  );
}

/** A tuft of felt grass or fern. */
export function tuft(stage: Stage, x: number, y: number, size: number, colour: Colour): string {
  const blades = [-0.6, -0.25, 0.1, 0.45].map((lean) =>
    tube(
      [
        [x, y],
        [x + lean * size * 0.5, y - size * 0.55],
        [x + lean * size * 1.3, y - size * (0.95 - Math.abs(lean) * 0.4)],
      ],
      size * 0.16,
      shift(colour, { l: lean * 0.08 }),
    ),
  );
  return blades.join('');
}

/** A pine of stacked felt cones. */
export function pine(stage: Stage, x: number, foot: number, high: number, colour: Colour): string {
  const tiers = [0, 1, 2].map((tier) => {
    const base = foot - high * (0.14 + tier * 0.26);
    const half = high * (0.27 - tier * 0.065);
    return stage.ink.felt(
      polygon([
        [x - half, base],
        [x + half, base],
        [x, base - high * 0.4],
      ]),
      shift(colour, { l: tier * 0.03 }),
      { shade: 'slope', shadow: high * 0.03 },
    );
  });
  return (
    contact(x, foot, high * 0.2) +
    tube(
      [
        [x, foot],
        [x, foot - high * 0.2],
      ],
      high * 0.08,
      oklch(0.45, 0.06, 55),
    ) +
    tiers.join('')
  );
}
