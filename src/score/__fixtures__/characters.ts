import { rasterizeSvg } from '../../image/codec.js';
import type { Raster } from '../../image/raster.js';

/** Two made-up characters that any encoder with an eye for colour tells apart. */
const figures = {
  red: '<rect x="20" y="35" width="60" height="45" rx="8" fill="#c33024"/><rect x="30" y="8" width="40" height="30" rx="6" fill="#f0c840"/><circle cx="42" cy="22" r="4" fill="#111"/><circle cx="58" cy="22" r="4" fill="#111"/><rect x="28" y="78" width="14" height="20" fill="#7a1c14"/><rect x="58" y="78" width="14" height="20" fill="#7a1c14"/>',
  blue: '<ellipse cx="50" cy="60" rx="34" ry="30" fill="#2448c3"/><circle cx="50" cy="24" r="20" fill="#40d0c8"/><circle cx="44" cy="22" r="4" fill="#fff"/><circle cx="58" cy="22" r="4" fill="#fff"/><rect x="36" y="84" width="10" height="14" fill="#142a7a"/><rect x="56" y="84" width="10" height="14" fill="#142a7a"/>',
  headless:
    '<rect x="20" y="35" width="60" height="45" rx="8" fill="#c33024"/><rect x="28" y="78" width="14" height="20" fill="#7a1c14"/><rect x="58" y="78" width="14" height="20" fill="#7a1c14"/>',
};

const back = '<rect x="40" y="45" width="20" height="24" rx="4" fill="#333"/>';

export type FigureName = keyof typeof figures;

/** Front and back on white, 688 x 384 px. */
export function sheet(name: FigureName): Promise<Raster> {
  return draw(
    `<rect width="688" height="384" fill="#fff"/><g transform="translate(60 60) scale(2.8)">${figures[name]}</g><g transform="translate(360 60) scale(2.8)">${figures[name]}${back}</g>`,
  );
}

/** The character in a meadow, 688 x 384 px: `x`, `y` its top left corner, `size` its height. Perhaps another on the right. */
export function scene(name: FigureName, place = { x: 380, y: 120, size: 220 }, other?: FigureName): Promise<Raster> {
  const { x, y, size } = place;
  const beside = other === undefined ? '' : `<g transform="translate(400 130) scale(2.2)">${figures[other]}</g>`;
  return draw(
    `<rect width="688" height="384" fill="#9cc8e8"/><rect y="210" width="688" height="174" fill="#6a9a52"/><path d="M0 210 L120 90 L260 210 Z M420 210 L560 110 L688 210 Z" fill="#88888e"/><g transform="translate(${x} ${y}) scale(${size / 100})">${figures[name]}</g>${beside}`,
  );
}

function draw(elements: string): Promise<Raster> {
  return rasterizeSvg(`<svg xmlns="http://www.w3.org/2000/svg" width="688" height="384">${elements}</svg>`, 688, 384);
}
