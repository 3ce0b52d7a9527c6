import { areaSampler, type AreaSampler } from '../image/area.js';
import { plainBackground } from '../image/background.js';
import { locate, type Cutout } from '../image/locate.js';
import { hashDistance, phash } from '../image/phash.js';
import { luma, type Plane } from '../image/plane.js';
import { crop, flatten, type Box, type Raster } from '../image/raster.js';
import { ssim } from './metrics/ssim.js';

/** How like the view the figure is at the place that it fits best. */
export interface CopyCheck {
  copied: boolean;
  /** Differing bits of the two perceptual hashes, 0-64; about 32 by chance. */
  distance: number;
  /** Structural similarity of the two over the figure alone, -1 to 1. */
  similarity: number;
}

/** Below this correlation at its best place nothing is a copy: pasted views have .735 and up. */
const CORRELATED = 0.7;
/** Above this similarity it is the same drawing, whatever the hashes say. */
const SAME = 0.9;
/**
 * Near-duplicate hashes need likeness too: they see the large masses, which the same character keeps in another pose.
 * Measured on emulated pictures: pasted views have .84 and up, other poses reach .79 and a distance of 6.
 */
const NEAR = { distance: 6, similarity: 0.8 };

/** What is looked at around the window where the character was found, as a share of it: it may cut a limb. */
const RIM = 0.15;

/** Deviation of luma, of 255, below which a figure is of one tone. */
const ONE_TONE = 4;
/** Longer side in px at which the two figures are compared, and what is left around them for the SSIM window. */
const SIDE = 64;
const MARGIN = 6;

/**
 * Was the figure of a sheet's view pasted into a picture rather than drawn anew? `view` is the view's cutout, or the
 * view on a plain background; `window` the part of the picture where the character was found, with enough margin to
 * hold all of it (`around`). The view and its mirror image are moved and scaled to where they fit best; only what the
 * figure covers is compared, light and contrast evened out, so that the background does not matter. A figure of one
 * tone is never called a copy: nothing in it could tell. `null`: no place is like it enough to be compared.
 */
export function copiedFrom(view: Raster, window: Raster): CopyCheck | null {
  const picture = areaSampler(luma(flatten(window)));
  const { cutout, box, correlation } = locate(cutoutsOf(view), picture);
  if (correlation < CORRELATED) return null;
  const { distance, similarity, telling } = compare(cutout, picture, box);
  const near = distance <= NEAR.distance && similarity > NEAR.similarity;
  return { copied: telling && (near || similarity > SAME), distance, similarity };
}

/** What of a picture to look for a copy in, where the character was found in `box`: as much as there is. */
export function around({ x, y, width, height }: Box, picture: Raster): Raster {
  const [left, top] = [Math.max(0, Math.round(x - RIM * width)), Math.max(0, Math.round(y - RIM * height))];
  return crop(picture, {
    x: left,
    y: top,
    width: Math.min(picture.width, Math.round(x + width * (1 + RIM))) - left,
    height: Math.min(picture.height, Math.round(y + height * (1 + RIM))) - top,
  });
}

/** The cutout with what of the picture is in `box`. */
function compare(
  cutout: Cutout,
  picture: AreaSampler,
  box: Box,
): { distance: number; similarity: number; telling: boolean } {
  const scale = SIDE / Math.max(cutout.box.width, cutout.box.height);
  const width = Math.max(1, Math.round(cutout.box.width * scale));
  const height = Math.max(1, Math.round(cutout.box.height * scale));
  const framed = (plane: AreaSampler, { x, y, width: w, height: h }: Box) => {
    const [across, down] = [(MARGIN * w) / width, (MARGIN * h) / height];
    const grown = { x: x - across, y: y - down, width: w + 2 * across, height: h + 2 * down };
    return plane.sample(grown, width + 2 * MARGIN, height + 2 * MARGIN);
  };
  const mask = framed(cutout.mask, cutout.box).values;
  const seen = framed(picture, box);
  const own = evened(framed(cutout.luma, cutout.box), mask);
  const found = evened({ ...seen, values: seen.values.map((value, i) => value * (mask[i] ?? 0)) }, mask);
  return {
    distance: hashDistance(phash(own.plane), phash(found.plane)),
    similarity: ssim(own.plane, found.plane, mask),
    telling: own.deviation >= ONE_TONE,
  };
}

/** Luma (times mask) brought to mean 128 and deviation 50 over the mask, 128 outside; and its deviation before. */
function evened(plane: Plane, mask: Float32Array): { plane: Plane; deviation: number } {
  const area = mask.reduce((sum, weight) => sum + weight, 0);
  const mean = plane.values.reduce((sum, value) => sum + value, 0) / area;
  const off = plane.values.map((value, i) => value - (mask[i] ?? 0) * mean);
  const deviation = Math.sqrt(off.reduce((sum, value) => sum + value * value, 0) / area);
  return { plane: { ...plane, values: off.map((value) => 128 + (50 * value) / Math.max(1, deviation)) }, deviation };
}

const known = new WeakMap<Raster, Cutout[]>();

/** The view's figure and its mirror image, made once per view however many pictures are checked. */
function cutoutsOf(view: Raster): Cutout[] {
  const made = known.get(view) ?? cutOut(view);
  known.set(view, made);
  return made;
}

/** The figure without its background; all of a view that has none, or that shows nothing else. */
function cutOut(view: Raster): Cutout[] {
  const { width, height, data } = view;
  const opaque = flatten(view);
  const background = opaque === view ? plainBackground(view) : undefined;
  const belongs = (i: number) => (background ? 1 - (background[i] ?? 0) : (data[4 * i + 3] ?? 0) / 255);
  const mask = Float32Array.from({ length: width * height }, (_, i) => belongs(i));
  let [left, right, top, bottom] = [width, 0, height, 0];
  mask.forEach((share, i) => {
    if (share < 0.5) return;
    const [x, y] = [i % width, Math.floor(i / width)];
    [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
  });
  if (right <= left) {
    [left, right, top, bottom] = [0, width, 0, height];
    mask.fill(1);
  }
  const light = luma(opaque).values.map((value, i) => value * (mask[i] ?? 0));
  const cutout = (across: (values: Float32Array) => Float32Array, x: number): Cutout => ({
    luma: areaSampler({ width, height, values: across(light) }),
    mask: areaSampler({ width, height, values: across(mask) }),
    box: { x, y: top, width: right - left, height: bottom - top },
  });
  const mirrored = (values: Float32Array) => values.map((_, i) => values[i + width - 1 - 2 * (i % width)] ?? 0);
  return [cutout((values) => values, left), cutout(mirrored, width - right)];
}
