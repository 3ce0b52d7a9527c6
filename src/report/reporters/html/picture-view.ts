import type { Box } from '../../../image/raster.js';
import type { Picture } from '../../../record.js';
import { fullPicture } from './paths.js';
import type { Thumbnails } from './thumbnails.js';

/** A picture on a page. Paths are relative to the run's folder; the template puts the page's own way there before them. */
export interface PictureView {
  /** `null` when the file cannot be shown: `problem` says why. */
  src: string | null;
  problem: string;
  /** The picture as received. */
  full: string | null;
  alt: string;
  width: number;
  height: number;
  /** Where the character was found, in pixels of the picture. */
  found: { boxes: Box[]; dim: string } | null;
}

/** `size`: `whole` is a copy small enough for a grid, `full` the picture as received. */
export function pictureView(
  thumbs: Thumbnails,
  picture: Picture,
  alt: string,
  size: 'whole' | 'full',
  found: Box[] = [],
): PictureView {
  const { width, height } = picture;
  const problem = thumbs.problem(picture);
  const full = fullPicture(picture);
  return {
    src: problem === null ? (size === 'full' ? full : thumbs.whole(picture)) : null,
    problem: problem ?? '',
    full,
    alt,
    width,
    height,
    found:
      found.length === 0
        ? null
        : {
            boxes: found,
            dim: `M0 0H${width}V${height}H0Z${found.map((box) => `M${box.x} ${box.y}v${box.height}h${box.width}v${-box.height}Z`).join('')}`,
          },
  };
}
