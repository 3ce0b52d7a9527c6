import { type Colour, hex, mix, oklch, shift } from '../colour.js';
import { type Ink, tube } from '../ink.js';
import { at, closed, ground, num, open, type Point, polygon, round } from '../path.js';
import type { Random } from '../../../lib/random.js';
import type { Stage } from './stage.js';

export const snowWhite = oklch(0.965, 0.008, 220);

/** Sky with the glow and the disc of its light. */
export function sky({ ink, width, height, light }: Stage): string {
  const [top, middle, low] = light.sky;
  const wash = `<rect width="${width}" height="${height}" fill="${ink.fade([
    [0, top],
    [0.42, middle],
    [0.8, low],
  ])}"/>`;
  return wash + sunGlow({ ink, width, height, light });
}

export function sunGlow({ ink, width, height, light }: Pick<Stage, 'ink' | 'width' | 'height' | 'light'>): string {
  const { sun } = light;
  if (!sun) return '';
  const [x, y] = [sun.x * width, sun.y * height];
  const reach = height * 0.75;
  const glow = ink.glow([
    [0, sun.colour, sun.glow],
    [0.3, sun.colour, sun.glow * 0.45],
    [1, sun.colour, 0],
  ]);
  const halo = `<circle cx="${num(x)}" cy="${num(y)}" r="${num(reach)}" fill="${glow}"/>`;
  if (sun.disc === 0) return halo;
  return (
    halo +
    ink.felt(round(x, y, sun.disc * height, sun.disc * height), shift(sun.colour, { l: 0.03 }), {
      shade: 'flat',
      fuzz: 7,
    })
  );
}

/** Colour of something `far` away (0 near, 1 at the horizon). */
export const faded = (stage: Stage, colour: Colour, far: number) => mix(colour, stage.light.haze, far * 0.72);

/** A rolling edge across the picture. */
export function rolling(stage: Stage, y: number, swing: number, waves: number): Point[] {
  const { width, random } = stage;
  const phase = random() * 6;
  return Array.from({ length: 13 }, (_, i): Point => {
    const t = i / 12;
    return [
      -40 + t * (width + 80),
      y + Math.sin(t * waves * 6.28 + phase) * swing + Math.sin(t * waves * 14 + phase * 2) * swing * 0.25,
    ];
  });
}

/** A layer of ground down to the bottom of the picture, stitched along its edge. */
export function layer(
  stage: Stage,
  edge: readonly Point[],
  colour: Colour,
  { shadow = 14, stitch = 9, fuzz = 5 } = {},
): string {
  return (
    stage.ink.felt(ground(edge, stage.height + 30), colour, { shade: 'slope', shadow, fuzz }) +
    stage.ink.stitch(open(edge), shift(colour, { l: 0.12, c: -0.01 }), stitch, 9)
  );
}

/** A dome-like mountain: middle of its foot, width, height; a snowcap of `snow` (share of its height). */
export function dome(
  stage: Stage,
  x: number,
  foot: number,
  wide: number,
  high: number,
  colour: Colour,
  snow: number,
  far = 0,
): string {
  const { ink, random } = stage;
  const outline = (t: number): Point => {
    const angle = Math.PI * (1 - t);
    return [x + (Math.cos(angle) * wide) / 2, foot - Math.abs(Math.sin(angle)) ** 0.82 * high];
  };
  const edge = Array.from({ length: 15 }, (_, i): Point => {
    const [px, py] = outline(i / 14);
    return [px, py];
  });
  const body = `${open(edge)}Z`;
  const paint = faded(stage, colour, far);
  const soft = Math.max(0.35, 1 - far);
  const parts = [ink.felt(body, paint, { shade: 'ball', shadow: 13 * soft, fuzz: 5 * soft })];
  const clip = ink.clip(`<path d="${body}"/>`);
  const bands = [0.32, 0.52, 0.72].map((share) => {
    const line: Point[] = Array.from({ length: 6 }, (_, i): Point => [
      x + (i / 5 - 0.5) * wide,
      foot - high * (1 - share) + Math.sin(i * 1.9 + share * 9) * high * 0.03 + Math.abs(i / 5 - 0.5) * high * 0.34,
    ]);
    return ink.stitch(open(line), shift(paint, { l: share > 0.5 ? -0.07 : 0.08 }), 0.01, 8 * soft);
  });
  parts.push(`<g ${clip}>${bands.join('')}`);
  if (snow > 0) {
    const low = foot - high * (1 - snow);
    const drips: Point[] = [[x - wide * 0.5, low + high * 0.16]];
    const count = 8;
    for (let i = 0; i <= count; i += 1) {
      const t = i / count;
      const bow = Math.abs(t - 0.5) ** 1.6 * high * 0.5;
      drips.push([
        x + (t - 0.5) * wide * 0.94,
        low + bow * 0.35 + (i % 2 === 0 ? -1 : 1) * high * (0.035 + random() * 0.035),
      ]);
    }
    drips.push(
      [x + wide * 0.5, low + high * 0.16],
      [x + wide * 0.5, foot - high - 60],
      [x - wide * 0.5, foot - high - 60],
    );
    const cap = polygonSmooth(drips);
    const white = faded(stage, snowWhite, far * 0.5);
    parts.push(ink.felt(cap, white, { shade: 'slope', shadow: 8 * soft, fuzz: 4 * soft }));
    parts.push(ink.stitch(open(drips.slice(0, count + 2)), shift(paint, { l: 0.1 }), -7, 7 * soft));
  }
  parts.push(
    `<path d="${body}" transform="translate(${num(wide * 0.05)} ${num(high * 0.05)})" fill="none" stroke="${hex(stage.light.rim)}" stroke-opacity="${num(0.22 * soft)}" stroke-width="5"/></g>`,
  );
  return parts.join('');
}

/** The first points smooth, the last two as corners. */
function polygonSmooth(points: readonly Point[]): string {
  const smooth = points.slice(0, -2);
  const corners = points.slice(-2);
  return `${open(smooth)}${corners.map(([x, y]) => `L${num(x)} ${num(y)}`).join('')}Z`;
}

/** A bank of cotton: puffs along a line, lit from above. */
export function cotton(stage: Stage, y: number, size: number, far = 0, from = -0.05, to = 1.05): string {
  const { ink, width, random, light } = stage;
  const parts: string[] = [];
  const white = mix(oklch(0.97, 0.01, 230), light.haze, 0.16 + far * 0.3);
  const shade = mix(shift(white, { l: -0.15, c: 0.02 }), light.sky[0], 0.25);
  for (let x = from * width; x < to * width; x += size * (0.55 + random() * 0.5)) {
    const r = size * (0.55 + random() * 0.5);
    const top = y + (random() - 0.5) * size * 0.5;
    const paint = ink.glow([
      [0, shift(white, { l: 0.02 })],
      [0.6, white],
      [0.9, mix(white, shade, 0.55), 0.96],
      [1, shade, 0.75],
    ]);
    parts.push(`<path d="${round(x + 3, top + r * 0.16, r * 1.04, r)}" fill="${hex(shade)}" fill-opacity=".35"/>`);
    parts.push(
      ink
        .felt(round(x, top, r, r * 0.92), white, { shade: 'flat', fuzz: size * 0.1 })
        .replace(/fill="#[0-9a-f]{6}"\/>$/, `fill="${paint}"/>`),
    );
  }
  const floor = ink.fade([
    [0, white],
    [1, mix(white, shade, 0.5)],
  ]);
  return `${parts.join('')}<rect x="${num(from * width)}" y="${num(y + size * 0.55)}" width="${num((to - from) * width)}" height="${num(size * 2)}" fill="${floor}" fill-opacity=".55"/>`;
}

/** One cotton cloud hanging in the sky. */
export function cloud(stage: Stage, x: number, y: number, size: number): string {
  const { ink, light } = stage;
  const white = mix(oklch(0.975, 0.01, 230), light.haze, 0.2);
  const puffs: Point[] = [
    [-1.1, 0.15],
    [1.15, 0.18],
    [-0.45, -0.25],
    [0.5, -0.2],
    [0, 0.12],
  ];
  const thread = `<path d="M${num(x)} 0V${num(y)}" stroke="#ffffff" stroke-opacity=".35" stroke-width="1.4"/>`;
  return (
    thread +
    puffs
      .map(([dx, dy]) =>
        ink.felt(round(x + dx * size, y + dy * size, size * 0.72, size * 0.56), white, {
          shade: 'ball',
          fuzz: size * 0.13,
        }),
      )
      .join('')
  );
}

export function rock(stage: Stage, x: number, y: number, r: number, colour: Colour = oklch(0.62, 0.015, 250)): string {
  const { ink, random } = stage;
  const points = Array.from({ length: 8 }, (_, i): Point => {
    const turn = (i / 8) * 6.283;
    const wobble = 0.9 + random() * 0.18;
    return [x + Math.cos(turn) * r * 1.12 * wobble, y - r * 0.62 + Math.sin(turn) * r * 0.78 * wobble];
  });
  const tone = shift(colour, { l: (random() - 0.5) * 0.1 });
  const seam = ink.stitch(
    open([
      [x - r * 0.7, y - r * 0.7],
      [x, y - r * 0.45],
      [x + r * 0.75, y - r * 0.72],
    ]),
    shift(tone, { l: 0.13 }),
    0.01,
    Math.max(4, r * 0.14),
  );
  return (
    contact(x, y, r * 1.3) +
    ink.felt(closed(points), tone, { shade: 'ball', shadow: r * 0.12, fuzz: Math.max(2, r * 0.08) }) +
    seam
  );
}

/** The soft dark spot where something stands. */
export function contact(x: number, y: number, rx: number, strength = 0.34): string {
  return [1, 0.72, 0.45]
    .map(
      (share) =>
        `<ellipse cx="${num(x + rx * 0.12)}" cy="${num(y)}" rx="${num(rx * share)}" ry="${num(rx * share * 0.2)}" fill="#0d1218" fill-opacity="${num(strength / 3)}"/>`,
    )
    .join('');
}

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
    return `<path d="${round(x + wide * (random() - 0.5) * 0.4 + bend * share * 0.8, y, wide * 0.13, wide * 0.2)}" fill="none" stroke="${hex(shift(colour, { l: -0.11 }))}" stroke-width="${num(Math.max(1.2, wide * 0.06))}"/>`;
  });
  return (
    ink.felt(outline, colour, { shade: 'rod', shadow: wide * 0.16, fuzz: Math.max(2, wide * 0.09) }) +
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
      { shade: 'slope', shadow: high * 0.03, fuzz: high * 0.035 },
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

export function group(x: number, y: number, art: string, scale = 1, turn = 0, flip = 1): string {
  return `<g ${at(x, y, scale, turn, flip)}>${art}</g>`;
}

/** Small differences without their own stream. */
export const between = (random: Random, low: number, high: number) => low + random() * (high - low);
