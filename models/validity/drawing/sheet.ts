import { rasterizeSvg } from '../../../src/image/codec.js';
import type { Raster } from '../../../src/image/raster.js';
import { n } from './brush.js';
import { AT_REST, drawFigure, placed } from './figure.js';
import type { Identity } from './identity.js';

const WIDTH = 960;
const HEIGHT = 640;

/** FRONT | BACK on white, 960 x 640; every second character's sheet has captions. */
export function drawSheet(identity: Identity): Promise<Raster> {
  const captions = identity.seed % 2 === 0;
  const size = HEIGHT * 0.76;
  const views = [0, 180].map((yaw, i) => {
    const figure = drawFigure(identity, { ...AT_REST, yaw }, `v${i}`);
    return placed(figure, identity, { x: WIDTH * (0.27 + 0.46 * i), y: HEIGHT * 0.49, size, roll: 0, mirror: false });
  });
  const words = captions
    ? [caption('CHARACTER SHEET', 0.5, 0.06), caption('FRONT', 0.27, 0.96), caption('BACK', 0.73, 0.96)]
    : [];
  return rasterizeSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}"><rect width="100%" height="100%" fill="#fff"/>${views.join('')}${words.join('')}</svg>`,
    WIDTH,
    HEIGHT,
  );
}

function caption(text: string, x: number, y: number): string {
  return `<text x="${n(WIDTH * x)}" y="${n(HEIGHT * y)}" font-family="sans-serif" font-size="22" text-anchor="middle" fill="#333">${text}</text>`;
}
