import { rasterizeSvg } from '../../image/codec.js';
import type { Box, Raster } from '../../image/raster.js';

/** Character sheets drawn for tests, 688 x 384 px unless told: all boxes are known. */

export const WIDTH = 688;
export const HEIGHT = 384;

export function drawSheet(elements: string, paper = plain('#fff'), scale = 1): Promise<Raster> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">${paper}${elements}</svg>`;
  return rasterizeSvg(svg, WIDTH * scale, HEIGHT * scale);
}

/** The sheet's whole area filled, by default with a colour. */
export function plain(fill: string): string {
  return `<rect width="100%" height="100%" fill="${fill}"/>`;
}

/** Its antenna floats above a head that is its body too; a white eye; paper between arms, body and legs. */
export function robot(x: number, y: number, fill: string, size = 1): string {
  const rect = (left: number, top: number, width: number, height: number, rx = 0) =>
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="${rx}"/>`;
  const body = rect(20, 24, 100, 110, 15) + rect(35, 130, 20, 70) + rect(85, 130, 20, 70);
  const arms = rect(0, 45, 15, 60, 6) + rect(12, 60, 12, 8) + rect(125, 45, 15, 60, 6) + rect(116, 60, 12, 8);
  return `<g transform="translate(${x} ${y}) scale(${size})" fill="${fill}"><circle cx="70" cy="8" r="8"/>${body}${arms}<circle cx="50" cy="65" r="11" fill="#fff"/></g>`;
}

export function robotBox(x: number, y: number, size = 1): Box {
  return { x, y, width: 140 * size, height: 200 * size };
}

/** Letters as blocks, so that no font is needed. */
export function letters(x: number, y: number, count: number, height = 20): string {
  return Array.from(
    { length: count },
    (_, i) => `<rect x="${x + i * 0.75 * height}" y="${y}" width="${height / 2}" height="${height}" fill="#222"/>`,
  ).join('');
}
