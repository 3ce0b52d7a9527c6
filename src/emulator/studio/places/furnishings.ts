import { type Colour, hex, oklch } from '../colour.js';
import { tube } from '../ink.js';
import { closed, num, polygon, round } from '../path.js';
import { contact } from './scenery.js';
import type { Stage } from './stage.js';

const bindings: readonly Colour[] = [
  oklch(0.45, 0.1, 25),
  oklch(0.5, 0.07, 220),
  oklch(0.62, 0.09, 85),
  oklch(0.42, 0.06, 150),
  oklch(0.75, 0.05, 75),
  oklch(0.38, 0.05, 300),
  oklch(0.58, 0.11, 45),
];

export function book(stage: Stage, x: number, foot: number, wide: number, high: number, i: number, lean = 0): string {
  const colour = bindings[i % bindings.length] ?? oklch(0.5, 0.07, 40);
  const spine = stage.ink.felt(
    polygon([
      [-wide / 2, 0],
      [wide / 2, 0],
      [wide / 2, -high],
      [-wide / 2, -high],
    ]),
    colour,
    { shade: 'rod', shadow: 5 },
  );
  const bands = [0.12, 0.18, 0.8].map(
    (share) =>
      `<rect x="${num(-wide / 2)}" y="${num(-high * (1 - share))}" width="${num(wide)}" height="${num(Math.max(2, high * 0.018))}" fill="${hex(oklch(0.82, 0.09, 85))}" fill-opacity=".8"/>`,
  );
  return `<g transform="translate(${num(x)} ${num(foot)}) rotate(${lean})">${spine}${bands.join('')}</g>`;
}

export function vase(stage: Stage, x: number, foot: number, high: number): string {
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
    contact(x, foot, w * 1.4) + stems.join('') + ink.felt(body, oklch(0.66, 0.06, 205), { shade: 'rod', shadow: 6 })
  );
}

export function clock(stage: Stage, x: number, foot: number, r: number): string {
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
    ink.felt(round(x, y, r, r), oklch(0.5, 0.09, 200), { shade: 'ball', shadow: 5 }) +
    ink.felt(round(x, y, r * 0.8, r * 0.8), oklch(0.93, 0.03, 90), { shade: 'ball' }) +
    ticks +
    hands
  );
}

/** A wooden toy duck on wheels. */
export function toy(stage: Stage, x: number, foot: number, size: number): string {
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
  });
  const head = ink.felt(round(x + size * 0.32, foot - size * 0.82, size * 0.25, size * 0.24), yellow, {
    shade: 'ball',
    shadow: 3,
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
