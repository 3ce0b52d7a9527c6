import { type Colour, oklch, shift } from '../colour.js';
import { num, polygon, round } from '../path.js';
import { book, clock, toy, vase } from './furnishings.js';
import { between, sunGlow } from './scenery.js';
import { acrossAt, type Backdrop, sizeAt, type Stage } from './stage.js';

function wall(stage: Stage, colour: Colour): string {
  const { ink, width, height } = stage;
  const paper = Array.from(
    { length: 14 },
    (_, i) =>
      `<rect x="${num((i / 14) * width)}" y="0" width="${num(width / 28)}" height="${height}" fill="#fff" fill-opacity=".05"/>`,
  );
  return `<rect width="${width}" height="${height}" fill="${ink.fade([
    [0, shift(colour, { l: 0.03 })],
    [1, shift(colour, { l: -0.14 })],
  ])}"/>${paper.join('')}${sunGlow(stage)}`;
}

function board(stage: Stage, y: number, thick: number): string {
  const { width, height, ink } = stage;
  const wood = oklch(0.5, 0.075, 58);
  const top = ink.felt(
    polygon([
      [-20, y - thick * 0.7],
      [width + 20, y - thick * 0.7],
      [width + 20, y + thick],
      [-20, y + thick],
    ]),
    shift(wood, { l: 0.07 }),
    { shade: 'slope' },
  );
  const face = ink.felt(
    polygon([
      [-20, y + thick * 0.9],
      [width + 20, y + thick * 0.9],
      [width + 20, y + thick * 2.1],
      [-20, y + thick * 2.1],
    ]),
    wood,
    { shade: 'slope', shadow: 14 },
  );
  const grain = [0.15, 0.5, 0.8]
    .map(
      (share) =>
        `<path d="M0 ${num(y - thick * 0.6 + share * thick * 1.5)}q${num(width * 0.25)} ${num(thick * 0.12)} ${num(width * 0.5)} 0t${num(width * 0.5)} 0" fill="none" stroke="#3a2615" stroke-opacity=".25" stroke-width="2"/>`,
    )
    .join('');
  const below = `<rect y="${num(y + thick * 2.1)}" width="${width}" height="${height}" fill="${ink.fade([
    [0, oklch(0.2, 0.03, 50), 0.75],
    [0.4, oklch(0.3, 0.04, 55), 0.35],
    [1, oklch(0.3, 0.04, 55), 0.5],
  ])}"/>`;
  return below + top + grain + face;
}

/** A shelf in a warm room: books, a vase, a clock, a toy, and someone among them. */
export function shelf(stage: Stage): Backdrop {
  const { width, height, random } = stage;
  const foot = height * 0.845;
  const x = acrossAt(stage, 'centre');
  const parts = [
    wall(stage, oklch(0.7, 0.05, 70)),
    board(stage, foot, height * 0.04),
    board(stage, -height * 0.02, height * 0.022),
  ];
  let at = width * 0.03;
  for (let i = 0; i < 6; i += 1) {
    const wide = width * between(random, 0.026, 0.045);
    parts.push(
      book(stage, at + wide / 2, foot, wide, height * between(random, 0.34, 0.5), i + Math.floor(random() * 3)),
    );
    at += wide + 2;
  }
  parts.push(book(stage, at + width * 0.035, foot, width * 0.034, height * 0.4, 2, -9));
  parts.push(clock(stage, width * 0.68, foot, height * 0.085), vase(stage, width * 0.8, foot, height * 0.27));
  parts.push(
    book(stage, width * 0.95, foot, width * 0.05, height * 0.46, 1),
    book(stage, width * 0.895, foot, width * 0.04, height * 0.38, 6),
  );
  const front = toy(stage, width * 0.335, foot + height * 0.022, height * 0.105);
  return { back: parts.join(''), front, spot: { x, y: foot + height * 0.005, size: sizeAt(stage, 0.56) } };
}

/** A plain room: wall, floor, a window and a rug. */
export function room(stage: Stage): Backdrop {
  const { ink, width, height } = stage;
  const x = acrossAt(stage, 'centre');
  const floor = ink.felt(
    polygon([
      [-20, height * 0.74],
      [width + 20, height * 0.74],
      [width + 20, height + 20],
      [-20, height + 20],
    ]),
    oklch(0.55, 0.07, 60),
    { shade: 'slope', shadow: 10 },
  );
  const frame = (cx: number) =>
    ink.felt(round(cx, height * 0.34, width * 0.1, height * 0.22, 6), oklch(0.9, 0.02, 90), {
      shade: 'slope',
      shadow: 8,
    }) +
    `<path d="${round(cx, height * 0.34, width * 0.086, height * 0.19, 6)}" fill="${ink.fade([
      [0, stage.light.sky[0]],
      [1, stage.light.sky[2]],
    ])}"/><path d="M${num(cx)} ${num(height * 0.15)}V${num(height * 0.53)}M${num(cx - width * 0.086)} ${num(height * 0.34)}H${num(cx + width * 0.086)}" stroke="#efe6d6" stroke-width="7"/>`;
  const rug = ink.felt(round(x, height * 0.9, width * 0.3, height * 0.08), oklch(0.6, 0.1, 30), {
    shade: 'slope',
    shadow: 5,
  });
  const art = [
    wall(stage, oklch(0.78, 0.045, 90)),
    frame(width * 0.2),
    floor,
    rug,
    vase(stage, width * 0.86, height * 0.8, height * 0.2),
  ];
  return { back: art.join(''), front: '', spot: { x, y: height * 0.9, size: sizeAt(stage, 0.52) } };
}
