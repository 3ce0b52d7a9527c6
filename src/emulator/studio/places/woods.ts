import { type Colour, oklch, shift } from '../colour.js';
import { closed, ground, num, type Point } from '../path.js';
import { trunk, tuft } from './growth.js';
import { between, faded, layer, rolling, snowWhite } from './scenery.js';
import { acrossAt, type Backdrop, sizeAt, type Stage } from './stage.js';

const greens: readonly Colour[] = [
  oklch(0.5, 0.1, 150),
  oklch(0.58, 0.11, 138),
  oklch(0.44, 0.075, 165),
  oklch(0.64, 0.11, 125),
  oklch(0.52, 0.08, 178),
  oklch(0.56, 0.095, 115),
  oklch(0.38, 0.06, 155),
];
const leaf = (i: number): Colour =>
  greens[((i % greens.length) + greens.length) % greens.length] ?? oklch(0.5, 0.1, 150);

function rows(
  stage: Stage,
  count: number,
  foot: number,
  wide: number,
  far: number,
  gap: readonly [number, number] | null,
): string {
  const { width, height, random } = stage;
  const parts: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const share = (i + 0.5 + between(random, -0.3, 0.3)) / count;
    if (gap && share > gap[0] && share < gap[1]) continue;
    const tone = faded(stage, shift(leaf(i * 3 + Math.floor(random() * 4)), { l: between(random, -0.03, 0.05) }), far);
    parts.push(
      trunk(
        stage,
        share * width,
        height * (foot + between(random, -0.012, 0.012)),
        wide * height * between(random, 0.75, 1.25),
        tone,
        between(random, -14, 14),
      ),
    );
  }
  return parts.join('');
}

/** Dense, thin, giant trees in many greens. */
export function forest(stage: Stage): Backdrop {
  const { ink, width, height, random, light } = stage;
  const x = acrossAt(stage, 'right');
  const share = x / width;
  const gap: readonly [number, number] = [share - 0.11, share + 0.11];
  const deep = ink.fade([
    [0, faded(stage, leaf(2), 0.35)],
    [0.55, faded(stage, leaf(3), 0.85)],
    [1, leaf(2)],
  ]);
  const shafts = [0.2, 0.42, 0.63].map(
    (at) =>
      `<path d="M${num(width * at)} 0L${num(width * (at + 0.06))} 0L${num(width * (at - 0.02))} ${num(height * 0.8)}L${num(width * (at - 0.13))} ${num(height * 0.8)}Z" fill="${ink.fade(
        [
          [0, light.rim, 0.3],
          [1, light.rim, 0],
        ],
      )}"/>`,
  );
  const back = [
    `<rect width="${width}" height="${height}" fill="${deep}"/>`,
    rows(stage, 30, 0.68, 0.028, 0.8, null),
    rows(stage, 22, 0.73, 0.04, 0.5, null),
    layer(stage, rolling(stage, height * 0.715, height * 0.01, 1), faded(stage, leaf(2), 0.3)),
    shafts.join(''),
    rows(stage, 15, 0.79, 0.055, 0.22, gap),
    layer(stage, rolling(stage, height * 0.79, height * 0.012, 1), shift(leaf(0), { l: -0.05 })),
    rows(stage, 9, 0.87, 0.08, 0, [gap[0] - 0.03, gap[1] + 0.05]),
    layer(stage, rolling(stage, height * 0.875, height * 0.014, 1.2), shift(leaf(2), { l: -0.02 })),
  ];
  for (let i = 0; i < 9; i += 1)
    back.push(
      tuft(
        stage,
        width * between(random, 0.02, 0.98),
        height * between(random, 0.89, 0.95),
        height * between(random, 0.035, 0.06),
        leaf(i),
      ),
    );
  const front =
    trunk(
      stage,
      share > 0.5 ? width * 0.035 : width * 0.965,
      height * 1.06,
      height * 0.15,
      shift(leaf(6), { l: -0.03 }),
      share > 0.5 ? -20 : 20,
    ) +
    tuft(stage, width * 0.17, height * 1.0, height * 0.09, leaf(1)) +
    tuft(stage, width * 0.9, height * 1.01, height * 0.08, leaf(3));
  const [clear, tree] = [width * 0.04, width * 0.035 + height * 0.1];
  const floor = {
    from: share > 0.5 ? tree : clear,
    to: width - (share > 0.5 ? clear : tree),
    at: () => height * 0.93,
    deep: 1,
  };
  return { back: back.join(''), front, spot: { x, y: height * 0.93, size: sizeAt(stage, 0.46) }, floor };
}

/** Beyond the trees: open green ground, the two trunks that are pushed apart. */
export function clearing(stage: Stage): Backdrop {
  const { ink, width, height, random } = stage;
  const x = acrossAt(stage, 'centre');
  const size = sizeAt(stage, 0.52);
  const light = ink.fade([
    [0, stage.light.sky[1]],
    [0.6, stage.light.sky[2]],
    [1, leaf(3)],
  ]);
  const edge = rolling(stage, height * 0.72, height * 0.012, 0.7);
  const back = [
    `<rect width="${width}" height="${height}" fill="${light}"/>`,
    rows(stage, 34, 0.67, 0.025, 0.78, null),
    rows(stage, 22, 0.71, 0.042, 0.45, null),
    rows(stage, 13, 0.75, 0.062, 0.15, [x / width - 0.2, x / width + 0.2]),
    layer(stage, edge, shift(leaf(1), { l: 0.02 })),
    ink.felt(ground(rolling(stage, height * 0.86, height * 0.014, 0.8), height + 30), leaf(0), {
      shade: 'slope',
      shadow: 9,
    }),
  ];
  for (let i = 0; i < 7; i += 1)
    back.push(
      tuft(
        stage,
        width * between(random, 0.02, 0.98),
        height * between(random, 0.77, 0.97),
        height * between(random, 0.03, 0.05),
        leaf(i + 1),
      ),
    );
  const pair = stage.things.has('trunks')
    ? [-1, 1]
        .map((side) =>
          trunk(
            stage,
            x + side * size * 0.4,
            height * 0.93,
            height * 0.088,
            leaf(side === -1 ? 0 : 4),
            side * size * 0.34,
          ),
        )
        .join('')
    : '';
  back.push(pair);
  return { back: back.join(''), front: '', spot: { x, y: height * 0.92, size } };
}

/** Flat patches of white felt snow on the ground. */
export function snowPatches(stage: Stage): string {
  const { ink, width, height, random } = stage;
  const put: readonly (readonly [number, number, number])[] = [
    [0.12, 0.81, 0.07],
    [0.33, 0.78, 0.05],
    [0.7, 0.79, 0.06],
    [0.9, 0.83, 0.075],
    [0.2, 0.93, 0.1],
    [0.8, 0.95, 0.11],
    [0.52, 0.985, 0.07],
  ];
  return put
    .map(([x, y, r]) => {
      const points = Array.from({ length: 9 }, (_, i): Point => [
        width * (x + Math.cos((i / 9) * 6.283) * r * between(random, 0.75, 1.1)),
        height * y + Math.sin((i / 9) * 6.283) * width * r * 0.2 * between(random, 0.75, 1.15),
      ]);
      return (
        ink.felt(closed(points), snowWhite, { shade: 'slope', shadow: 4 }) +
        ink.stitch(closed(points), oklch(0.84, 0.02, 220), 0.01, 7)
      );
    })
    .join('');
}
