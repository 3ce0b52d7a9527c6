import { beforeAll, describe, expect, it } from 'vitest';
import { archivePicture } from '../emulator/studio/archive.js';
import { draw } from '../emulator/studio/studio.js';
import { splitSheet, type SheetView } from '../encode/sheet.js';
import { decode, encodeLossy, rasterizeSvg, resize } from '../image/codec.js';
import { filled, paste, type Raster } from '../image/raster.js';
import { copiedFrom } from './copy-paste.js';

/** The robot of the emulator's studio, drawn at `width` x `height`. */
async function drawn(prompt: string, width: number, height: number): Promise<Raster> {
  const images = [await archivePicture()];
  const { bytes } = await draw({ prompt, images, width, height, seed: 3, stray: 0, mime: 'image/jpeg' });
  const { raster, reason } = await decode(bytes);
  if (!raster) throw new Error(reason);
  return raster;
}

let front: SheetView;
let back: SheetView;
beforeAll(async () => {
  const sheet = await drawn('Character sheet: front view and back view on white.', 688, 384);
  const { views = [] } = await splitSheet(
    sheet,
    ['front', 'back'].map((name) => ({ name, box: null })),
  );
  const [first, second] = views;
  if (!first || !second) throw new Error('the sheet was not split');
  [front, back] = [first, second];
}, 120_000);

interface Change {
  height: number;
  /** Width over height against the view's. */
  stretch?: number;
  mirror?: boolean;
  gain?: number;
  jpeg?: number;
}

/** The cutout in a landscape of 300 x 260 px, its left top corner at (60, 25). */
async function pasted({ cutout }: SheetView, { height, stretch = 1, mirror, gain = 1, jpeg }: Change): Promise<Raster> {
  const landscape =
    '<svg xmlns="http://www.w3.org/2000/svg"><rect width="300" height="260" fill="#8fb8d8"/><path d="M0 150 L90 40 L190 150 L240 80 L300 160 L300 260 L0 260 Z" fill="#55723f"/><ellipse cx="220" cy="220" rx="60" ry="25" fill="#d8c27a"/></svg>';
  const scene = await rasterizeSvg(landscape, 300, 260);
  const width = Math.round(((cutout.width * height) / cutout.height) * stretch);
  const figure = await resize(cutout, width, height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + (mirror ? width - 1 - x : x)) * 4;
      const to = ((y + 25) * scene.width + x + 60) * 4;
      const alpha = (figure.data[from + 3] ?? 0) / 255;
      for (let c = 0; c < 3; c += 1) {
        scene.data[to + c] = (scene.data[to + c] ?? 0) * (1 - alpha) + (figure.data[from + c] ?? 0) * gain * alpha;
      }
    }
  }
  if (jpeg === undefined) return scene;
  const { raster, reason } = await decode(await encodeLossy(scene, 'image/jpeg', jpeg));
  if (!raster) throw new Error(reason);
  return raster;
}

describe('flags a pasted view', () => {
  it.each<[string, Change]>([
    ['as it is', { height: 200 }],
    ['smaller', { height: 120 }],
    ['5 % wider', { height: 200, stretch: 1.05 }],
    ['5 % narrower', { height: 180, stretch: 0.95 }],
    ['mirrored', { height: 200, mirror: true }],
    ['through JPEG at quality 60', { height: 170, jpeg: 60 }],
    ['darker, mirrored, through JPEG', { height: 150, mirror: true, gain: 0.8, jpeg: 80 }],
  ])('%s', async (_, change) => {
    for (const view of [front, back]) {
      const check = copiedFrom(view.cutout, await pasted(view, change));
      expect(check).toMatchObject({ copied: true });
      expect(check?.similarity).toBeGreaterThan(0.85);
    }
  });

  it('that is given on white just as well as one without background', async () => {
    const scene = await pasted(front, { height: 200 });
    const [onWhite, cutOut] = [copiedFrom(front.image, scene), copiedFrom(front.cutout, scene)];
    if (!onWhite || !cutOut) throw new Error('a pasted view was not compared');
    expect(onWhite.copied).toBe(true);
    expect(Math.abs(onWhite.similarity - cutOut.similarity)).toBeLessThan(0.05);
  });
});

describe('does not flag', () => {
  it.each([
    'The robot waves in a meadow, facing the camera.',
    'The robot raises both arms in a forest, facing the camera.',
    'The robot points in a desert, three-quarter view.',
    'The robot sits on a beach, facing the camera.',
  ])(
    'another pose: %s',
    async (prompt) => {
      const check = copiedFrom(front.cutout, await drawn(prompt, 430, 240));
      expect(check?.copied ?? false).toBe(false);
      expect(check?.similarity ?? 0).toBeLessThan(0.8);
    },
    120_000,
  );

  it('the picture of a view without a plain background, in another place', async () => {
    const view = await pasted(front, { height: 200 });
    expect(
      copiedFrom(view, await drawn('The robot stands in a town, facing the camera.', 430, 240))?.copied ?? false,
    ).toBe(false);
    expect(copiedFrom(view, view)).toMatchObject({ copied: true, similarity: expect.closeTo(1, 1) as number });
  }, 120_000);

  it('the other view', async () => {
    expect(copiedFrom(back.cutout, await pasted(front, { height: 200 }))?.copied ?? false).toBe(false);
  });

  it('a place where nothing is', () => {
    const nothing = filled(96, 96, [120, 160, 90, 255]);
    expect(copiedFrom(front.cutout, nothing)?.copied ?? false).toBe(false);
  });

  it('a view that shows nothing', () => {
    const empty = filled(50, 50, [255, 255, 255, 255]);
    expect(copiedFrom(empty, empty)?.copied ?? false).toBe(false);
  });

  it('a figure of one tone, in which nothing could tell', () => {
    const view = filled(60, 90, [255, 255, 255, 255]);
    paste(view, filled(30, 60, [40, 40, 40, 255]), 15, 15);
    expect(copiedFrom(view, filled(90, 90, [40, 40, 40, 255]))?.copied ?? false).toBe(false);
  });
});
