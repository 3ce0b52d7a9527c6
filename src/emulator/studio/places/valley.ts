import { type Colour, oklch, shift } from '../colour.js';
import { closed, num, open, type Point } from '../path.js';
import { cloud, rock } from './relief.js';
import { between, faded, layer, rolling, sky } from './scenery.js';
import { acrossAt, type Backdrop, sizeAt, type Stage } from './stage.js';

const grey = oklch(0.62, 0.014, 255);
/** Slopes of grey felt to both sides of a way that leads into the light. */
export function valley(stage: Stage): Backdrop {
  const { ink, width, height, random, light } = stage;
  const x = acrossAt(stage, 'centre');
  const slope = (side: -1 | 1, inner: number, crest: number, foot: number, tone: Colour, far: number): string => {
    const edge: Point[] = [0, 0.2, 0.42, 0.62, 0.82, 1].map((t): Point => {
      const px = width / 2 + side * width * (0.56 - t * (0.56 - inner));
      return [px, height * (crest + (foot - crest) * t ** 1.25) + Math.sin(t * 9 + inner * 20) * height * 0.012];
    });
    const outline = `${open(edge)}L${num(edge[5]?.[0] ?? 0)} ${height + 40}L${num(edge[0]?.[0] ?? 0)} ${height + 40}Z`;
    const paint = faded(stage, tone, far);
    const bands = [0.11, 0.24, 0.39].map((dy, i) =>
      ink.stitch(
        open(edge.map(([px, py]): Point => [px, py + height * dy])),
        shift(paint, { l: i % 2 === 0 ? 0.09 : -0.07 }),
        0.01,
        9,
      ),
    );
    return (
      ink.felt(outline, paint, { shade: 'slope', shadow: 15 * (1 - far * 0.6) }) +
      `<g ${ink.clip(`<path d="${outline}"/>`)}>${bands.join('')}</g>` +
      ink.stitch(open(edge), shift(paint, { l: 0.13 }), 10, 9)
    );
  };
  const way: Point[] = [
    [width * 0.47, height * 0.62],
    [width * 0.53, height * 0.62],
    [width * 0.55, height * 0.72],
    [width * 0.62, height * 0.86],
    [width * 0.74, height * 1.1],
    [width * 0.26, height * 1.1],
    [width * 0.38, height * 0.86],
    [width * 0.45, height * 0.72],
  ];
  const back = [
    sky(stage),
    cloud(stage, width * 0.2, height * 0.15, height * 0.055),
    cloud(stage, width * 0.83, height * 0.2, height * 0.045),
    slope(-1, 0.02, 0.4, 0.6, shift(grey, { h: 20 }), 0.75),
    slope(1, 0.0, 0.36, 0.62, shift(grey, { h: -20 }), 0.65),
    slope(-1, 0.06, 0.26, 0.68, shift(grey, { l: -0.02 }), 0.42),
    slope(1, 0.07, 0.3, 0.7, shift(grey, { l: -0.03 }), 0.32),
    layer(stage, rolling(stage, height * 0.66, height * 0.008, 0.5), faded(stage, shift(grey, { l: 0.1 }), 0.25)),
    `<path d="${closed(way)}" fill="${ink.fade([
      [0, light.haze, 0.95],
      [1, shift(grey, { l: 0.2 }), 0.75],
    ])}"/>`,
    slope(-1, 0.15, 0.14, 0.84, shift(grey, { l: -0.06 }), 0.12),
    slope(1, 0.16, 0.1, 0.86, shift(grey, { l: -0.08 }), 0.08),
    slope(-1, 0.28, 0.4, 1.0, shift(grey, { l: -0.13 }), 0),
    slope(1, 0.28, 0.36, 1.0, shift(grey, { l: -0.14 }), 0),
  ];
  const y = height * (0.9 + between(random, -0.01, 0.01));
  return {
    back: back.join(''),
    front: '',
    spot: { x, y, size: sizeAt(stage, 0.5) },
    floor: { from: width * 0.17, to: width * 0.83, at: () => y, deep: 1 },
  };
}

/** Round rocks at both sides, largest outside; none where somebody stands. */
export function rocks(stage: Stage, keepFree: readonly { x: number; size: number }[]): string {
  const { width, height, random } = stage;
  const tone = oklch(0.64, 0.014, 250);
  const put: readonly (readonly [number, number, number])[] = [
    [0.27, 0.8, 0.045],
    [0.73, 0.81, 0.05],
    [0.17, 0.88, 0.085],
    [0.84, 0.89, 0.08],
    [0.07, 0.97, 0.12],
    [0.95, 0.98, 0.13],
    [0.26, 0.96, 0.05],
    [0.76, 0.975, 0.055],
  ];
  return put
    .filter(([x]) => keepFree.every((one) => Math.abs(x * width - one.x) > one.size * 0.32))
    .map(([x, y, r]) => rock(stage, width * x, height * y, height * r * between(random, 0.9, 1.1), tone))
    .join('');
}
