import { decode, encodeLossy, encodePng } from '../image/codec.js';
import type { Raster } from '../image/raster.js';
import { seededRandom } from '../lib/random.js';
import { draw, drawPlace, SCENE } from './decoys.js';

/** What the same character may look like in another picture. `size` is a share of the height, `turn` in degrees. */
const VARIATIONS = [
  { size: 0.8, turn: 0, mirror: 1, gain: 1 },
  { size: 0.6, turn: 5, mirror: -1, gain: 0.9 },
  { size: 0.7, turn: -7, mirror: 1, gain: 1.15 },
  { size: 0.45, turn: 3, mirror: -1, gain: 1.05 },
  { size: 0.9, turn: -4, mirror: 1, gain: 0.85 },
];
const JPEG_QUALITY = 80;

/** A cut-out figure in made-up places: turned, mirrored, lighter or darker, of other sizes, through JPEG. */
export function inPlaces(cutout: Raster): Promise<Raster[]> {
  return Promise.all(
    VARIATIONS.map((variation, i) => {
      const centre = { x: SCENE.width * (0.3 + 0.2 * (i % 3)), y: SCENE.height / 2 };
      const figure = place(cutout, variation, centre, SCENE.height * variation.size);
      return throughJpeg(drawPlace(seededRandom(3000 + i)) + figure, SCENE.width, SCENE.height);
    }),
  );
}

/** The same changes, but filling a white square as a view of a sheet does. */
export function onWhite(cutout: Raster): Promise<Raster[]> {
  const side = 256;
  return Promise.all(
    VARIATIONS.map((variation) =>
      throughJpeg(place(cutout, variation, { x: side / 2, y: side / 2 }, 0.88 * side), side, side),
    ),
  );
}

/** The figure as an SVG element, its longer side `size` px. */
function place(
  { width, height, ...cutout }: Raster,
  { turn, mirror, gain }: (typeof VARIATIONS)[number],
  centre: { x: number; y: number },
  size: number,
): string {
  const png = Buffer.from(encodePng({ width, height, ...cutout })).toString('base64');
  const scale = size / Math.max(width, height);
  const light = ['R', 'G', 'B'].map((channel) => `<feFunc${channel} type="linear" slope="${gain}"/>`).join('');
  const transform = `translate(${centre.x} ${centre.y}) rotate(${turn}) scale(${scale * mirror} ${scale})`;
  return `<filter id="light" color-interpolation-filters="sRGB"><feComponentTransfer>${light}</feComponentTransfer></filter>
    <g filter="url(#light)" transform="${transform}"><image x="${-width / 2}" y="${-height / 2}" width="${width}" height="${height}" href="data:image/png;base64,${png}"/></g>`;
}

async function throughJpeg(elements: string, width: number, height: number): Promise<Raster> {
  const drawn = await draw(elements, width, height);
  const { raster, reason } = await decode(await encodeLossy(drawn, 'image/jpeg', JPEG_QUALITY));
  if (!raster) throw new Error(`a picture made here ${reason}`);
  return raster;
}
