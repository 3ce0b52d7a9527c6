import { num } from './path.js';

/** Capital letters and digits as strokes in a box 4 wide and 6 high: a bare machine has no fonts to draw with. */
const strokes: Record<string, string> = {
  A: 'M0 6L2 0L4 6M.75 4H3.25',
  B: 'M0 0V6M0 0H2A1.45 1.45 0 0 1 2 2.9H0M2 2.9H2.3A1.55 1.55 0 0 1 2.3 6H0',
  C: 'M4 1.2C3.6.4 2.9 0 2.1 0C.8 0 0 1.2 0 3S.8 6 2.1 6C2.9 6 3.6 5.6 4 4.8',
  D: 'M0 0V6H1.6C3.2 6 4 4.8 4 3S3.2 0 1.6 0Z',
  E: 'M3.7 0H0V6H3.7M0 2.9H3',
  F: 'M3.7 0H0V6M0 2.9H3',
  G: 'M4 1.2C3.6.4 2.9 0 2.1 0C.8 0 0 1.2 0 3S.8 6 2.1 6C3.4 6 4 5.2 4 3.4H2.4',
  H: 'M0 0V6M4 0V6M0 2.9H4',
  I: 'M2 0V6M.9 0H3.1M.9 6H3.1',
  J: 'M3.4 0V4.2C3.4 5.4 2.8 6 1.8 6C.9 6 .3 5.5.1 4.6',
  K: 'M0 0V6M3.9 0L.1 3.4M1.5 2.2L4 6',
  L: 'M0 0V6H3.6',
  M: 'M0 6V0L2 3.6L4 0V6',
  N: 'M0 6V0L4 6V0',
  O: 'M2 0C.7 0 0 1.2 0 3S.7 6 2 6S4 4.8 4 3S3.3 0 2 0Z',
  P: 'M0 6V0H2.3A1.65 1.65 0 0 1 2.3 3.3H0',
  Q: 'M2 0C.7 0 0 1.2 0 3S.7 6 2 6S4 4.8 4 3S3.3 0 2 0ZM2.5 4.4L4 6.3',
  R: 'M0 6V0H2.3A1.6 1.6 0 0 1 2.3 3.2H0M2 3.2L4 6',
  S: 'M3.7 1C3.3.3 2.7 0 2 0C.9 0 .2.6.2 1.5C.2 3.4 3.9 2.5 3.9 4.4C3.9 5.4 3.1 6 2 6C1.1 6 .4 5.6 0 4.8',
  T: 'M0 0H4M2 0V6',
  U: 'M0 0V4C0 5.3.8 6 2 6S4 5.3 4 4V0',
  V: 'M0 0L2 6L4 0',
  W: 'M-.3 0L.9 6L2 1.6L3.1 6L4.3 0',
  X: 'M0 0L4 6M4 0L0 6',
  Y: 'M0 0L2 3L4 0M2 3V6',
  Z: 'M0 0H4L0 6H4',
  '0': 'M2 0C.7 0 0 1.2 0 3S.7 6 2 6S4 4.8 4 3S3.3 0 2 0ZM.8 4.6L3.2 1.4',
  '1': 'M.7 1.3L2.2 0V6M.8 6H3.5',
  '2': 'M.2 1.5C.3.5 1 0 2 0S3.8.6 3.8 1.6C3.8 3 .8 4.2.1 6H4',
  '3': 'M.2.9C.6.3 1.2 0 2 0C3.1 0 3.8.6 3.8 1.5S3.1 2.9 1.6 2.9C3.2 2.9 4 3.5 4 4.4S3.2 6 2 6C1.1 6 .4 5.6 0 4.9',
  '4': 'M3 6V0L0 4.2H4',
  '5': 'M3.7 0H.6L.3 2.8C.8 2.4 1.4 2.2 2 2.2C3.2 2.2 4 3 4 4.1S3.2 6 2 6C1.1 6 .4 5.6 0 4.9',
  '6': 'M3.6.6C3.2.2 2.7 0 2.2 0C.8 0 .1 1.6.1 3.6C.1 5.2.8 6 2.1 6S4 5.2 4 4.1S3.2 2.4 2.1 2.4C1.2 2.4.4 2.9.1 3.6',
  '7': 'M0 0H4L1.5 6',
  '8': 'M2 2.8C.9 2.8.3 2.2.3 1.4S.9 0 2 0S3.7.6 3.7 1.4S3.1 2.8 2 2.8C.8 2.8 0 3.5 0 4.4S.8 6 2 6S4 5.3 4 4.4S3.2 2.8 2 2.8Z',
  '9': 'M.4 5.4C.8 5.8 1.3 6 1.8 6C3.2 6 3.9 4.4 3.9 2.4C3.9.8 3.2 0 1.9 0S0 .8 0 1.9S.8 3.6 1.9 3.6C2.8 3.6 3.6 3.1 3.9 2.4',
  '-': 'M.8 3.2H3.2',
  '.': 'M2 5.9V6',
  '!': 'M2 0V4M2 5.9V6',
  "'": 'M2 0V1.4',
  ',': 'M2.2 5.6L1.6 7',
  ':': 'M2 2V2.1M2 5.8V5.9',
  '?': 'M.2 1.5C.3.5 1 0 2 0S3.8.6 3.8 1.6C3.8 2.8 2 3 2 4.3M2 5.9V6',
  '&': 'M4 6L.9 1.9C.2.9.8 0 1.8 0S3.3 1 2.5 1.8L.8 3.2C-.6 4.4.1 6 1.7 6C2.9 6 3.8 5.2 4 3.6',
  '/': 'M.4 6.4L3.6 -.4',
};
const ADVANCE = 5.6;

/** Width of a caption in pixels at cap height `size`. */
export const captionWidth = (text: string, size: number) => ((text.length * ADVANCE - (ADVANCE - 4)) * size) / 6;

/** A caption centred on x, its capitals `size` pixels high with their feet at y. Characters without strokes leave a gap. */
export function caption(text: string, x: number, y: number, size: number, colour: string, weight = 0.85): string {
  const scale = size / 6;
  const letters = [...text.toUpperCase()].map((letter, i) => {
    const path = strokes[letter];
    return path === undefined ? '' : `<path d="${path}" transform="translate(${num(i * ADVANCE)} 0)"/>`;
  });
  const left = x - captionWidth(text, size) / 2;
  return `<g transform="translate(${num(left)} ${num(y - size)}) scale(${num(scale)})" fill="none" stroke="${colour}" stroke-width="${weight}" stroke-linecap="round" stroke-linejoin="round">${letters.join('')}</g>`;
}
