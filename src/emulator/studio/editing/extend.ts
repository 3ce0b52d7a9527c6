import type { Raster } from '../../../image/raster.js';
import { type Canvas, fit, mixed, painted, pixelOf } from './canvas.js';
import { reencoded } from './reencoded.js';

const asksForMore =
  /\b(?:(?:outpaint|uncrop)(?:s|ed|ing)?|(?:extend|expand|widen)(?:s|ed|ing)? (?:\w+ ){0,4}?(?:image|picture|photo|canvas|frame|scene|view))\b([^]*)/i;
const sides = [
  ['all', /\b(?:all|every|each|both) (?:\w+ )?(?:sides?|directions?|around)\b|\ball around\b/i],
  ['left', /\bleft\b/i],
  ['right', /\bright\b/i],
  ['up', /\b(?:up|upwards?|above|top)\b/i],
  ['down', /\b(?:down|downwards?|below|bottom)\b/i],
] as const;
/** A picture that is extended on all sides gets smaller. */
const SMALLER = 0.72;
/** The seam, as a share of the short side, over which the mirrored picture fades into what is new. */
const SEAM = 0.05;

/** Goes on beyond the first picture at the side that the prompt names, as far as the answer's shape leaves room there. */
export async function extend(prompt: string, canvas: Canvas): Promise<Raster | null> {
  const says = asksForMore.exec(prompt)?.[1];
  const [picture] = canvas.pictures;
  const named = sides
    .flatMap(([side, words]) => {
      const at = says === undefined ? -1 : says.search(words);
      return at < 0 ? [] : [{ side, at }];
    })
    .sort((a, b) => a.at - b.at)[0];
  if (!picture || !named) return null;
  const { width, height } = canvas;
  const scale = Math.min(width / picture.width, height / picture.height) * (named.side === 'all' ? SMALLER : 1);
  const [wide, high] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  const along = (room: number, first: string, last: string) =>
    Math.round(named.side === first ? room : named.side === last ? 0 : room / 2);
  const [left, top] = [along(width - wide, 'left', 'right'), along(height - high, 'up', 'down')];
  const [kept, place] = [await fit(picture, wide, high), await canvas.place()];
  const beyond = (x: number, y: number) =>
    Math.hypot(Math.max(left - x, x - left - wide + 1, 0), Math.max(top - y, y - top - high + 1, 0));
  const seam = SEAM * Math.min(width, height);
  const fresh = (x: number, y: number) => pixelOf(place, x, y);
  const paint = reencoded(
    canvas,
    (x, y) => pixelOf(kept, x - left, y - top),
    fresh,
    (x, y) => beyond(x, y) === 0,
  );
  return painted(width, height, (x, y, at) => {
    const share = Math.min(1, beyond(x, y) / seam);
    return mixed(paint(x, y, at), fresh(x, y), share * share * (3 - 2 * share));
  });
}
