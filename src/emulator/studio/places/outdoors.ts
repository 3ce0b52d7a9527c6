import { type Colour, oklch, shift } from '../colour.js';
import { polygon, round } from '../path.js';
import { pine, tuft } from './growth.js';
import { cloud, dome } from './relief.js';
import { between, faded, layer, rolling, sky } from './scenery.js';
import { acrossAt, type Backdrop, sizeAt, type Stage } from './stage.js';

/** Three layers of hills in one colour family, with what `dress` sets on the middle one. */
function hills(stage: Stage, near: Colour, far: Colour, dress: (stage: Stage) => string = () => ''): Backdrop {
  const { width, height, random } = stage;
  const back = [
    sky(stage),
    cloud(stage, width * between(random, 0.12, 0.3), height * 0.17, height * 0.06),
    cloud(stage, width * between(random, 0.62, 0.88), height * 0.24, height * 0.05),
    layer(stage, rolling(stage, height * 0.5, height * 0.06, 1.1), faded(stage, far, 0.75)),
    layer(stage, rolling(stage, height * 0.6, height * 0.05, 0.8), faded(stage, far, 0.35)),
    dress(stage),
    layer(stage, rolling(stage, height * 0.74, height * 0.03, 0.7), near),
    layer(stage, rolling(stage, height * 0.9, height * 0.02, 0.9), shift(near, { l: -0.05 })),
  ];
  return {
    back: back.join(''),
    front: '',
    spot: { x: acrossAt(stage, 'centre'), y: height * 0.88, size: sizeAt(stage, 0.48) },
  };
}

const trees = (tone: Colour, count: number) => (stage: Stage) =>
  Array.from({ length: count }, (_, i) =>
    pine(
      stage,
      stage.width * ((i + between(stage.random, 0.1, 0.9)) / count),
      stage.height * between(stage.random, 0.7, 0.77),
      stage.height * between(stage.random, 0.14, 0.24),
      shift(tone, { l: between(stage.random, -0.05, 0.05) }),
    ),
  ).join('');

const houses = (stage: Stage) =>
  Array.from({ length: 8 }, (_, i) => {
    const { ink, width, height, random } = stage;
    const x = width * ((i + 0.5) / 8);
    const [w, h, foot] = [width * between(random, 0.04, 0.055), height * between(random, 0.14, 0.3), height * 0.77];
    const wall = oklch(between(random, 0.65, 0.85), 0.07, random() * 360);
    const windows = [0.3, 0.6].flatMap((dy) =>
      [-0.45, 0.45].map((dx) =>
        ink.felt(round(x + dx * w, foot - h * dy - 8, w * 0.2, w * 0.24, 4), oklch(0.9, 0.1, 90), { shade: 'flat' }),
      ),
    );
    return (
      ink.felt(
        polygon([
          [x - w, foot],
          [x + w, foot],
          [x + w, foot - h],
          [x - w, foot - h],
        ]),
        wall,
        { shade: 'slope', shadow: 6 },
      ) +
      ink.felt(
        polygon([
          [x - w * 1.15, foot - h],
          [x + w * 1.15, foot - h],
          [x, foot - h - w * 1.1],
        ]),
        oklch(0.5, 0.11, 30),
        { shade: 'slope', shadow: 4 },
      ) +
      windows.join('')
    );
  }).join('');

const waves = (stage: Stage) =>
  [0.56, 0.61, 0.67]
    .map((share, i) =>
      layer(stage, rolling(stage, stage.height * share, stage.height * 0.008, 5), oklch(0.66 - i * 0.05, 0.09, 225), {
        shadow: 4,
        stitch: 6,
      }),
    )
    .join('');

const stars = (stage: Stage) =>
  Array.from({ length: 46 }, () =>
    stage.ink.felt(
      round(stage.random() * stage.width, stage.random() * stage.height * 0.6, 2.4, 2.4),
      oklch(0.95, 0.05, 95),
      { shade: 'flat' },
    ),
  ).join('');

export const meadow = (stage: Stage) =>
  hills(
    stage,
    oklch(0.62, 0.12, 130),
    oklch(0.58, 0.09, 150),
    (s) =>
      trees(oklch(0.48, 0.09, 155), 7)(s) +
      Array.from({ length: 6 }, () =>
        tuft(s, s.width * s.random(), s.height * 0.8, s.height * 0.04, oklch(0.6, 0.12, 128)),
      ).join(''),
  );
export const beach = (stage: Stage) => hills(stage, oklch(0.84, 0.065, 85), oklch(0.7, 0.08, 220), waves);
export const desert = (stage: Stage) => hills(stage, oklch(0.76, 0.1, 70), oklch(0.68, 0.1, 50));
export const snowfield = (stage: Stage) =>
  hills(stage, oklch(0.94, 0.015, 225), oklch(0.86, 0.03, 235), trees(oklch(0.5, 0.06, 175), 8));
export const town = (stage: Stage) => hills(stage, oklch(0.72, 0.03, 80), oklch(0.62, 0.05, 250), houses);
export const space = (stage: Stage) => hills(stage, oklch(0.42, 0.06, 280), oklch(0.36, 0.07, 265), stars);

/** Nothing known was asked for: hills in colours that come from the prompt's hash. */
export function landscape(stage: Stage): Backdrop {
  const hue = stage.random() * 360;
  const dress =
    stage.random() < 0.5
      ? trees(oklch(0.5, 0.09, hue + 30), 6)
      : (s: Stage) =>
          [0.2, 0.75]
            .map((share) =>
              dome(
                s,
                s.width * share,
                s.height * 0.78,
                s.width * 0.3,
                s.height * 0.34,
                oklch(0.55, 0.08, hue + 60),
                0,
                0.3,
              ),
            )
            .join('');
  return hills(stage, oklch(0.66, 0.1, hue), oklch(0.58, 0.08, hue + 40), dress);
}
