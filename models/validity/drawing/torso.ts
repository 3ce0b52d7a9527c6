import { seededRandom } from '../../../src/lib/random.js';
import { n, type Brush } from './brush.js';
import { between } from './chance.js';
import { hex, INK, lighter, PAPER } from './colour.js';
import { flatEllipse, paint, star } from './flat.js';
import type { Identity } from './identity.js';
import { halfWidthAt, outlinePath } from './outline.js';
import { across, halfWidth, nearness, type Piece, type Projection } from './projection.js';

/** Torso with its markings and panel, backpack and tail. `middle` is the y of its middle. */
export function drawTorso(brush: Brush, identity: Identity, projection: Projection, middle: number): Piece[] {
  const { torso, palette, panel } = identity;
  const width = 2 * halfWidth(projection, torso.width, torso.depth);
  const d = outlinePath(torso.outline, width, torso.height);
  const facing = nearness(projection, 0);
  const marks = brush.inside(d, markings(identity, projection, width) + straps(identity, facing, width));
  const front = facing > 0.1 && panel.scale > 0 ? brush.inside(d, drawPanel(brush, identity, projection, width)) : '';
  const body = `<g transform="translate(0 ${n(middle)})">${brush.path(d, palette.torso)}${marks}${front}</g>`;
  return [
    { near: 0, svg: body },
    ...backpack(brush, identity, projection, middle),
    ...tail(brush, identity, projection, middle),
  ];
}

/** Spots and patches sit at places around the body, so they come and go as it turns. */
function markings({ markings, torso, palette }: Identity, projection: Projection, width: number): string {
  const random = seededRandom(markings.seed);
  const colour = palette.marking;
  const { height } = torso;
  switch (markings.pattern) {
    case 'none':
      return '';
    case 'belly':
      return nearness(projection, 0) > 0
        ? flatEllipse(
            across(projection, 0) * width * 0.4,
            height * 0.12,
            width * 0.33 * nearness(projection, 0),
            height * 0.36,
            lighter(colour, 0.12),
          )
        : '';
    case 'stripes': {
      const count = 2 + Math.floor(random() * 3);
      const thick = (height / count) * between(random, 0.3, 0.5);
      return Array.from({ length: count }, (_, i) => {
        const y = -height / 2 + ((i + 0.6) * height) / count;
        return `<rect x="${n(-width / 2)}" y="${n(y)}" width="${n(width)}" height="${n(thick)}" ${paint(colour)}/>`;
      }).join('');
    }
    case 'spots':
    case 'patches': {
      const spots = markings.pattern === 'spots';
      return Array.from({ length: spots ? 16 : 6 }, () => {
        const angle = between(random, 0, 360);
        const y = between(random, -0.42, 0.42) * height;
        const r = height * (spots ? between(random, 0.035, 0.07) : between(random, 0.12, 0.2));
        const near = nearness(projection, angle);
        return near > 0 ? flatEllipse((across(projection, angle) * width) / 2, y, r * near, r, colour) : '';
      }).join('');
    }
  }
}

function straps({ backpack, palette }: Identity, facing: number, width: number): string {
  if (!backpack.straps || backpack.scale === 0 || facing < 0.3) return '';
  const bands = [-0.27, 0.27].map(
    (at) =>
      `<path d="M${n(at * width)} -60L${n(at * width * 1.1)} 0Q${n(at * width * 1.2)} 12 ${n(at * width * 2.2)} 14" fill="none" stroke="${hex(palette.pack)}" stroke-width="${n(width * 0.09 * Math.sqrt(backpack.scale))}"/>`,
  );
  return bands.join('');
}

function drawPanel(brush: Brush, { panel, palette }: Identity, projection: Projection, width: number): string {
  const r = (panel.size * panel.scale) / 2;
  const colour = palette.panel;
  const shapes = {
    plate: () => brush.box(0, 0, 2 * r, 1.7 * r, r * 0.2, colour),
    disc: () => brush.ellipse(0, 0, r, r, colour),
    shield: () =>
      brush.path(
        `M${n(-r)} ${n(-r * 0.9)}H${n(r)}V0Q${n(r * 0.8)} ${n(r * 0.8)} 0 ${n(r)}Q${n(-r * 0.8)} ${n(r * 0.8)} ${n(-r)} 0Z`,
        colour,
      ),
  };
  const dark = lighter(INK, 0.1);
  const at = [-1, 0, 1];
  const contents = {
    dials: () =>
      flatEllipse(-r * 0.42, -r * 0.25, r * 0.3, r * 0.3, dark) +
      flatEllipse(r * 0.42, -r * 0.25, r * 0.3, r * 0.3, palette.antenna) +
      flatEllipse(0, r * 0.4, r * 0.45, r * 0.12, dark),
    bars: () =>
      at
        .map((i) => flatEllipse(0, i * r * 0.42, r * (0.55 - 0.1 * i), r * 0.12, i === 0 ? palette.antenna : dark))
        .join(''),
    star: () => `<path d="${star(r * 0.62)}" ${paint(palette.antenna)}/>`,
    grid: () =>
      at
        .flatMap((i) =>
          at.map((j) => flatEllipse(i * r * 0.42, j * r * 0.36, r * 0.13, r * 0.13, (i + j) % 2 === 0 ? dark : PAPER)),
        )
        .join(''),
  };
  const x = (across(projection, 0) * width) / 2;
  return `<g transform="translate(${n(x * 0.9)} ${n(-panel.size * 0.12)}) scale(${n(nearness(projection, 0))} 1)">${shapes[panel.shape]()}${contents[panel.content]()}</g>`;
}

function backpack(
  brush: Brush,
  { backpack, torso, palette }: Identity,
  projection: Projection,
  middle: number,
): Piece[] {
  const { scale, shape } = backpack;
  if (scale === 0) return [];
  const depth = backpack.width * 0.5 * scale;
  const w = 2 * halfWidth(projection, backpack.width * scale, depth);
  const h = backpack.height * scale;
  const near = nearness(projection, 180);
  const x = across(projection, 180) * (torso.depth / 2 + depth * 0.35);
  const { pack } = palette;
  const trim = lighter(pack, 0.2);
  const back = near > 0.25;
  const shapes = {
    box: () =>
      brush.box(0, 0, w, h, w * 0.08, pack) + (back ? brush.box(0, h * 0.18, w * 0.6, h * 0.34, w * 0.05, trim) : ''),
    bag: () =>
      brush.box(0, 0, w, h, w * 0.35, pack) +
      (back
        ? brush.path(
            `M${n(-w / 2)} ${n(-h * 0.1)}Q0 ${n(h * 0.25)} ${n(w / 2)} ${n(-h * 0.1)}V${n(-h * 0.3)}Q0 ${n(-h * 0.6)} ${n(-w / 2)} ${n(-h * 0.3)}Z`,
            trim,
          )
        : ''),
    tanks: () =>
      [-0.27, 0.27]
        .map(
          (at) =>
            brush.box(at * w, 0, w * 0.46, h, w * 0.23, pack) + brush.box(at * w, -h * 0.3, w * 0.46, h * 0.1, 0, trim),
        )
        .join(''),
    shell: () =>
      brush.ellipse(0, 0, w * 0.55, h * 0.58, pack) +
      (back
        ? [0.72, 0.4]
            .map((part) => brush.ellipse(0, 0, w * 0.55 * part, h * 0.58 * part, part < 0.5 ? trim : pack))
            .join('')
        : ''),
  };
  return [
    {
      near: near * 0.8,
      svg: `<g transform="translate(${n(x)} ${n(middle - torso.height * 0.06)})">${shapes[shape]()}</g>`,
    },
  ];
}

function tail(brush: Brush, { tail, torso, palette }: Identity, projection: Projection, middle: number): Piece[] {
  if (tail === 'none') return [];
  const near = nearness(projection, 180);
  const x = (across(projection, 180) * torso.depth) / 2;
  const y = middle + torso.height * 0.36;
  const side = x < -1 ? -1 : 1;
  const reach = torso.width * 0.45 + 14;
  const d = `M${n(x)} ${n(y)}Q${n(x + side * reach)} ${n(y + 8)} ${n(x + side * reach)} ${n(y - 16)}`;
  const tip = tail === 'bushy' ? brush.ellipse(x + side * reach, y - 20, 6, 9, palette.marking) : '';
  return [{ near: near * 0.7, svg: brush.tube(d, tail === 'bushy' ? 6 : 3, palette.torso) + tip }];
}

/** The half width of the torso where arms and legs begin. */
export function shoulderHalf({ torso }: Identity, projection: Projection): number {
  return halfWidth(projection, torso.width, torso.depth) * Math.max(0.6, halfWidthAt(torso.outline, -0.6));
}
