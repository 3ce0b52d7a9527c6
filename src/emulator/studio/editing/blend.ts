import { plainBackground } from '../../../image/background.js';
import { resize } from '../../../image/codec.js';
import type { Raster } from '../../../image/raster.js';
import { type Canvas, fit, mixed, painted, pixelOf } from './canvas.js';

const pattern =
  /\b(?:pattern|texture|fabric|print|design) (?:of|from|in) (?:image|picture|photo) #?(\d+)\b[^]*?\b(?:image|picture|photo) #?(\d+)\b/i;
const inside =
  /\b(?:put|place|set|add|stand|insert|move)s? (?:the |both )?(?:\w+ ){0,4}?(?:of|from) (?:image|picture|photo)s? #?(\d+)(?:(?:,| and) (?:the (?:\w+ ){0,3}?of )?(?:image|picture|photo)? ?#?(\d+))?\b[^]*?\b(?:in|into|on|onto) [^.]*?\b(?:image|picture|photo) #?(\d+)\b/i;
/** The height of something that is put into a picture, as a share of the picture's. */
const TALL = 0.42;

/** Puts a pattern on an object, or objects into a place; each object stands on a plain background in its own picture. */
export async function blend(prompt: string, canvas: Canvas): Promise<Raster | null> {
  const numbers = (hit: RegExpExecArray | null) =>
    (hit?.slice(1) ?? []).flatMap((text) => (text ? [Number(text) - 1] : []));
  const [print, on] = numbers(pattern.exec(prompt));
  if (print !== undefined && on !== undefined) return printed(canvas, print, on);
  const all = numbers(inside.exec(prompt));
  const place = all.pop();
  return place === undefined || all.length === 0 ? null : furnished(canvas, all, place);
}

/** The object's light, in the colours of the pattern. */
async function printed({ pictures, width, height }: Canvas, print: number, on: number): Promise<Raster | null> {
  const [cloth, object] = [pictures[print], pictures[on]];
  if (!cloth || !object) return null;
  const fitted = await fit(object, width, height);
  const background = plainBackground(fitted);
  if (!background) return null;
  const side = Math.round(Math.min(width, height) / 2);
  const tile = await resize(cloth, side, Math.max(1, Math.round((side * cloth.height) / cloth.width)));
  return painted(width, height, (x, y, at) => {
    const own = pixelOf(fitted, x, y);
    if (background[at / 4] === 1) return own;
    const light = (0.3 * own[0] + 0.59 * own[1] + 0.11 * own[2]) / 150;
    return mixed(
      own,
      pixelOf(tile, x, y).map((value) => value * light),
      0.85,
    );
  });
}

/** The objects side by side on the floor of the place. */
async function furnished({ pictures, width, height }: Canvas, objects: number[], at: number): Promise<Raster | null> {
  const place = pictures[at];
  if (!place) return null;
  const out = await fit(place, width, height);
  const scene = { ...out, data: new Uint8ClampedArray(out.data) };
  for (const [i, number] of objects.entries()) {
    const object = pictures[number];
    const background = object && plainBackground(object);
    if (!object || !background) return null;
    const alpha = {
      ...object,
      data: object.data.map((value, p) => (p % 4 === 3 ? 255 * (1 - (background[(p - 3) / 4] ?? 0)) : value)),
    };
    const high = Math.round(height * TALL);
    const small = await resize(alpha, Math.round((high * object.width) / object.height), high);
    const left = Math.round(((i + 1) * width) / (objects.length + 1) - small.width / 2);
    lay(scene, small, left, Math.round(height * 0.94) - high);
  }
  return scene;
}

/** Copies a picture with clear pixels onto another one. */
function lay(target: Raster, source: Raster, left: number, top: number): void {
  for (let y = 0; y < source.height; y += 1) {
    for (let x = 0; x < source.width; x += 1) {
      const [tx, ty] = [left + x, top + y];
      if (tx < 0 || ty < 0 || tx >= target.width || ty >= target.height) continue;
      const from = 4 * (y * source.width + x);
      const colour = mixed(
        pixelOf(target, tx, ty),
        source.data.subarray(from, from + 3) as never,
        (source.data[from + 3] ?? 0) / 255,
      );
      target.data.set(colour, 4 * (ty * target.width + tx));
    }
  }
}
