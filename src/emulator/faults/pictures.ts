import { pixelsOf } from '../../catalog/catalog.js';
import { encodePng } from '../../image/codec.js';
import { filled } from '../../image/raster.js';
import { oversizePng } from './oversize.js';
import type { FaultKind } from './kind.js';

export const pictures = {
  mislabelled: {
    about: 'JPEG bytes labelled image/png',
    order: (request) => ({ ...request, mime: 'image/jpeg' }),
    picture: ({ bytes }) => ({ bytes, mime: 'image/png' }),
  },
  'cut-image': {
    about: 'a complete answer whose picture ends after 60 % of its bytes',
    picture: ({ bytes, mime }) => ({ bytes: bytes.subarray(0, Math.floor(bytes.length * 0.6)), mime }),
  },
  'tiny-image': {
    about: 'a picture of 1 x 1 px',
    picture: () => ({ bytes: encodePng(filled(1, 1, [128, 128, 128, 255])), mime: 'image/png' }),
  },
  oversize: {
    about: 'a PNG whose header says 30,000 x 30,000 px',
    picture: () => ({ bytes: oversizePng(30_000, 30_000), mime: 'image/png' }),
  },
  'wrong-ratio': {
    about: 'another aspect ratio than the one asked for',
    order: (request, model) => {
      const ratio = request.width === request.height ? '16:9' : '1:1';
      const [width, height] = pixelsOf(model.id, ratio, undefined) ?? [request.height, request.width];
      return { ...request, width, height };
    },
  },
} satisfies Record<string, FaultKind>;
