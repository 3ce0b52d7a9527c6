import { rasterizeSvg } from '../image/codec.js';
import type { Raster } from '../image/raster.js';
import { seededRandom, type Random } from '../lib/random.js';

/**
 * Small made-up characters and places. They say how alike *another* character looks to the encoder (the floor of a
 * calibrated score), and give backgrounds to show the own character on (the ceiling). Drawn here, from fixed seeds,
 * rather than shipped as pictures: nothing to license, nothing to load, the same everywhere. They are simpler than
 * what image models draw, so the floor is a little lower than look-alikes would make it.
 */
export const DECOYS = 20;

/** Scenes are 16:9, the commonest ratio asked for. Sheet figures are square. */
export const SCENE = { width: 456, height: 256 };
const FIGURE = 192;

/** Decoy `index` standing somewhere in a scene, 456 x 256 px. */
export function decoyScene(index: number): Promise<Raster> {
  const random = seededRandom(1000 + index);
  const size = SCENE.height * between(random, 0.4, 0.85);
  const x = between(random, 0, SCENE.width - size);
  const y = SCENE.height - size * between(random, 1, 1.1);
  const figure = drawFigure(seededRandom(index));
  return draw(
    `${drawPlace(seededRandom(2000 + index))}<g transform="translate(${x} ${y}) scale(${size / 100})">${figure}</g>`,
    SCENE.width,
    SCENE.height,
  );
}

/** Decoy `index` on white, filling a square as a view of a sheet does. */
export function decoyFigure(index: number): Promise<Raster> {
  return draw(`<g transform="scale(${FIGURE / 100})">${drawFigure(seededRandom(index))}</g>`, FIGURE, FIGURE);
}

/** An empty place as SVG elements, 456 x 256. */
export function drawPlace(random: Random): string {
  const { width, height } = SCENE;
  const horizon = height * between(random, 0.35, 0.75);
  const rect = (y: number, h: number, fill: string) =>
    `<rect x="0" y="${y}" width="${width}" height="${h}" fill="${fill}"/>`;
  const things = Array.from({ length: 4 + Math.floor(random() * 8) }, () => {
    const x = random() * width;
    const w = between(random, 12, 70);
    const h = between(random, 20, 110);
    const fill = colour(random);
    const y = horizon + between(random, -10, 30);
    return random() < 0.5
      ? `<path d="M${x - w} ${y} L${x} ${y - h} L${x + w} ${y} Z" fill="${fill}"/>`
      : `<ellipse cx="${x}" cy="${y - h / 2}" rx="${w / 2}" ry="${h / 2}" fill="${fill}"/>`;
  });
  return rect(0, height, colour(random, 0.75)) + rect(horizon, height - horizon, colour(random)) + things.join('');
}

export function draw(elements: string, width: number, height: number): Promise<Raster> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="#fff"/>${elements}</svg>`;
  return rasterizeSvg(svg, width, height);
}

/** A creature in a 100 x 100 square: two to four legs, a body, a head, eyes, perhaps ears, hat or horns. */
function drawFigure(random: Random): string {
  const [skin, cloth, detail] = [colour(random), colour(random), colour(random)];
  const bodyWidth = between(random, 24, 46);
  const bodyHeight = between(random, 24, 38);
  const headWidth = between(random, 20, 40);
  const headHeight = between(random, 18, 30);
  const top = 94 - between(random, 10, 22) - bodyHeight - headHeight;
  const neck = top + headHeight;
  const block = (x: number, y: number, w: number, h: number, fill: string, round: number) =>
    `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${round}" fill="${fill}"/>`;
  const centred = (y: number, w: number, h: number, fill: string, round: number) =>
    block(50 - w / 2, y, w, h, fill, round);
  const legs = 2 + 2 * Math.floor(random() * 2);
  const limbs = Array.from({ length: legs }, (_, i) =>
    block(
      50 - bodyWidth / 2 + (i * (bodyWidth - 6)) / (legs - 1),
      neck + bodyHeight - 4,
      7,
      98 - neck - bodyHeight,
      skin,
      3,
    ),
  );
  const arm = between(random, 4, 9);
  const arms = [50 - bodyWidth / 2 - arm, 50 + bodyWidth / 2].map((x) =>
    block(x, neck + 3, arm, bodyHeight * 0.8, skin, 3),
  );
  const eye = between(random, 2, 5);
  const eyes = [-1, 1].map(
    (side) => `<circle cx="${50 + (side * headWidth) / 4}" cy="${top + headHeight * 0.45}" r="${eye}" fill="#111"/>`,
  );
  const tops = [
    [-1, 1]
      .map((side) => `<circle cx="${50 + (side * headWidth) / 2}" cy="${top + 3}" r="7" fill="${skin}"/>`)
      .join(''),
    centred(top - 10, headWidth * 0.7, 12, detail, 2) + centred(top - 1, headWidth * 1.2, 4, detail, 1),
    `<path d="M${50 - headWidth / 2} ${top + 6} l2 -18 l8 14 Z M${50 + headWidth / 2} ${top + 6} l-2 -18 l-8 14 Z" fill="${detail}"/>`,
    '',
  ];
  const badge = random() < 0.6 ? centred(neck + bodyHeight * 0.3, bodyWidth * 0.4, bodyHeight * 0.3, detail, 2) : '';
  const topping = tops[Math.floor(random() * tops.length)] ?? '';
  return [
    ...limbs,
    ...arms,
    centred(neck - 2, bodyWidth, bodyHeight, cloth, between(random, 2, bodyHeight / 2)),
    badge,
    topping,
    centred(top, headWidth, headHeight, skin, between(random, 2, headHeight / 2)),
    ...eyes,
  ].join('');
}

function between(random: Random, low: number, high: number): number {
  return low + random() * (high - low);
}

function colour(random: Random, lightest = 0.6): string {
  return `hsl(${Math.floor(random() * 360)} ${Math.floor(15 + random() * 75)}% ${Math.floor(20 + random() * lightest * 100 * 0.8)}%)`;
}
