import { type Colour, hex, oklch, shift } from '../colour.js';
import { tube } from '../ink.js';
import { closed, num, polygon, round } from '../path.js';
import { between, contact, sunGlow } from './scenery.js';
import { acrossAt, type Backdrop, sizeAt, type Stage } from './stage.js';

const bindings: readonly Colour[] = [
  oklch(0.45, 0.1, 25),
  oklch(0.5, 0.07, 220),
  oklch(0.62, 0.09, 85),
  oklch(0.42, 0.06, 150),
  oklch(0.75, 0.05, 75),
  oklch(0.38, 0.05, 300),
  oklch(0.58, 0.11, 45),
];

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

function book(stage: Stage, x: number, foot: number, wide: number, high: number, i: number, lean = 0): string {
  const colour = bindings[i % bindings.length] ?? oklch(0.5, 0.07, 40);
  const spine = stage.ink.felt(
    polygon([
      [-wide / 2, 0],
      [wide / 2, 0],
      [wide / 2, -high],
      [-wide / 2, -high],
    ]),
    colour,
    { shade: 'rod', shadow: 5, fuzz: 2 },
  );
  const bands = [0.12, 0.18, 0.8].map(
    (share) =>
      `<rect x="${num(-wide / 2)}" y="${num(-high * (1 - share))}" width="${num(wide)}" height="${num(Math.max(2, high * 0.018))}" fill="${hex(oklch(0.82, 0.09, 85))}" fill-opacity=".8"/>`,
  );
  return `<g transform="translate(${num(x)} ${num(foot)}) rotate(${lean})">${spine}${bands.join('')}</g>`;
}

function vase(stage: Stage, x: number, foot: number, high: number): string {
  const { ink } = stage;
  const w = high * 0.3;
  const body = closed([
    [x - w * 0.55, foot],
    [x - w * 1.05, foot - high * 0.32],
    [x - w * 0.75, foot - high * 0.68],
    [x - w * 0.36, foot - high * 0.86],
    [x - w * 0.5, foot - high],
    [x + w * 0.5, foot - high],
    [x + w * 0.36, foot - high * 0.86],
    [x + w * 0.75, foot - high * 0.68],
    [x + w * 1.05, foot - high * 0.32],
    [x + w * 0.55, foot],
  ]);
  const stems = [-0.5, -0.15, 0.25, 0.6].map((lean, i) => {
    const [tx, ty] = [x + lean * high * 0.6, foot - high * (1.55 - Math.abs(lean) * 0.35)];
    const petal = Array.from({ length: 6 }, (_, k) =>
      ink.felt(
        round(tx + Math.cos(k * 1.047) * high * 0.06, ty + Math.sin(k * 1.047) * high * 0.06, high * 0.05, high * 0.05),
        i % 2 === 0 ? oklch(0.78, 0.11, 20) : oklch(0.88, 0.08, 95),
        { shade: 'ball' },
      ),
    );
    return (
      tube(
        [
          [x, foot - high * 0.9],
          [x + lean * high * 0.3, foot - high * 1.2],
          [tx, ty],
        ],
        high * 0.03,
        oklch(0.5, 0.09, 145),
      ) +
      petal.join('') +
      ink.felt(round(tx, ty, high * 0.04, high * 0.04), oklch(0.6, 0.12, 65), { shade: 'ball' })
    );
  });
  return (
    contact(x, foot, w * 1.4) +
    stems.join('') +
    ink.felt(body, oklch(0.66, 0.06, 205), { shade: 'rod', shadow: 6, fuzz: 2 })
  );
}

function clock(stage: Stage, x: number, foot: number, r: number): string {
  const { ink } = stage;
  const y = foot - r * 1.15;
  const feet = [-1, 1]
    .map((side) =>
      tube(
        [
          [x + side * r * 0.5, y + r * 0.8],
          [x + side * r * 0.7, foot],
        ],
        r * 0.16,
        oklch(0.45, 0.07, 60),
      ),
    )
    .join('');
  const bells = [-1, 1]
    .map((side) =>
      ink.felt(round(x + side * r * 0.55, y - r * 1.02, r * 0.34, r * 0.26), oklch(0.75, 0.12, 85), {
        shade: 'ball',
        shadow: 2,
      }),
    )
    .join('');
  const ticks = Array.from(
    { length: 12 },
    (_, i) =>
      `<circle cx="${num(x + Math.sin(i * 0.5236) * r * 0.66)}" cy="${num(y - Math.cos(i * 0.5236) * r * 0.66)}" r="${num(r * 0.045)}" fill="#4a3a2c"/>`,
  ).join('');
  const hands = `<path d="M${num(x)} ${num(y)}L${num(x - r * 0.3)} ${num(y - r * 0.32)}M${num(x)} ${num(y)}L${num(x + r * 0.22)} ${num(y - r * 0.52)}" stroke="#2c221a" stroke-width="${num(r * 0.08)}" stroke-linecap="round"/>`;
  return (
    contact(x, foot, r) +
    feet +
    bells +
    ink.felt(round(x, y, r, r), oklch(0.5, 0.09, 200), { shade: 'ball', shadow: 5, fuzz: 2 }) +
    ink.felt(round(x, y, r * 0.8, r * 0.8), oklch(0.93, 0.03, 90), { shade: 'ball' }) +
    ticks +
    hands
  );
}

/** A wooden toy duck on wheels. */
function toy(stage: Stage, x: number, foot: number, size: number): string {
  const { ink } = stage;
  const yellow = oklch(0.83, 0.14, 92);
  const wheels = [-0.34, 0.34]
    .map((dx) =>
      ink.felt(round(x + dx * size, foot - size * 0.13, size * 0.15, size * 0.15), oklch(0.55, 0.15, 28), {
        shade: 'ball',
        shadow: 2,
      }),
    )
    .join('');
  const body = ink.felt(round(x, foot - size * 0.42, size * 0.5, size * 0.28, 2.3), yellow, {
    shade: 'ball',
    shadow: 4,
    fuzz: 2.5,
  });
  const head = ink.felt(round(x + size * 0.32, foot - size * 0.82, size * 0.25, size * 0.24), yellow, {
    shade: 'ball',
    shadow: 3,
    fuzz: 2.5,
  });
  const beak = ink.felt(
    polygon([
      [x + size * 0.5, foot - size * 0.86],
      [x + size * 0.78, foot - size * 0.77],
      [x + size * 0.5, foot - size * 0.7],
    ]),
    oklch(0.7, 0.16, 50),
    { shade: 'slope' },
  );
  return (
    contact(x, foot, size * 0.6) +
    wheels +
    body +
    beak +
    head +
    `<circle cx="${num(x + size * 0.38)}" cy="${num(foot - size * 0.87)}" r="${num(size * 0.035)}" fill="#1c1814"/>`
  );
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
    { shade: 'slope', fuzz: 1 },
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
    fuzz: 7,
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
