import { encodeLossy, encodePng } from '../../image/codec.js';
import { filled } from '../../image/raster.js';
import type { Emulator } from '../call.js';

/** A studio that is fast: one flat colour, which depends on the seed, in the size and encoding that was ordered. */
export const tinyDraw: Emulator['draw'] = async ({ width, height, seed, mime }) => {
  const colours = new Uint32Array(width * height).fill((seed | 0xff000000) >>> 0);
  const raster = { width, height, data: new Uint8ClampedArray(colours.buffer) };
  const bytes = mime === 'image/png' ? encodePng(raster) : await encodeLossy(raster, 'image/jpeg', 80);
  return { bytes, mime };
};

/** The same in 8 x 8 px, for tests that look at no picture. */
export const smallDraw: Emulator['draw'] = (order) => tinyDraw({ ...order, width: 8, height: 8 });

/** Real pictures for requests, in base64. */
export const png = (width = 24, height = 16): string =>
  Buffer.from(encodePng(filled(width, height, [200, 80, 40, 255]))).toString('base64');
export const jpeg = async (width = 24, height = 16): Promise<string> =>
  Buffer.from(await encodeLossy(filled(width, height, [40, 80, 200, 255]), 'image/jpeg', 80)).toString('base64');
export const webp = async (): Promise<string> =>
  Buffer.from(await encodeLossy(filled(24, 16, [40, 200, 80, 255]), 'image/webp', 80)).toString('base64');
