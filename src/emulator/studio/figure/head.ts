import type { Character } from '../character.js';
import { type Colour, hex, oklch, shift } from '../colour.js';
import { type Ink, tube } from '../ink.js';
import { num, polygon, round } from '../path.js';
import { type Anatomy, around, solid } from './anatomy.js';
import type { Stance } from './stance.js';

const black = oklch(0.2, 0.01, 250);
const white = oklch(0.97, 0.008, 95);

/** Head with ears, antennae and face, as seen under the stance's yaw. */
export function head(ink: Ink, character: Character, body: Anatomy, stance: Stance): string {
  const { y, rx, ry } = body.head;
  const { yaw } = stance;
  const outline = solid(character.headShape, y, rx, ry);
  const facing = around(0, yaw).depth;
  const parts = [antennae(ink, character, body, yaw), ears(ink, character, body, yaw, 'far')];
  parts.push(ink.felt(outline, character.headColour, { shade: 'ball', fuzz: 2.2, shadow: 1.2 }));
  const inside = ink.clip(`<path d="${outline}"/>`);
  if (facing > -0.2) parts.push(`<g ${inside}>${face(ink, character, body, stance)}</g>`);
  else parts.push(`<g ${inside}>${nape(ink, character, body, yaw)}</g>`);
  parts.push(ears(ink, character, body, yaw, 'near'));
  return parts.join('');
}

/** The back of the head: a seam and a patch, so that it is known from behind too. */
function nape(ink: Ink, character: Character, body: Anatomy, yaw: number): string {
  const { y, rx, ry } = body.head;
  const { across, depth } = around(180, yaw);
  const x = across * rx * 0.8;
  const thread = shift(character.headColour, { l: -0.22, c: 0.02 });
  const seam = ink.stitch(
    `M${num(x)} ${num(y - ry)}Q${num(x + across * 5)} ${num(y)} ${num(x)} ${num(y + ry)}`,
    thread,
    0.01,
    3.4,
  );
  const patch = round(x, y + ry * 0.25, rx * 0.3 * Math.max(0.4, depth), ry * 0.26, 4);
  return seam + ink.felt(patch, character.accentColour, { shade: 'ball', shadow: 0.8, fuzz: 1 });
}

function ears(ink: Ink, character: Character, body: Anatomy, yaw: number, layer: 'near' | 'far'): string {
  if (character.ears === 'none') return '';
  const { y, rx, ry } = body.head;
  return [-90, 90]
    .map((angle) => {
      const { across, depth } = around(angle, yaw);
      if ((depth > 0.25 ? 'near' : 'far') !== layer) return '';
      const x = across * rx;
      const out = Math.sign(across) || 1;
      const paint = character.ears === 'bolts' ? character.accentColour : shift(character.headColour, { l: -0.05 });
      const felt = { shade: 'ball', fuzz: 1.6, shadow: 0.8 } as const;
      if (character.ears === 'bolts') {
        const stem = round(x, y + ry * 0.1, 4.6, 5.8, 3);
        return (
          ink.felt(stem, paint, felt) +
          ink.felt(round(x + across * 3.4, y + ry * 0.1, 3.2, 3.8, 2.6), shift(paint, { l: 0.03 }), felt)
        );
      }
      if (character.ears === 'round') return ink.felt(round(x * 0.82, y - ry * 0.85, 7, 7), paint, felt);
      if (character.ears === 'pointed') {
        return ink.felt(
          polygon([
            [x * 0.92, y - ry * 0.4],
            [x * 0.9 + out * 2, y - ry * 1.62],
            [x * 0.35, y - ry * 0.88],
          ]),
          paint,
          felt,
        );
      }
      return ink.felt(round(x * 0.62, y - ry * 1.45, 4.6, 12, 2.2), paint, felt);
    })
    .join('');
}

function antennae(ink: Ink, character: Character, body: Anatomy, yaw: number): string {
  const angles = { '0': [], '1': [0], '2': [-90, 90], '3': [-90, 0, 90] }[character.antennae];
  const { rx } = body.head;
  const length = 12.5 * character.antennaLength;
  return angles
    .map((angle) => {
      const across = angle === 0 ? 0 : around(angle, yaw).across;
      const [x, topX] = [across * rx * 0.5, across * (rx * 0.5 + 3.6)];
      const top = body.top - length;
      const wire = tube(
        [
          [x, body.top + 3],
          [(x + topX) / 2 + across, body.top - length * 0.5],
          [topX, top],
        ],
        2.5,
        shift(character.limbColour, { l: -0.06 }),
      );
      const felt = { shade: 'ball', fuzz: 1.4, shadow: 0.6 } as const;
      const tips: Record<Character['antennaTip'], string> = {
        ball: ink.felt(round(topX, top, 4.4, 4.4), character.accentColour, felt),
        ring: `<path d="${round(topX, top - 2, 4, 4)}" fill="none" stroke="${hex(character.accentColour)}" stroke-width="2.6"/>`,
        drop: ink.felt(round(topX, top - 2, 3, 5.8, 1.7), character.accentColour, felt),
        bar: ink.felt(round(topX, top, 6, 2.4, 4), character.accentColour, felt),
      };
      return wire + tips[character.antennaTip];
    })
    .join('');
}

function face(ink: Ink, character: Character, body: Anatomy, stance: Stance): string {
  const { y, rx, ry } = body.head;
  const { across, depth } = around(0, stance.yaw);
  const parts: string[] = [];
  if (character.face === 'plate') {
    const plate = round(across * rx * 0.85, y + ry * 0.06, rx * 0.76 * Math.max(0.25, depth), ry * 0.66, 4);
    parts.push(ink.felt(plate, character.faceColour, { shade: 'slope', shadow: 0.5, fuzz: 1.2 }));
    parts.push(
      `<path d="${plate}" fill="none" stroke="${hex(shift(character.headColour, { l: -0.16 }))}" stroke-width=".9" stroke-dasharray="2 1.7"/>`,
    );
  }
  const spread = character.eyes === 'single' || character.eyes === 'visor' ? [0] : [-25, 25];
  for (const angle of spread) {
    const at = around(angle, stance.yaw);
    if (at.depth < 0.12) continue;
    parts.push(
      eye(ink, character, stance, at.across * rx * 0.92, y - ry * 0.1, Math.min(1, 0.25 + at.depth * 0.8), rx),
    );
  }
  const mouthAt = around(0, stance.yaw);
  if (mouthAt.depth > 0.15)
    parts.push(mouth(ink, character, mouthAt.across * rx * 0.88, y + ry * 0.49, Math.max(0.3, mouthAt.depth)));
  return parts.join('');
}

function eye(ink: Ink, character: Character, stance: Stance, x: number, y: number, squash: number, rx: number): string {
  const size = 5.6 * character.eyeSize;
  const line = character.face === 'plate' ? white : black;
  if (stance.eyesClosed) {
    const wide = character.eyes === 'visor' ? rx * 0.5 : size * 1.05;
    const lid = (dy: number, stroke: Colour, thick: number) =>
      `<path d="M${num(x - wide * squash)} ${num(y + dy)}q${num(wide * squash)} ${num(size * 0.95)} ${num(2 * wide * squash)} 0" fill="none" stroke="${hex(stroke)}" stroke-width="${num(thick)}" stroke-linecap="round"/>`;
    return lid(0, line, 1.9);
  }
  const disc = (r: number, colour: Colour, shade: 'ball' | 'flat' = 'ball', dx = 0, dy = 0) =>
    `<ellipse cx="${num(x + dx)}" cy="${num(y + dy)}" rx="${num(r * squash)}" ry="${num(r)}" fill="${ink.paint(colour, shade)}"/>`;
  const glint = disc(size * 0.2, white, 'flat', -size * 0.22 * squash, -size * 0.26);
  if (character.eyes === 'bead') return disc(size * 0.62, black) + glint;
  if (character.eyes === 'visor') {
    const band = round(x, y, rx * 0.62 * squash, size * 0.72, 3.5);
    return ink.felt(band, character.eyeColour, { shade: 'slope', shadow: 0.4 }) + disc(size * 0.5, black) + glint;
  }
  if (character.eyes === 'single') return disc(size * 1.5, character.eyeColour) + disc(size * 0.8, black) + glint;
  const ring =
    character.eyes === 'goggle'
      ? disc(size * 1.28, white) + disc(size, character.eyeColour)
      : disc(size, character.eyeColour);
  return ring + disc(size * 0.56, black) + glint;
}

function mouth(ink: Ink, character: Character, x: number, y: number, squash: number): string {
  const ink2 = character.face === 'plate' ? white : black;
  if (character.mouth === 'grille') {
    const lip = round(x, y, 8.4 * squash, 2.9, 3.4);
    const bars = [-2, -1, 0, 1, 2].map(
      (bar) =>
        `<circle cx="${num(x + bar * 2.9 * squash)}" cy="${num(y)}" r=".95" fill="${hex(oklch(0.3, 0.02, 230))}"/>`,
    );
    return ink.felt(lip, character.eyeColour, { shade: 'slope', shadow: 0.4 }) + bars.join('');
  }
  if (character.mouth === 'beak') {
    return ink.felt(
      polygon([
        [x - 5 * squash, y - 2.5],
        [x + 5 * squash, y - 2.5],
        [x, y + 5],
      ]),
      character.accentColour,
      { shade: 'ball', shadow: 0.5 },
    );
  }
  if (character.mouth === 'snout') {
    const base = ink.felt(round(x, y - 0.5, 7 * squash, 4.8), shift(character.headColour, { l: 0.08 }), {
      shade: 'ball',
      shadow: 0.5,
    });
    return `${base}<ellipse cx="${num(x)}" cy="${num(y - 2)}" rx="${num(2.4 * squash)}" ry="1.8" fill="${hex(black)}"/>`;
  }
  if (character.mouth === 'none') return '';
  return `<path d="M${num(x - 4.5 * squash)} ${num(y - 1)}q${num(4.5 * squash)} 4.4 ${num(9 * squash)} 0" fill="none" stroke="${hex(ink2)}" stroke-width="1.4" stroke-linecap="round"/>`;
}
