import { align, type Lie, under } from '../image/align.js';
import { areaSampler } from '../image/area.js';
import { resize } from '../image/codec.js';
import { locate } from '../image/locate.js';
import { markedRegion } from '../image/marks.js';
import { grown } from '../image/mask.js';
import { luma } from '../image/plane.js';
import { type Box, flatten, type Raster } from '../image/raster.js';
import { keptDifference, type KeptDifference } from './kept-difference.js';
import type { KeptPicture, MetricInput } from './metric.js';
import { misplaced } from './outpainted.js';
import { reduced, type Reduced } from './reduced.js';
import { ratioDeviation, RATIO_TOLERANCE } from './same-shape.js';

/** What is left of a picture in the answer that edits it. */
export interface Kept {
  difference: KeptDifference;
  /** Without aligning: what a viewer sees who lays one on the other. */
  unaligned: KeptDifference;
  /** Where the picture lies in the answer, px of the answer. */
  box: Box;
  /** How far its middle is off the expected place, and how much larger it is; px and shares of the picture itself. */
  shift: { x: number; y: number; wider: number; higher: number };
  /** Share of the picture whose pixels count. */
  share: number;
}

/** `lost`: it should be there, and is not, or not where it should be. `reason`: there is nothing to look for. */
export type KeptResult = { kept: Kept } | { lost: string } | { reason: string };

/** An edit may fray, and windows of the measures reach over its edge: this share of the short side does not count. */
const MARGIN = 0.02;
/** With less of the picture left there is nothing to tell of. */
const LEAST_SHARE = 0.01;
/** An alignment that moves or stretches by more, as a share of the short side, found something else. */
const FARTHEST = 0.03;
/** px; alignment is no more exact, and whole pixels compare without being blurred. */
const EXACT = 0.05;
/** An answer whose size is off by less is not resampled. */
const FITS = 0.02;
/** Correlation from which a picture counts as found in a wider one; pasted figures reach .6, see `locate`. */
const FOUND = 0.6;

const known = new WeakMap<MetricInput, Promise<KeptResult>>();

/** Measured once, however many metrics ask. */
export function keptIn(input: MetricInput): Promise<KeptResult> {
  const made = known.get(input) ?? measure(input);
  known.set(input, made);
  return made;
}

async function measure({ image, kept }: MetricInput): Promise<KeptResult> {
  if (!kept) return { reason: 'the case keeps nothing of an input picture' };
  const picture = await reduced(kept.image);
  const weights = countedPixels(kept, picture);
  const share = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  if (share < LEAST_SHARE) return { reason: 'next to nothing is left outside the mask' };
  const answer = flatten(image);
  const found = kept.outpaint === null ? sameFrame(answer, kept.image) : await findIn(answer, picture);
  if (!('x' in found)) return found;

  const { copy, start, boxOf } = await atSizeOf(picture, answer, found);
  const lie = settled(align(picture.luma, weights, luma(copy), start), start, picture.luma);
  const [unaligned, aligned] = [start, lie].map((each) => differenceAt(picture.raster, copy, weights, each));
  if (!unaligned || !aligned) return { lost: 'what should be kept lies outside the answer' };
  const [best, difference] = aligned.mean < unaligned.mean ? [lie, aligned] : [start, unaligned];
  const box = boxOf(best);
  const lost = kept.outpaint === null ? null : misplaced(kept.outpaint, box, answer);
  return lost === null
    ? { kept: { difference, unaligned, box, shift: shiftBetween(start, best, picture, kept.image), share } }
    : { lost };
}

/**
 * The answer at about the size of the picture, so that what follows is found by small moves; resampled only where it must
 * be. `start` is the box in it, and `boxOf` the way back to px of the answer.
 */
async function atSizeOf({ luma: { width, height } }: Reduced, answer: Raster, box: Box) {
  const scales = [width / box.width, height / box.height] as const;
  const fits = scales.every((scale) => Math.abs(scale - 1) < FITS);
  const [wide, high] = [Math.round(answer.width * scales[0]), Math.round(answer.height * scales[1])];
  const copy = fits ? answer : await resize(answer, wide, high);
  const [perX, perY] = [copy.width / answer.width, copy.height / answer.height];
  const start: Lie = {
    left: box.x * perX,
    top: box.y * perY,
    across: (box.width * perX) / width,
    down: (box.height * perY) / height,
  };
  const boxOf = ({ left, top, across, down }: Lie): Box => {
    return { x: left / perX, y: top / perY, width: (across * width) / perX, height: (down * height) / perY };
  };
  return { copy, start, boxOf };
}

/** In px and shares of the picture as it was sent. */
function shiftBetween(start: Lie, end: Lie, { luma: { width, height } }: Reduced, sent: Raster): Kept['shift'] {
  const [wider, higher] = [end.across / start.across - 1, end.down / start.down - 1];
  const x = (end.left - start.left) / start.across + (wider * width) / 2;
  const y = (end.top - start.top) / start.down + (higher * height) / 2;
  return { x: (x * sent.width) / width, y: (y * sent.height) / height, wider, higher };
}

/** 1 for a pixel that should be as it was, of the picture at its reduced size. */
function countedPixels({ image, marked }: KeptPicture, { luma: { width, height } }: Reduced): Float32Array {
  const region = marked && markedRegion(image, marked.image);
  if (!region) return new Float32Array(width * height).fill(1);
  const whole = { x: 0, y: 0, width: image.width, height: image.height };
  const edited = areaSampler(region).sample(whole, width, height);
  return grown(edited, Math.ceil(MARGIN * Math.min(width, height))).values.map((inside) => 1 - inside);
}

/** An edit has the frame of its picture. */
function sameFrame(answer: Raster, picture: Raster): Box | { reason: string } {
  if (ratioDeviation(answer, picture) <= RATIO_TOLERANCE)
    return { x: 0, y: 0, width: answer.width, height: answer.height };
  return {
    reason: `the shapes differ: ${answer.width}x${answer.height}, the picture it edits ${picture.width}x${picture.height}`,
  };
}

/** The place of the picture in a wider one. */
async function findIn(answer: Raster, picture: Reduced): Promise<Box | { lost: string }> {
  const { width, height } = picture.luma;
  const whole = { x: 0, y: 0, width, height };
  const mask = areaSampler({ width, height, values: new Float32Array(width * height).fill(1) });
  const small = (await reduced(answer)).luma;
  const { box, correlation } = locate([{ luma: areaSampler(picture.luma), mask, box: whole }], areaSampler(small));
  if (correlation < FOUND)
    return { lost: `the picture is not found again: the best place correlates ${correlation.toFixed(2)}` };
  const scale = answer.width / small.width;
  const near = { x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale };
  // What was found by small copies is made exact first, so that it tells whether anything has to be resampled.
  const { copy, start, boxOf } = await atSizeOf(picture, answer, near);
  const lie = align(picture.luma, new Float32Array(width * height).fill(1), luma(copy), start);
  return boxOf(settled(lie, start, picture.luma));
}

/** Put on whole pixels where it is as good as there; `start` where it went too far. */
function settled(lie: Lie, start: Lie, { width, height }: { width: number; height: number }): Lie {
  const far = FARTHEST * Math.min(width, height);
  const grew = [(lie.across - start.across) * width, (lie.down - start.down) * height] as const;
  const moves = [lie.left - start.left, lie.top - start.top, ...grew];
  if (!moves.every((move) => Math.abs(move) <= far)) return start;
  const [left, top] = [Math.round(lie.left), Math.round(lie.top)];
  const off = [
    lie.left - left,
    lie.top - top,
    lie.left + lie.across * width - left - width,
    lie.top + lie.down * height - top - height,
  ];
  return off.every((px) => Math.abs(px) < EXACT) ? { left, top, across: 1, down: 1 } : lie;
}

function differenceAt(picture: Raster, copy: Raster, weights: Float32Array, lie: Lie): KeptDifference | null {
  const { raster, inside } = under(copy, lie, picture.width, picture.height);
  const counted = weights.map((weight, i) => weight * (inside[i] ?? 0));
  return counted.some((weight) => weight > 0) ? keptDifference(picture, raster, counted) : null;
}
