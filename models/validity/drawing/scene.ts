import { rasterizeSvg } from '../../../src/image/codec.js';
import type { Box, Raster } from '../../../src/image/raster.js';
import { seededRandom, type Random } from '../../../src/lib/random.js';
import { drawBackground, SIDE, type Background } from './background.js';
import { photographed, type Camera } from './camera.js';
import { between, chance, normal, streamOf } from './chance.js';
import { drawFigure, placed, type Pose } from './figure.js';
import type { Identity } from './identity.js';
import { JOINTS } from './limbs.js';
import { figureBox, isVisible } from './visible.js';

export const VIEWS = ['front', 'turned', 'back'] as const;
export type View = (typeof VIEWS)[number];

/** What the samples of one scene share, as the samples of a case share its prompt. */
export interface Setting {
  view: View;
  background: Background;
  /** Height of the figure at rest as a share of the picture's, before each picture's own few per cent. */
  scale: number;
}

/** What is drawn anew for each picture. */
interface Nuisance {
  pose: Pose;
  mirror: boolean;
  place: { x: number; y: number; size: number; roll: number };
  background: { kind: Background; seed: number };
  camera: Camera;
}

export interface Scene {
  image: Raster;
  /** In px of the picture. */
  box: Box;
  centre: { x: number; y: number };
  /** As drawn, a share of the picture's height. */
  scale: number;
  /** Root mean square of the joints' angles, degrees. */
  pose: number;
  /** Whether what differs from the base identity can be seen; `true` where nothing differs. */
  visible: boolean;
}

/** A 512 x 512 picture of `shown`. It stands where and as large as `base`, the same character undrifted, would. */
export async function drawScene(shown: Identity, base: Identity, setting: Setting, seed: number): Promise<Scene> {
  const nuisance = drawNuisance(setting, seed);
  const { place, background, camera, pose } = nuisance;
  const figure = await layer(shown, base, nuisance);
  const box = figureBox(figure);
  if (!box) throw new Error('a figure was drawn outside its picture');
  const feet = place.y + place.size / 2;
  const behind = await raster(drawBackground(background.kind, background.seed, feet, base.palette) + shadow(nuisance));
  return {
    image: await photographed(over(figure, behind), camera),
    box,
    centre: { x: box.x + box.width / 2, y: box.y + box.height / 2 },
    scale: place.size / SIDE,
    pose: Math.sqrt(pose.bends.reduce((sum, bend) => sum + bend ** 2, 0) / JOINTS),
    visible: shown === base || isVisible(await layer(base, base, nuisance), figure),
  };
}

function drawNuisance({ view, background, scale }: Setting, seed: number): Nuisance {
  const random = seededRandom(seed);
  const size = SIDE * Math.min(0.85, Math.max(0.22, scale * Math.exp(normal(random, 0.05))));
  const cast = () => 1 + normal(random, 0.05);
  const gain = between(random, 0.75, 1.15);
  return {
    pose: { yaw: yawOf(view, random), bends: Array.from({ length: JOINTS }, () => normal(random, 16)) },
    mirror: chance(random, 0.5),
    place: {
      x: inside(random, size * 0.38),
      // What grows upwards (a head, antennae) needs room above.
      y: inside(random, size * 0.53),
      size,
      roll: normal(random, 7),
    },
    background: { kind: background, seed: streamOf(seed, 1) },
    camera: {
      light: { red: gain * cast(), green: gain * cast(), blue: gain * cast() },
      noise: between(random, 0, 5),
      quality: Math.round(between(random, 65, 95)),
      seed: streamOf(seed, 2),
    },
  };
}

function yawOf(view: View, random: Random): number {
  const side = chance(random, 0.5) ? 1 : -1;
  switch (view) {
    case 'front':
      return normal(random, 7);
    case 'turned':
      return side * (38 + normal(random, 6));
    case 'back':
      return 180 + (chance(random, 0.4) ? side * (32 + normal(random, 6)) : normal(random, 7));
  }
}

/** A place along the picture that leaves `half` on both sides. */
function inside(random: Random, half: number): number {
  const room = Math.max(0, SIDE - 2 * half);
  return SIDE / 2 + (random() - 0.5) * room;
}

function layer(shown: Identity, base: Identity, { pose, place, mirror }: Nuisance): Promise<Raster> {
  return raster(placed(drawFigure(shown, pose, 'f'), base, { ...place, mirror }));
}

function shadow({ place: { x, y, size }, background }: Nuisance): string {
  if (background.kind === 'plain') return '';
  return `<ellipse cx="${x.toFixed(1)}" cy="${(y + size * 0.48).toFixed(1)}" rx="${(size * 0.2).toFixed(1)}" ry="${(size * 0.03).toFixed(1)}" fill="#000" opacity="0.25"/>`;
}

function raster(elements: string): Promise<Raster> {
  return rasterizeSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">${elements}</svg>`,
    SIDE,
    SIDE,
  );
}

function over({ data, width, height }: Raster, behind: Raster): Raster {
  const both = new Uint8ClampedArray(behind.data);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = (data[i + 3] ?? 0) / 255;
    if (alpha === 0) continue;
    for (let c = i; c < i + 3; c += 1) both[c] = (data[c] ?? 0) * alpha + (both[c] ?? 0) * (1 - alpha);
  }
  return { width, height, data: both };
}
