import { addressOf } from './pictures.js';

/** A picture of the page that can be laid beside any other, as the strip of pictures names it. */
export interface Shot {
  id: string;
  link: HTMLAnchorElement;
  title: string;
  note: string;
  alt: string;
  src: string;
  width: number;
  height: number;
  /** Where the character is, px of the picture. */
  box: { x: number; y: number; width: number; height: number } | null;
  /** Of a sample. */
  made: { variant: string; sample: number; sha256: string } | null;
}

/** Those that can be shown, in the order of the strip. */
export function readShots(viewer: Element): Shot[] {
  return [...viewer.querySelectorAll<HTMLAnchorElement>('a.shot')].filter((link) => link.dataset['src']).map(readShot);
}

function readShot(link: HTMLAnchorElement): Shot {
  const data = link.dataset;
  const [x, y, width, height] = (data['box'] ?? '').split(' ').map(Number);
  const { variant, sample, sha256 } = data;
  return {
    id: data['id'] ?? '',
    link,
    title: data['title'] ?? '',
    note: data['note'] ?? '',
    alt: data['alt'] ?? '',
    src: addressOf(data['src'] ?? ''),
    width: Number(data['width']),
    height: Number(data['height']),
    box:
      x === undefined || y === undefined || width === undefined || height === undefined
        ? null
        : { x, y, width, height },
    made: variant && sample && sha256 ? { variant, sample: Number(sample), sha256 } : null,
  };
}

/** Where a picture's character lies on a stage of this shape, as shares of it; pictures fill a stage without being cut. */
export function onStage(shot: Shot, ratio: number): { x: number; y: number; width: number; height: number } | null {
  if (!shot.box) return null;
  const own = shot.width / shot.height;
  const [across, down] = own > ratio ? [1, ratio / own] : [own / ratio, 1];
  const { x, y, width, height } = shot.box;
  return {
    x: (1 - across) / 2 + (x / shot.width) * across,
    y: (1 - down) / 2 + (y / shot.height) * down,
    width: (width / shot.width) * across,
    height: (height / shot.height) * down,
  };
}
