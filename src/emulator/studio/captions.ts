import { caption, captionWidth } from './glyphs.js';

/** Captions of a sheet: those that name a view below it, all others above. */
export function sheetCaptions(captions: readonly string[], width: number, height: number): string {
  const dark = '#33302c';
  return captions
    .map((text) => {
      const isView = /\b(?:FRONT|BACK|REAR|SIDE)\b/.test(text);
      const x = isView ? width * (text.includes('FRONT') ? 0.28 : 0.72) : width / 2;
      const size = Math.min(
        height * (isView ? 0.04 : 0.058),
        ((isView ? width * 0.4 : width * 0.86) * 6) / (text.length * 5.6),
      );
      return caption(text, x, isView ? height * 0.945 : height * 0.095, size, dark);
    })
    .join('');
}

/** Captions of a scene, below one another, each on a strip of felt. */
export function banners(captions: readonly string[], width: number, height: number): string {
  return captions
    .map((text, i) =>
      banner(
        text,
        width / 2,
        height * (0.1 + i * 0.09),
        Math.min(height * 0.055, (width * 0.8 * 6) / (text.length * 5.6)),
      ),
    )
    .join('');
}

function banner(text: string, x: number, y: number, size: number): string {
  const wide = captionWidth(text, size) + size * 1.6;
  return `<rect x="${x - wide / 2}" y="${y - size * 1.45}" width="${wide}" height="${size * 1.9}" rx="${size * 0.4}" fill="#f3ead8"/>${caption(text, x, y, size, '#3b332b')}`;
}
