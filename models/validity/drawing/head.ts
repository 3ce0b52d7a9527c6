import { n, type Brush } from './brush.js';
import { INK, lighter, PAPER, turned } from './colour.js';
import { flatEllipse, paint } from './flat.js';
import type { Identity } from './identity.js';
import { outlinePath } from './outline.js';
import { across, nearness, type Piece, type Projection } from './projection.js';

/** Head with face, ears and antennae about (`x`, `y`), its middle. */
export function drawHead(
  brush: Brush,
  identity: Identity,
  projection: Projection,
  { x, y, near }: { x: number; y: number; near: number },
): Piece {
  const { head, palette } = identity;
  const skull = outlinePath(head.outline, head.width, head.height);
  const face = nearness(projection, 0) > -0.2 ? drawFace(brush, identity, projection) : '';
  const ears = drawEars(brush, identity, projection);
  const shape = brush.path(skull, palette.head) + brush.inside(skull, face);
  return {
    near,
    svg: `<g transform="translate(${n(x)} ${n(y)})">${antennae(brush, identity, projection)}${ears.behind}${shape}${ears.before}</g>`,
  };
}

function drawFace(brush: Brush, identity: Identity, projection: Projection): string {
  return mouth(brush, identity, projection) + eyes(identity, projection);
}

function eyes({ eyes, head, palette }: Identity, projection: Projection): string {
  const apart = eyes.count === 1 ? 0 : eyes.count === 2 ? 56 : 42;
  return Array.from({ length: eyes.count }, (_, i) => {
    const angle = (i - (eyes.count - 1) / 2) * apart;
    const near = nearness(projection, angle);
    if (near < 0.05) return '';
    const x = (across(projection, angle) * head.width) / 2;
    const middle = eyes.count === 3 && i === 1 ? -0.06 : 0;
    const r = eyes.radius * eyes.scale * (eyes.count === 1 ? 1.2 : 1);
    return `<g transform="translate(${n(x)} ${n((middle - 0.1) * head.height)}) scale(${n(Math.sqrt(near))} ${eyes.shape === 'tall' ? '1.4' : '1'})">${oneEye(eyes, r, palette)}</g>`;
  }).join('');
}

function oneEye({ shape, look }: Identity['eyes'], r: number, { iris }: Identity['palette']): string {
  const disc = (radius: number, colour: typeof iris) =>
    shape === 'square'
      ? `<rect x="${n(-radius)}" y="${n(-radius)}" width="${n(2 * radius)}" height="${n(2 * radius)}" rx="${n(radius * 0.2)}" ${paint(colour)}/>`
      : flatEllipse(0, 0, radius, radius, colour);
  if (look === 'dot') return disc(r, INK) + flatEllipse(-r * 0.3, -r * 0.35, r * 0.28, r * 0.28, PAPER);
  if (look === 'glow') return disc(r * 1.15, INK) + disc(r * 0.85, { ...iris, l: 0.82 });
  return disc(r * 1.1, INK) + disc(r, PAPER) + disc(r * 0.62, iris) + disc(r * 0.32, INK);
}

function mouth(brush: Brush, { mouth, head, palette }: Identity, projection: Projection): string {
  const near = nearness(projection, 0);
  if (near < 0.05) return '';
  const w = head.width * 0.17;
  const ink = `fill="none" stroke="#2a2320" stroke-width="${n(head.width * 0.035)}" stroke-linecap="round"`;
  const shapes = {
    line: () => `<path d="M${n(-w)} 0H${n(w)}" ${ink}/>`,
    smile: () => `<path d="M${n(-w)} 0Q0 ${n(w)} ${n(w)} 0" ${ink}/>`,
    grille: () =>
      brush.box(0, 0, 2.4 * w, 0.9 * w, w * 0.15, lighter(palette.head, -0.25)) +
      [-0.6, 0, 0.6].map((at) => `<path d="M${n(at * w)} ${n(-w * 0.4)}V${n(w * 0.4)}" ${ink}/>`).join(''),
    beak: () =>
      brush.path(`M${n(-w)} ${n(-w * 0.8)}Q0 ${n(-w * 1.4)} ${n(w)} ${n(-w * 0.8)}L0 ${n(w)}Z`, {
        l: 0.75,
        c: 0.14,
        h: 70,
      }),
    muzzle: () =>
      flatEllipse(0, 0, w * 1.7, w * 1.3, lighter(turned(palette.head, 10), 0.14)) +
      flatEllipse(0, -w * 0.7, w * 0.5, w * 0.36, INK) +
      `<path d="M0 ${n(-w * 0.4)}V${n(w * 0.3)}M${n(-w * 0.6)} ${n(w * 0.35)}Q0 ${n(w * 0.8)} ${n(w * 0.6)} ${n(w * 0.35)}" ${ink}/>`,
  };
  const x = (across(projection, 0) * head.width) / 2;
  return `<g transform="translate(${n(x)} ${n(head.height * 0.23)}) scale(${n(Math.max(0.35, near))} 1)">${shapes[mouth]()}</g>`;
}

function drawEars(
  brush: Brush,
  { ears, head, palette }: Identity,
  projection: Projection,
): { behind: string; before: string } {
  if (ears === 'none') return { behind: '', before: '' };
  const { width, height } = head;
  const shapes = {
    round: () => brush.ellipse(0, -height * 0.38, width * 0.16, width * 0.16, palette.head),
    pointed: () =>
      brush.path(
        `M${n(-width * 0.14)} ${n(-height * 0.25)}L0 ${n(-height * 0.72)}L${n(width * 0.14)} ${n(-height * 0.2)}Z`,
        palette.head,
      ),
    hanging: () =>
      brush.ellipse(width * 0.06, height * 0.02, width * 0.13, height * 0.36, lighter(palette.head, -0.14)),
    bolts: () => brush.box(width * 0.05, 0, width * 0.14, height * 0.28, width * 0.03, palette.antenna),
  };
  const drawn = [-90, 90].map((angle) => {
    const out = across(projection, angle);
    const share = ears === 'hanging' || ears === 'bolts' ? 0.5 : 0.36;
    const place = `translate(${n(out * width * share)} 0) scale(${out < 0 ? '-1' : '1'} 1)`;
    return {
      before: ears === 'hanging' || nearness(projection, angle) > 0.3,
      svg: `<g transform="${place}">${shapes[ears]()}</g>`,
    };
  });
  const where = (before: boolean) => drawn.flatMap((ear) => (ear.before === before ? [ear.svg] : [])).join('');
  return { behind: where(false), before: where(true) };
}

/** Side by side over the crown, each leaning outwards. */
function antennae(brush: Brush, { antennae, head, palette }: Identity, projection: Projection): string {
  const { count, length, style } = antennae;
  const reach = Math.min(1, 0.3 + 0.13 * count) * head.width * 0.5;
  return Array.from({ length: count }, (_, i) => {
    const at = count === 1 ? 0 : (2 * i) / (count - 1) - 1;
    const x = at * reach * Math.max(0.45, Math.abs(nearness(projection, 0)));
    const y = -head.height * (0.47 - 0.1 * at * at);
    return `<g transform="translate(${n(x)} ${n(y)}) rotate(${n(at * 26)})">${oneAntenna(brush, style, length, palette.antenna)}</g>`;
  }).join('');
}

function oneAntenna(
  brush: Brush,
  style: Identity['antennae']['style'],
  length: number,
  colour: Identity['palette']['antenna'],
): string {
  const l = length;
  const shapes = {
    rod: () =>
      brush.tube(`M0 2V${n(-l * 0.8)}`, 1.8, lighter(colour, -0.2)) + brush.ellipse(0, -l * 0.86, 3, 3, colour),
    feeler: () =>
      brush.tube(`M0 2C1 ${n(-l * 0.5)} 5 ${n(-l * 0.9)} 9 ${n(-l * 0.7)}`, 2.2, colour) +
      brush.ellipse(9, -l * 0.7, 2.2, 2.2, lighter(colour, 0.1)),
    horn: () => brush.path(`M-4 3Q-3 ${n(-l * 0.5)} 2 ${n(-l)}Q5 ${n(-l * 0.4)} 4 3Z`, colour),
    feather: () =>
      brush.path(`M0 3C-6 ${n(-l * 0.4)} -4 ${n(-l * 0.9)} 0 ${n(-l)}C4 ${n(-l * 0.9)} 6 ${n(-l * 0.4)} 0 3Z`, colour),
    spring: () =>
      brush.tube(
        `M0 2L-3 ${n(-l * 0.15)}L3 ${n(-l * 0.3)}L-3 ${n(-l * 0.45)}L3 ${n(-l * 0.6)}L0 ${n(-l * 0.75)}`,
        1.5,
        lighter(colour, -0.2),
      ) + brush.box(0, -l * 0.86, 6, 5, 1, colour),
  };
  return shapes[style]();
}
