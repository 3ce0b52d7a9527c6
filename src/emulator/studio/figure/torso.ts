import type { Character } from '../character.js';
import { hex, oklch, shift } from '../colour.js';
import { type Ink, tube } from '../ink.js';
import { num, type Point, round } from '../path.js';
import { type Anatomy, around, solid } from './anatomy.js';

/** The torso with what is sewn on it: pattern, panel, scarf, the straps of a backpack. */
export function torso(ink: Ink, character: Character, body: Anatomy, yaw: number): string {
  const { y, rx, ry } = body.torso;
  const outline = solid(character.torsoShape, y, rx, ry);
  const clip = ink.clip(`<path d="${outline}"/>`);
  return [
    ink.felt(outline, character.torsoColour, { shade: 'ball', fuzz: 2.2, shadow: 1.2 }),
    `<g ${clip}>${pattern(ink, character, body, yaw)}${seam(ink, character, body, yaw)}${panel(ink, character, body, yaw)}${straps(character, body, yaw)}</g>`,
  ].join('');
}

function seam(ink: Ink, character: Character, body: Anatomy, yaw: number): string {
  const { y, rx, ry } = body.torso;
  const thread = shift(character.torsoColour, { l: 0.14 });
  const across = around(yaw > 90 || yaw < -90 ? 180 : 0, yaw).across;
  const low = `M${num(-rx)} ${num(y + ry * 0.7)}Q${num(across * 4)} ${num(y + ry * 0.84)} ${num(rx)} ${num(y + ry * 0.7)}`;
  return ink.stitch(low, thread, 0.01, 3);
}

function pattern(ink: Ink, character: Character, body: Anatomy, yaw: number): string {
  const { y, rx, ry } = body.torso;
  const paint = shift(character.accentColour, { l: 0.02 });
  if (character.pattern === 'stripes') {
    return [-0.45, 0.15, 0.75]
      .map(
        (at) =>
          `<rect x="${num(-rx)}" y="${num(y + ry * at)}" width="${num(rx * 2)}" height="${num(ry * 0.26)}" fill="${hex(paint)}"/>`,
      )
      .join('');
  }
  if (character.pattern === 'dots') {
    const spots: string[] = [];
    for (let angle = -180; angle < 180; angle += 45) {
      for (const [row, at] of [-0.5, 0.1, 0.65].entries()) {
        const { across, depth } = around(angle + row * 22, yaw);
        if (depth > 0.1) spots.push(ink.felt(round(across * rx, y + ry * at, 3 * depth, 3), paint, { shade: 'ball' }));
      }
    }
    return spots.join('');
  }
  const where = character.pattern === 'patch' ? 40 : 0;
  const { across, depth } = around(where, yaw);
  if (character.pattern === 'none' || depth < 0.05) return '';
  const [wide, high] = character.pattern === 'belly' ? [0.66, 0.72] : [0.3, 0.3];
  return ink.felt(round(across * rx * 0.85, y + ry * 0.2, rx * wide * depth, ry * high), paint, {
    shade: 'ball',
    stitch: 2,
    fuzz: 1,
  });
}

function panel(ink: Ink, character: Character, body: Anatomy, yaw: number): string {
  const { across, depth } = around(0, yaw);
  if (character.panel === 'none' || depth < 0.1) return '';
  const { y, rx, ry } = body.torso;
  const [x, top, wide, high] = [across * rx * 0.86, y + ry * 0.06, rx * 0.5 * depth, ry * 0.46];
  const felt = { shade: 'slope', shadow: 0.6, fuzz: 1.1 } as const;
  if (character.panel === 'heart') {
    const heart = `M${num(x)} ${num(top + high)}C${num(x - wide * 1.9)} ${num(top - high * 0.1)} ${num(x - wide * 0.75)} ${num(top - high * 1.3)} ${num(x)} ${num(top - high * 0.4)}C${num(x + wide * 0.75)} ${num(top - high * 1.3)} ${num(x + wide * 1.9)} ${num(top - high * 0.1)} ${num(x)} ${num(top + high)}Z`;
    return ink.felt(heart, character.panelColour, felt);
  }
  const outline =
    character.panel === 'square'
      ? round(x, top, wide, high, 4.5)
      : round(x, top, Math.min(wide, high) * 1.05, Math.max(high, 1));
  const edge = `<path d="${outline}" fill="none" stroke="${hex(shift(character.panelColour, { l: -0.25 }))}" stroke-width=".8" stroke-dasharray="1.9 1.6"/>`;
  const buttons = [character.accentColour, oklch(0.62, 0.17, 27), character.eyeColour].map((colour, i) =>
    ink.felt(round(x + (i - 1) * wide * 0.52, top - high * 0.25, 2.1 * depth, 2.1), colour, { shade: 'ball' }),
  );
  const dial = ink.stitch(
    `M${num(x - wide * 0.6)} ${num(top + high * 0.42)}h${num(wide * 1.2)}`,
    character.faceColour,
    0.01,
    3.4,
  );
  return ink.felt(outline, character.panelColour, felt) + edge + buttons.join('') + dial;
}

function straps(character: Character, body: Anatomy, yaw: number): string {
  const front = around(0, yaw).depth;
  if (character.backpack === 'none' || front < -0.35) return '';
  const { y, rx, ry } = body.torso;
  return [-38, 38]
    .map((angle) => {
      const { across, depth } = around(angle, yaw);
      if (depth < 0) return '';
      const x = across * rx * 1.05;
      const side = Math.sign(angle);
      const line: Point[] = [
        [x - side * 1.5, y - ry * 1.1],
        [x, y - ry * 0.4],
        [x + side * 1, y + ry * 0.15],
        [x + side * 6, y + ry * 0.62],
      ];
      return tube(line, 4.2, character.backpackColour, 0.1);
    })
    .join('');
}

/** The backpack as seen from behind or past the body's side; nothing of it shows from the front. */
export function backpack(ink: Ink, character: Character, body: Anatomy, yaw: number): string {
  const { across, depth } = around(180, yaw);
  if (character.backpack === 'none' || depth < -0.3) return '';
  const { y, rx, ry } = body.torso;
  const size = character.backpack === 'large' ? 1.22 : 1;
  const facing = Math.max(0.45, depth);
  const [wide, high] = [rx * 0.7 * size * facing, ry * 0.72 * size];
  const [x, middle] = [across * rx * 0.95, y + ry * 0.02];
  const leather = character.backpackColour;
  const shoulder = (side: number): Point[] => [
    [x + side * wide * 0.62, middle - high * 0.75],
    [x * 0.7 + side * wide * 0.8, y - ry * 0.98],
  ];
  const loops = [-1, 1].map((side) => tube(shoulder(side), 4, shift(leather, { l: -0.03 }), 0.1)).join('');
  const bag = ink.felt(round(x, middle, wide, high, 3.6), leather, { shade: 'ball', fuzz: 1.8, shadow: 1.4 });
  const flapY = middle - high * 0.36;
  const flap = `M${num(x - wide * 1.02)} ${num(flapY - high * 0.2)}Q${num(x - wide)} ${num(middle - high * 1.04)} ${num(x)} ${num(middle - high * 1.04)}T${num(x + wide * 1.02)} ${num(flapY - high * 0.2)}Q${num(x + wide * 0.95)} ${num(flapY + high * 0.5)} ${num(x)} ${num(flapY + high * 0.52)}T${num(x - wide * 1.02)} ${num(flapY - high * 0.2)}Z`;
  const thread = shift(leather, { l: 0.2, c: 0.01 });
  const lid =
    ink.felt(flap, shift(leather, { l: 0.045 }), { shade: 'slope', shadow: 0.8 }) +
    `<path d="${flap}" transform="translate(${num(x * 0.09)} ${num(flapY * 0.09)}) scale(.91)" fill="none" stroke="${hex(thread)}" stroke-opacity=".8" stroke-width=".7" stroke-dasharray="1.9 1.6"/>`;
  const pocket = ink.stitch(
    `M${num(x - wide * 0.62)} ${num(middle + high * 0.35)}v${num(high * 0.3)}q0 ${num(high * 0.15)} ${num(wide * 0.2)} ${num(high * 0.15)}h${num(wide * 0.84)}q${num(wide * 0.2)} 0 ${num(wide * 0.2)} ${num(-high * 0.15)}v${num(-high * 0.3)}`,
    thread,
    0.01,
    2.6,
  );
  return loops + bag + pocket + lid + buckle(ink, character, x, flapY + high * 0.5, facing);
}

/** A small frame of polished brass with its tongue. */
function buckle(ink: Ink, character: Character, x: number, y: number, facing: number): string {
  const brass = character.buckleColour;
  const metal = ink.fade(
    [
      [0, shift(brass, { l: 0.14, c: -0.05 })],
      [0.45, brass],
      [0.55, shift(brass, { l: -0.2 })],
      [1, shift(brass, { l: 0.06 })],
    ],
    [0, 0, 0.6, 1],
  );
  const tongue = `<rect x="${num(x - 1.5 * facing)}" y="${num(y - 4)}" width="${num(3 * facing)}" height="8.4" rx="1" fill="${hex(shift(character.backpackColour, { l: -0.08 }))}"/>`;
  const frame = `<rect x="${num(x - 3 * facing)}" y="${num(y - 2.4)}" width="${num(6 * facing)}" height="5" rx="1.3" fill="none" stroke="${metal}" stroke-width="1.7"/>`;
  return `${tongue}${frame}<rect x="${num(x - 0.5 * facing)}" y="${num(y - 2.2)}" width="${num(1.1 * facing)}" height="4.4" fill="${metal}"/><circle cx="${num(x - 1.9 * facing)}" cy="${num(y - 1.9)}" r=".75" fill="#fffbe0"/>`;
}

export function tail(character: Character, body: Anatomy, yaw: number): string {
  if (character.tail === 'none') return '';
  const { across } = around(180, yaw);
  const lean = Math.abs(across) < 0.3 ? 0.5 : across;
  const length = character.tail === 'long' ? 26 : 11;
  const y = body.hip - 5;
  return tube(
    [
      [lean * 8, y],
      [lean * (body.torso.rx + length * 0.45), y + 2],
      [lean * (body.torso.rx + length), y - length * 0.7],
    ],
    5.4,
    shift(character.torsoColour, { l: -0.03 }),
  );
}

export function scarf(character: Character, body: Anatomy): string {
  if (character.scarf === 'none') return '';
  const y = body.torso.y - body.torso.ry + 1.5;
  const wide = Math.min(body.torso.rx, body.head.rx) * 0.85;
  return (
    tube(
      [
        [wide * 0.5, y + 1],
        [wide * 0.72, y + 9],
        [wide * 0.62, y + 16],
      ],
      6,
      character.scarfColour,
    ) +
    tube(
      [
        [-wide, y],
        [0, y + 3],
        [wide, y],
      ],
      6.4,
      character.scarfColour,
    )
  );
}
