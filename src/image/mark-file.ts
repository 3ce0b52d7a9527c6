import { decode, encodePng } from './codec.js';
import { marked } from './marks.js';
import { regionOf } from './mask.js';

/**
 * A PNG of the picture with the region of the mask marked, both given as files; or why there is none, to be said of the
 * mask. The same files give the same bytes.
 */
export async function markFile(
  picture: Uint8Array,
  mask: Uint8Array,
): Promise<{ bytes: Uint8Array; mime: 'image/png'; width: number; height: number } | { reason: string }> {
  const [under, over] = [await decode(picture), await decode(mask)];
  if (!under.raster) return { reason: `cannot be laid on it: the picture ${under.reason}` };
  if (!over.raster) return { reason: over.reason };
  const { region, reason } = regionOf(over.raster, under.raster);
  if (!region) return { reason };
  const { width, height } = under.raster;
  return { bytes: encodePng(marked(under.raster, region)), mime: 'image/png', width, height };
}
