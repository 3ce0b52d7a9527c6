import { type Colour, mix, oklch, shift } from '../colour.js';
import { closed, ground, num, open, type Point, round } from '../path.js';
import { contact, faded, snowWhite } from './scenery.js';
import type { Stage } from './stage.js';

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
  const parts = [ink.felt(body, paint, { shade: 'ball', shadow: 13 * soft })];
  const clip = ink.clip(`<path d="${body}"/>`);
  const crease = Array.from({ length: 6 }, (_, i): Point => [
    x + (i / 5 - 0.5) * wide,
    foot - high * 0.46 + Math.sin(i * 1.9 + 6.5) * high * 0.03 + Math.abs(i / 5 - 0.5) * high * 0.34,
  ]);
  const folds = [0.36, 0.17].map((share, i) => {
    const edge = Array.from({ length: 8 }, (_, k): Point => [
      x + (k / 7 - 0.5) * wide * 1.1,
      foot - high * share + Math.sin(k * 1.7 + i * 2 + x) * high * 0.045,
    ]);
    return (
      ink.felt(ground(edge, foot + 20), shift(paint, { l: 0.035 - i * 0.06, h: i * 8 - 4 }), {
        shade: 'slope',
        shadow: 7 * soft,
      }) + ink.stitch(open(edge), shift(paint, { l: 0.13 }), 8 * soft, 7 * soft)
    );
  });
  parts.push(`<g ${clip}>${ink.stitch(open(crease), shift(paint, { l: -0.07 }), 0.01, 8 * soft)}${folds.join('')}`);
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
    parts.push(ink.felt(cap, white, { shade: 'slope', shadow: 8 * soft }));
    parts.push(ink.stitch(open(drips.slice(0, count + 2)), shift(paint, { l: 0.1 }), -7, 7 * soft));
  }
  parts.push('</g>');
  return parts.join('');
}

/** The first points smooth, the last two as corners. */
function polygonSmooth(points: readonly Point[]): string {
  const smooth = points.slice(0, -2);
  const corners = points.slice(-2);
  return `${open(smooth)}${corners.map(([x, y]) => `L${num(x)} ${num(y)}`).join('')}Z`;
}

/** A bank of cotton: heaped puffs, white above and fading into shade below, so that they melt into one another. */
export function cotton(stage: Stage, y: number, size: number, far = 0, from = -0.05, to = 1.05): string {
  const { ink, width, random, light } = stage;
  const white = mix(oklch(0.985, 0.006, 230), light.haze, 0.1 + far * 0.35);
  const shade = mix(shift(white, { l: -0.13, c: 0.02 }), light.sky[0], 0.22);
  const paint = ink.fade([
    [0, white],
    [0.5, white, 0.97],
    [0.82, mix(white, shade, 0.6), 0.75],
    [1, shade, 0],
  ]);
  const puffs: string[] = [];
  const heap = (x: number, top: number, r: number) => `<path d="${round(x, top, r, r * 0.9)}" fill="${paint}"/>`;
  for (const row of [0, 1]) {
    for (let x = from * width; x < to * width; x += size * (0.5 + random() * 0.45)) {
      const r = size * (0.5 + random() * 0.5);
      const top = y + row * size * 0.55 + (random() - 0.5) * size * 0.5;
      puffs.push(
        heap(x, top, r),
        heap(x - r * 0.62, top - r * 0.12, r * 0.5),
        heap(x + r * 0.55, top - r * 0.3, r * 0.55),
      );
    }
  }
  const floor = ink.fade([
    [0, white, 0.2],
    [0.3, white, 0.9],
    [1, mix(white, shade, 0.6)],
  ]);
  return `<rect x="${num(from * width)}" y="${num(y)}" width="${num((to - from) * width)}" height="${num(size * 2.4)}" fill="${floor}"/>${puffs.join('')}`;
}

/** One cotton cloud hanging on its thread. */
export function cloud(stage: Stage, x: number, y: number, size: number): string {
  const { ink, light } = stage;
  const white = mix(oklch(0.985, 0.006, 230), light.haze, 0.12);
  const shade = mix(shift(white, { l: -0.1, c: 0.015 }), light.sky[0], 0.3);
  const paint = ink.fade([
    [0, white],
    [0.6, white],
    [1, shade],
  ]);
  const puffs: readonly (readonly [number, number, number])[] = [
    [-1.15, 0.2, 0.5],
    [1.2, 0.22, 0.46],
    [-0.55, -0.16, 0.68],
    [0.55, -0.1, 0.64],
    [0.02, -0.42, 0.6],
    [0, 0.14, 0.78],
  ];
  const thread = `<path d="M${num(x)} 0V${num(y)}" stroke="#ffffff" stroke-opacity=".4" stroke-width="1.3"/>`;
  return (
    thread +
    puffs
      .map(
        ([dx, dy, r]) =>
          `<path d="${round(x + dx * size, y + dy * size, size * r, size * r * 0.82)}" fill="${paint}"/>`,
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
  return contact(x, y, r * 1.3) + ink.felt(closed(points), tone, { shade: 'ball', shadow: r * 0.12 }) + seam;
}
